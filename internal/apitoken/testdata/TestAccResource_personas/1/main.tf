resource "atlan_api_token" "test" {
  name                    = "tfacc-personas"
  persona_qualified_names = ["default/SandboxDataAssets00001"]
}
