resource "atlan_collection_member" "test" {
  collection_qualified_name = "default/collection/admin/SandboxCollection00001"
  user                      = "jsmith"
  role                      = "viewer"
}
