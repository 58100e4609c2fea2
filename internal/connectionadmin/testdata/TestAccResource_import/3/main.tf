resource "atlan_connection_admin" "test" {
  connection_qualified_name = "default/snowflake/1700000000"
  user                      = "jsmith"
}
