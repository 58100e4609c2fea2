# The id is the slug of the workflow, or its name.
import {
  to = atlan_mode_workflow.production
  id = "mode-production-1f0a92c4"
}
