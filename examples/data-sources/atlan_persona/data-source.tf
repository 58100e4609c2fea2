# A persona that is managed elsewhere. `id` finds one too.
data "atlan_persona" "data_assets" {
  name = "Data Assets"
}

# Lets an API token see what the persona shows.
resource "atlan_api_token" "catalog_reader" {
  name                    = "catalog-reader"
  persona_qualified_names = [data.atlan_persona.data_assets.qualified_name]
}
