resource "atlan_mode_workflow" "test" {
  name            = "tfacc-import"
  credential_guid = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d9999"
  new_connection = {
    name        = "production"
    admin_users = ["jsmith"]
    admin_roles = ["$admin"]
  }
  include_collections    = ["finance", "marketing"]
  crawl_archived_reports = false
}
