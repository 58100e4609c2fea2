locals {
  table = provider::atlan::parse_qualified_name("default/snowflake/1700000000/SALES/PUBLIC/ORDERS")
}

# default/snowflake/1700000000
output "connection" {
  value = local.table.connection_qualified_name
}

# snowflake
output "connector" {
  value = local.table.connector
}

# default/snowflake/1700000000/SALES/PUBLIC, the schema that the table is in.
output "schema" {
  value = join("/", [local.table.connection_qualified_name, local.table.database, local.table.schema])
}
