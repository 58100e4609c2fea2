variable "workflow_name" {
  type = string
}

action "atlan_workflow_run" "again" {
  config {
    workflow_name = var.workflow_name
    timeout       = "10m"
  }
}

resource "terraform_data" "release" {
  input = "1"

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.atlan_workflow_run.again]
    }
  }
}
