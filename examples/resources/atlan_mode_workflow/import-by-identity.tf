import {
  to = atlan_mode_workflow.production
  identity = {
    id = "mode-production-1f0a92c4"
  }
}
