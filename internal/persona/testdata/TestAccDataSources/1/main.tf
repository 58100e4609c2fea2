resource "atlan_persona" "test" {
  name            = "tfacc-data"
  description     = "found again"
  deny_asset_tabs = ["Lineage"]
}

data "atlan_persona" "by_id" {
  id = atlan_persona.test.id
}

data "atlan_persona" "by_name" {
  name = atlan_persona.test.name
}

data "atlan_personas" "all" {
  depends_on = [atlan_persona.test]
}

output "found" {
  value = [for persona in data.atlan_personas.all.personas : persona.name if persona.id == atlan_persona.test.id]
}
