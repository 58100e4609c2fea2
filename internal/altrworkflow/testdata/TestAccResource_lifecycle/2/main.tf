variable "api_secret" {
  type      = string
  ephemeral = true
}

resource "atlan_altr_workflow" "test" {
  name = "altr-prod-snowflake"

  credential = {
    api_key        = "atlan-2"
    api_secret_wo  = var.api_secret
    secret_version = "2"
    auth_type      = "api_key"
  }
  new_connection = {
    name         = "altr-prod"
    admin_users  = ["jsmith"]
    admin_groups = ["data_engineers"]
  }

  atlan_connection   = "default/snowflake/1700000000"
  altr_connection    = "42"
  classification_job = "9d8a7f1f-0d1c-4f4e-9d8a-3f0c2d3e5b0c"
  input_names = {
    classification_job = "scan_job_id"
  }
  inputs = {
    temp_table_regex = "^tmp_"
  }

  schedule = {
    cron     = "0 3 * * *"
    timezone = "Europe/Paris"
  }
  run                 = "on_change"
  wait                = true
  test_authentication = true
  contract_validation = "warn"

  timeouts {
    update = "30m"
  }
}
