resource "atlan_persona" "test" {
  name            = "tfacc-import"
  description     = "to be imported"
  enabled         = false
  deny_asset_tabs = ["Lineage"]
}
