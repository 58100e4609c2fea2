resource "atlan_mode_workflow" "test" {
  name = "tfacc-lifecycle"
  credential = {
    workspace     = "acme"
    api_key_id    = "key"
    api_secret_wo = "first"
  }
  new_connection = {
    name        = "production"
    admin_roles = ["$admin"]
  }
}
