variable "persona_id" { type = string }

resource "atlan_persona_glossary_policy" "test" {
  persona_id               = var.persona_id
  name                     = "tfacc-lifecycle-renamed"
  description              = "Kept by Terraform"
  allow                    = false
  actions                  = ["entity-update", "entity-create", "persona-glossary-read"]
  glossary_qualified_names = ["SandboxGlossary0000001", "OtherGlossary000000001"]

  timeouts {
    create = "2m"
    read   = "1m"
    update = "2m"
    delete = "2m"
  }
}
