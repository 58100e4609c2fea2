import {
  to = atlan_app_workflow.metabase
  identity = {
    id = "metabase-production-1f0a92c4"
  }
}
