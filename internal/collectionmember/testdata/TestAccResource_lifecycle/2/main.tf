resource "atlan_collection_member" "test" {
  collection_qualified_name = "default/collection/admin/SandboxCollection00001"
  user                      = "jsmith"
  role                      = "editor"
  method                    = "user_bearer"
  wait_until_effective      = true
  allow_self_removal        = true
}
