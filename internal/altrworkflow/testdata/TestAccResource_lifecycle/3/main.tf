variable "api_secret" {
  type      = string
  ephemeral = true
}

resource "atlan_altr_workflow" "test" {
  name = "altr-dev-bigquery"

  credential = {
    api_key       = "atlan"
    api_secret_wo = var.api_secret
  }
  new_connection = {
    name        = "altr-dev"
    admin_roles = ["$admin"]
  }

  atlan_connection   = "default/bigquery/1700000001"
  altr_connection    = "orders-repository"
  classification_job = "7"
  run                = "on_create"
}
