# The persona of the demo tenant.
variable "persona_id" {
  type    = string
  default = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0050"
}

resource "atlan_persona_data_policy" "test" {
  persona_id                = var.persona_id
  name                      = "tfacc-import"
  connection_qualified_name = "default/snowflake/1700000000"
  assets                    = ["default/snowflake/1700000000/SALES", "default/snowflake/1700000000/HR/*"]
}
