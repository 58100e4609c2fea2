# Names are not unique: the connector narrows the search, and an error lists the candidates. `id` and `qualified_name` find
# a connection too.
data "atlan_connection" "production" {
  name      = "production"
  connector = "snowflake"
}

output "qualified_name" {
  value = data.atlan_connection.production.qualified_name
}

# Warns when the connection is administered through a role alone.
check "production_has_admins" {
  assert {
    condition     = length(data.atlan_connection.production.admin_users) + length(data.atlan_connection.production.admin_groups) > 0
    error_message = "No user or group is an admin of the connection."
  }
}
