resource "atlan_connection_admin" "test" {
  connection_qualified_name = "default/snowflake/1700000000"
  group                     = "data_engineers"
  method                    = "user_bearer"
  wait_until_effective      = true
}
