resource "atlan_persona" "test" {
  name            = "tfacc-members"
  description     = "Everything"
  enabled         = false
  users           = ["jsmith", "admin"]
  groups          = ["data_engineers"]
  deny_asset_tabs = ["Usage"]
}
