resource "atlan_persona" "analysts" {
  name = "Analysts"
}

# The analysts may query and preview the marts, but not the raw data in the same connection.
resource "atlan_persona_data_policy" "marts" {
  persona_id                = atlan_persona.analysts.id
  name                      = "Query the marts"
  connection_qualified_name = "default/snowflake/1700000000"
  assets                    = ["default/snowflake/1700000000/MARTS/*"]
}
