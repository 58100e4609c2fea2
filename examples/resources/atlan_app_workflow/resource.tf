variable "metabase_password" {
  type      = string
  ephemeral = true
}

# Crawls two collections of Metabase on workdays.
resource "atlan_app_workflow" "metabase" {
  app_id = "atlan-metabase"
  name   = "metabase-production"

  credential = {
    host           = "https://acme.metabaseapp.com"
    username       = "atlan@acme.example"
    password_wo    = var.metabase_password
    secret_version = "1" # another one sends the password again
  }

  new_connection = {
    name        = "production"
    admin_roles = ["$admin"]
  }

  # The keys and their types are those of data "atlan_app_contract".
  inputs = {
    include_collections = { "12" = {}, "15" = {} }
  }

  schedule = {
    cron     = "0 3 * * 1-5"
    timezone = "Europe/Paris"
  }

  # Runs once now. A run that fails is a warning at first, so that the workflow stays.
  run  = "on_create"
  wait = true

  lifecycle {
    postcondition {
      condition     = self.run_status == "Succeeded"
      error_message = "Run ${self.run_id} of ${self.name} ended as ${self.run_status}."
    }
  }
}
