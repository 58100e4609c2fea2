resource "atlan_mode_workflow" "test" {
  name                = "tfacc-package"
  app_id              = "@atlan/mode"
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
    cron = "0 3 * * *"
  }
}
