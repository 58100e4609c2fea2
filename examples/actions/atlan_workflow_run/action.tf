data "atlan_workflows" "snowflake" {
  package_prefix = "atlan-snowflake"
  limit          = 1
}

# Crawls once more, unless that goes on already: terraform apply -invoke=action.atlan_workflow_run.crawl
action "atlan_workflow_run" "crawl" {
  config {
    workflow_name  = data.atlan_workflows.snowflake.workflows[0].name
    idempotent     = true
    timeout        = "1h"
    stop_on_cancel = true
  }
}

# The same whenever another release of the data model is installed.
resource "terraform_data" "data_model" {
  input = "2026.07"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.atlan_workflow_run.crawl]
    }
  }
}

# Runs a workflow of an app once more: terraform apply -invoke=action.atlan_workflow_run.mode
action "atlan_workflow_run" "mode" {
  config {
    app_workflow_slug = "mode-prod-3f9ab2c1" # such as atlan_mode_workflow.prod.id
    idempotent        = true
  }
}
