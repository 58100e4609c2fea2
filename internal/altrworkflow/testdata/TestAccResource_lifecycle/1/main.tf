variable "api_secret" {
  type      = string
  ephemeral = true
}

resource "atlan_altr_workflow" "test" {
  name = "altr-prod-snowflake"

  credential = {
    api_key       = "atlan"
    api_secret_wo = var.api_secret
  }
  new_connection = {
    name        = "altr-prod"
    admin_roles = ["$admin"]
  }

  atlan_connection   = "default/snowflake/1700000000"
  altr_connection    = "42"
  classification_job = "3f0c2d3e-0d1c-4f4e-9d8a-7f1f5b0c1d2e"
}
