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

ephemeral "atlan_api_token" "ephemeral" {
  name_prefix = "ephemeral"
}

data "atlan_api_token" "managed" {
  id = atlan_api_token.managed.id
}

data "atlan_api_tokens" "all" {
  depends_on = [atlan_api_token.managed]
}
