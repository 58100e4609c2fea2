variable "mode_api_secret" {
  type      = string
  ephemeral = true
}

resource "atlan_mode_workflow" "production" {
  name = "mode-production"

  credential = {
    workspace                    = "acme"
    api_key_id                   = "2f6d1b0c3a9e"
    api_secret_wo                = var.mode_api_secret
    secret_version               = "1" # another one sends the secret again
    exclude_personal_collections = true
  }

  new_connection = {
    name        = "production"
    admin_users = ["jsmith"]
    admin_roles = ["$admin"]
  }

  exclude_collections    = ["sandbox"]
  crawl_archived_reports = false

  schedule = {
    cron     = "0 3 * * 1-5"
    timezone = "Europe/Paris"
  }
}
