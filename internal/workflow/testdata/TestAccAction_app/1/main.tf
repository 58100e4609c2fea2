variable "slug" {
  type = string
}

action "atlan_workflow_run" "again" {
  config {
    app_workflow_slug = var.slug
    timeout           = "10m"
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
