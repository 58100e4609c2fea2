resource "atlan_mode_workflow" "test" {
  name                = "tfacc-renamed"
  include_collections = ["finance"]
  contract_validation = "off"
  run                 = "on_create"
  wait                = true

  credential = {
    workspace     = "acme"
    api_key_id    = "key-1"
    api_secret_wo = "secret-of-the-test"
  }

  new_connection = {
    name        = "tfacc-package"
    admin_roles = ["$admin"]
  }

  schedule = {
    cron     = "5 4 * * 1-5"
    timezone = "Europe/Paris"
  }
}
