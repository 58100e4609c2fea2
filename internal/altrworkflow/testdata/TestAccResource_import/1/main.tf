resource "atlan_altr_workflow" "test" {
  name = "altr-prod-snowflake"

  credential_guid = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d9999"
  new_connection = {
    name        = "altr-prod"
    admin_roles = ["$admin"]
  }

  atlan_connection   = "default/snowflake/1700000000"
  altr_connection    = "42"
  classification_job = "3f0c2d3e-0d1c-4f4e-9d8a-7f1f5b0c1d2e"
}
