variable "persona_id" { type = string }

resource "atlan_persona_metadata_policy" "test" {
  persona_id                = var.persona_id
  name                      = "tfacc-data"
  connection_qualified_name = "default/snowflake/1700000000"
  actions                   = ["entity-read"]
  assets                    = ["default/snowflake/1700000000"]
}

resource "atlan_persona_data_policy" "test" {
  persona_id    = var.persona_id
  name          = "tfacc-data-select"
  connection_id = atlan_persona_metadata_policy.test.connection_id
  assets        = ["default/snowflake/1700000000"]
}

resource "atlan_persona_glossary_policy" "test" {
  persona_id               = var.persona_id
  name                     = "tfacc-data-glossary"
  actions                  = ["entity-update"]
  glossary_qualified_names = ["SandboxGlossary0000001"]
}

data "atlan_persona_policies" "test" {
  persona_id = var.persona_id
  depends_on = [atlan_persona_metadata_policy.test, atlan_persona_data_policy.test, atlan_persona_glossary_policy.test]
}

output "kinds" {
  value = { for policy in data.atlan_persona_policies.test.policies : policy.name => policy.kind }
}

output "connections" {
  value = { for policy in data.atlan_persona_policies.test.policies : policy.kind => policy.connection_qualified_name }
}
