# The id is the slug or the name. Schedules and secrets are not imported.
import {
  to = atlan_altr_workflow.production
  id = "altr-production-3f9ab2c1"
}
