resource "atlan_persona" "stewards" {
  name = "Stewards"
}

# The stewards keep the glossary: its terms and categories, and the tags on them.
resource "atlan_persona_glossary_policy" "business" {
  persona_id = atlan_persona.stewards.id
  name       = "Keep the business glossary"
  actions = [
    "entity-create", "entity-update", "entity-delete",
    "entity-add-classification", "entity-remove-classification",
  ]
  glossary_qualified_names = ["SandboxGlossary0000001"]
}
