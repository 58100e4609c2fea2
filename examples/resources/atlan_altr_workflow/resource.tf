variable "altr_api_secret" {
  type      = string
  ephemeral = true # it reaches neither the state nor a plan
  sensitive = true
  default   = "set TF_VAR_altr_api_secret"
}

data "atlan_connection" "production" {
  name      = "production"
  connector = "snowflake"
}

# Imports the results of one classification job, every night.
resource "atlan_altr_workflow" "production" {
  name = "altr-production"

  credential = {
    api_key        = "atlan"
    api_secret_wo  = var.altr_api_secret
    secret_version = "1" # change it with the secret
  }

  # The source of the tags: the first run makes it.
  new_connection = {
    name        = "altr-production"
    admin_roles = ["$admin"]
  }

  # The assets to tag, where ALTR has looked for them, and what it has found there.
  atlan_connection   = data.atlan_connection.production.qualified_name
  altr_connection    = "42"
  classification_job = "3f0c2d3e-0d1c-4f4e-9d8a-7f1f5b0c1d2e"

  test_authentication = true
  run                 = "on_change"
  wait                = true

  schedule = {
    cron     = "0 3 * * *"
    timezone = "Europe/Paris"
  }
}

# One workflow for each job: these share the credential of the first.
variable "other_jobs" {
  type = map(object({ altr_connection = string, classification_job = string }))
  default = {
    sales = { altr_connection = "43", classification_job = "9d8a7f1f-5b0c-4f4e-9d8a-3f0c2d3e0d1c" }
  }
}

resource "atlan_altr_workflow" "other" {
  for_each = var.other_jobs

  name            = "altr-${each.key}"
  credential_guid = atlan_altr_workflow.production.credential_guid

  new_connection = {
    name        = "altr-${each.key}"
    admin_roles = ["$admin"]
  }

  atlan_connection   = data.atlan_connection.production.qualified_name
  altr_connection    = each.value.altr_connection
  classification_job = each.value.classification_job
}
