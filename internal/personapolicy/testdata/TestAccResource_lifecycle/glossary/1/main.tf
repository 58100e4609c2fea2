variable "persona_id" { type = string }

resource "atlan_persona_glossary_policy" "test" {
  persona_id               = var.persona_id
  name                     = "tfacc-lifecycle"
  actions                  = ["entity-update"]
  glossary_qualified_names = ["SandboxGlossary0000001"]
}
