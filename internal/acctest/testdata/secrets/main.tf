variable "description" {
  type    = string
  default = "first"
}

variable "triggers" {
  type    = map(string)
  default = { a = "b" }
}

variable "personas" {
  type    = list(string)
  default = []
}

variable "source_secret" {
  type      = string
  ephemeral = true
  sensitive = true
}

resource "atlan_altr_workflow" "managed" {
  name = "altr"

  credential = {
    api_key        = "atlan"
    api_secret_wo  = var.source_secret
    extra_wo       = { more = var.source_secret }
    secret_version = var.description
  }
  new_connection = {
    name        = "altr"
    admin_roles = ["$admin"]
  }
  atlan_connection    = "default/snowflake/1700000000"
  altr_connection     = "42"
  classification_job  = var.description
  contract_validation = "warn" # extra_wo is not in the app's form
  test_authentication = true
  run                 = "on_change"
}

resource "atlan_api_token" "managed" {
  name                    = "managed"
  description             = var.description
  rotation_triggers       = var.triggers
  persona_qualified_names = var.personas
}

resource "atlan_persona" "managed" {
  name        = "managed"
  description = var.description
  users       = ["jsmith"]
}

resource "atlan_persona_metadata_policy" "managed" {
  persona_id                = atlan_persona.managed.id
  name                      = "metadata"
  description               = var.description
  connection_qualified_name = "default/snowflake/1700000000"
  actions                   = ["entity-read"]
  assets                    = ["default/snowflake/1700000000"]
}

resource "atlan_persona_data_policy" "managed" {
  persona_id    = atlan_persona.managed.id
  name          = "data"
  description   = var.description
  connection_id = atlan_persona_metadata_policy.managed.connection_id
  assets        = ["default/snowflake/1700000000/SALES"]
}

resource "atlan_persona_glossary_policy" "managed" {
  persona_id               = atlan_persona.managed.id
  name                     = "glossary"
  description              = var.description
  actions                  = ["entity-update"]
  glossary_qualified_names = ["SandboxGlossary0000001"]
}

data "atlan_persona_policies" "managed" {
  persona_id = atlan_persona.managed.id
  depends_on = [atlan_persona_metadata_policy.managed]
}

ephemeral "atlan_api_token" "ephemeral" {
  name_prefix = "ephemeral"
}

data "atlan_api_token" "managed" {
  id = atlan_api_token.managed.id
}

data "atlan_api_tokens" "all" {
  depends_on = [atlan_api_token.managed]
}

resource "atlan_connection_admin" "managed" {
  connection_qualified_name = "default/snowflake/1700000000"
  api_token_id              = atlan_api_token.managed.id
}

resource "atlan_collection_member" "managed" {
  collection_qualified_name = "default/collection/admin/SandboxCollection00001"
  api_token_id              = atlan_api_token.managed.id
  role                      = var.description == "first" ? "viewer" : "editor"
}
