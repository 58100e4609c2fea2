resource "atlan_app_workflow" "test" {
  app_id          = "atlan-metabase"
  name            = "tfacc-identity"
  credential_guid = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d9999"
  inputs = {
    include_collections = { finance = {} }
    temp_table_regex    = ""
    load_to_atlan       = true
  }
  new_connection = {
    name        = "metabase"
    admin_users = ["jsmith"]
    admin_roles = ["$admin"]
  }
}
