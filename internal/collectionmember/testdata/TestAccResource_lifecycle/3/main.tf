resource "atlan_collection_member" "test" {
  collection_qualified_name = "default/collection/admin/SandboxCollection00001"
  group                     = "data_engineers"
  role                      = "editor"
  method                    = "user_bearer"
  wait_until_effective      = true
}
