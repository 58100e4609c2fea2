resource "atlan_mode_workflow" "test" {
  name = "tfacc-lifecycle"
  credential = {
    workspace                    = "acme"
    api_key_id                   = "other"
    api_secret_wo                = "second"
    secret_version               = "2"
    exclude_personal_collections = true
    auth_type                    = "basic"
    host                         = "app.mode.com"
    port                         = 443
    config                       = "atlan-connectors-mode-analytics"
  }
  new_connection = {
    name         = "production"
    connector    = "mode"
    admin_users  = ["jsmith"]
    admin_groups = ["data_engineers"]
    admin_roles  = ["$admin"]
  }
  app_id                 = "mode-crawler"
  include_collections    = ["finance", "marketing"]
  exclude_collections    = ["marketing"]
  crawl_archived_reports = false
  input_names            = { include_collections = "spaces_to_crawl", workspace = "extra.workspace_name" }
  inputs                 = { preflight_check = "" }
  schedule = {
    cron     = "0 3 * * 1-5"
    timezone = "Europe/Paris"
  }
  run                 = "on_change"
  wait                = true
  test_authentication = true
}
