data "atlan_connections" "all" {}

# Which connections does each API token administer?
output "connections_by_token" {
  value = transpose({
    for connection in data.atlan_connections.all.connections : connection.qualified_name =>
    [for user in connection.admin_users : user if startswith(user, "service-account-apikey-")]
  })
}
