variable "persona_id" { type = string }

resource "atlan_persona_metadata_policy" "test" {
  persona_id                = var.persona_id
  name                      = "tfacc-lifecycle"
  description               = "Kept by Terraform"
  allow                     = false
  connection_qualified_name = "default/snowflake/1700000000"
  actions                   = ["entity-read", "entity-update", "add-terms", "persona-dq-read"]
  assets                    = ["default/snowflake/1700000000/SALES", "default/snowflake/1700000000/HR/*"]

  timeouts {
    create = "2m"
    read   = "1m"
    update = "2m"
    delete = "2m"
  }
}
