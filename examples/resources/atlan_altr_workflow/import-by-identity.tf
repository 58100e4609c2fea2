import {
  to = atlan_altr_workflow.production
  identity = {
    id = "altr-production-3f9ab2c1"
  }
}
