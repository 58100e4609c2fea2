variable "persona_id" { type = string }

resource "atlan_persona_metadata_policy" "test" {
  persona_id                = var.persona_id
  name                      = "tfacc-lifecycle"
  connection_qualified_name = "default/snowflake/1700000000"
  actions                   = ["entity-read"]
  assets                    = ["default/snowflake/1700000000"]
}
