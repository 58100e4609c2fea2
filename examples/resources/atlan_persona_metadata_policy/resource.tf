resource "atlan_persona" "analysts" {
  name = "Analysts"
}

# The analysts may read everything in the warehouse and describe it.
resource "atlan_persona_metadata_policy" "warehouse" {
  persona_id                = atlan_persona.analysts.id
  name                      = "Read and describe the warehouse"
  connection_qualified_name = "default/snowflake/1700000000"
  actions                   = ["entity-read", "entity-update", "add-terms", "remove-terms"]
  assets                    = ["default/snowflake/1700000000"]
}

# But for salaries: an explicit deny is stronger than everything that this and other personas allow.
resource "atlan_persona_metadata_policy" "no_salaries" {
  persona_id                = atlan_persona.analysts.id
  name                      = "Nothing of salaries"
  description               = "Agreed with the works council"
  allow                     = false
  connection_qualified_name = "default/snowflake/1700000000"
  actions                   = ["entity-read"]
  assets                    = ["default/snowflake/1700000000/HR/SALARIES"]
}
