data "atlan_connection" "by_name" {
  name = "production"
}

data "atlan_connection" "by_name_and_connector" {
  name      = "twin"
  connector = "postgres"
}

data "atlan_connection" "by_id" {
  id = data.atlan_connection.by_name.id
}

data "atlan_connection" "by_qualified_name" {
  qualified_name = data.atlan_connection.by_name.qualified_name
}

data "atlan_connections" "all" {}

data "atlan_connections" "bigquery" {
  connector = "bigquery"
}

output "all" {
  value = sort(data.atlan_connections.all.connections[*].name)
}

output "bigquery" {
  value = data.atlan_connections.bigquery.connections[*].name
}
