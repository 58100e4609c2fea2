resource "atlan_app_workflow" "managed" {
  app_id = "atlan-metabase"
  name   = "app"
  inputs = { include_collections = { (var.description) = {} } }
  credential = {
    username       = "crawler"
    password_wo    = var.source_secret
    extra_wo       = {}
    secret_version = var.description
  }
  new_connection      = { name = "app", admin_roles = ["$admin"] }
  schedule            = { cron = "0 3 * * *" }
  run                 = "on_change"
  wait                = true
  test_authentication = true
}

resource "atlan_mode_workflow" "managed" {
  name                   = "mode"
  crawl_archived_reports = var.description == "changed"
  credential = {
    workspace      = "acme"
    api_key_id     = "key"
    api_secret_wo  = var.source_secret
    secret_version = var.description
  }
  new_connection      = { name = "mode", admin_roles = ["$admin"] }
  run                 = "on_change"
  test_authentication = true
}
