# The id is the slug of the workflow, or its name.
import {
  to = atlan_app_workflow.metabase
  id = "metabase-production-1f0a92c4"
}
