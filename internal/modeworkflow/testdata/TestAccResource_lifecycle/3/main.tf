resource "atlan_mode_workflow" "test" {
  name = "tfacc-lifecycle"
  credential = {
    workspace                    = "other"
    api_key_id                   = "other"
    api_secret_wo                = "second"
    secret_version               = "2"
    exclude_personal_collections = false
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
  include_collections    = ["finance"]
  exclude_collections    = ["hr"]
  crawl_archived_reports = true
  input_names            = { include_collections = "spaces_to_crawl", workspace = "extra.workspace_name" }
  inputs                 = { preflight_check = "" }
  schedule = {
    cron     = "30 4 * * 7"
    timezone = "Europe/Paris"
  }
  run                 = "never"
  wait                = true
  test_authentication = true
}
