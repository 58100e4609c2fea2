resource "atlan_persona" "test" {
  name            = "tfacc-lifecycle-renamed"
  description     = "Reads the marts"
  enabled         = false
  deny_asset_tabs = ["Lineage", "Activity"]
}
