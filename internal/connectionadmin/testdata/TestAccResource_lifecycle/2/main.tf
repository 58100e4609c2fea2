resource "atlan_connection_admin" "test" {
  connection_qualified_name = "default/snowflake/1700000000"
  user                      = "jsmith"
  method                    = "user_bearer"
  wait_until_effective      = true
  allow_self_removal        = true
}
