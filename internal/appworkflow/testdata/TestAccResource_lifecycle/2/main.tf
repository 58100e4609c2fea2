resource "atlan_app_workflow" "test" {
  app_id = "atlan-metabase"
  name   = "tfacc-lifecycle"
  inputs = {
    include_collections = { finance = {} }
  }
  credential = {
    username       = "crawler"
    password_wo    = "first"
    secret_version = "1"
    host           = "https://acme.metabaseapp.com"
    port           = 8443
    auth_type      = "basic"
    config         = "atlan-connectors-metabase"
  }
  new_connection = {
    name         = "metabase"
    connector    = "metabase"
    admin_users  = ["jsmith"]
    admin_groups = ["data_engineers"]
    admin_roles  = ["$admin"]
  }
  schedule = {
    cron     = "0 3 * * 1-5"
    timezone = "Europe/Paris"
  }
  run                 = "on_change"
  wait                = true
  test_authentication = true
}
