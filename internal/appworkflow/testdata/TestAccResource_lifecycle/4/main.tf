resource "atlan_app_workflow" "test" {
  app_id = "atlan-metabase"
  name   = "tfacc-lifecycle-renamed"
  inputs = {
    include_collections = { marketing = {} }
  }
  credential = {
    username       = "svc"
    password_wo    = "second"
    secret_version = "2"
    host           = "https://acme.metabaseapp.com"
    port           = 443
    auth_type      = "basic"
    config         = "atlan-connectors-metabase"
  }
  new_connection = {
    name         = "metabase"
    connector    = "metabase"
    admin_users  = ["jsmith", "admin"]
    admin_groups = ["data_engineers"]
    admin_roles  = ["$admin"]
  }
  schedule = {
    cron     = "30 4 * * *"
    timezone = "UTC"
  }
  run                 = "never"
  wait                = false
  test_authentication = false
  contract_validation = "warn"
}
