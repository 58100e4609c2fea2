# The provider's own API token is no admin of this connection: the user of user_bearer_token (or ATLAN_USER_BEARER_TOKEN)
# adds the new one.
resource "atlan_api_token" "ci" {
  name = "ci"
}

resource "atlan_connection_admin" "ci" {
  connection_qualified_name = "default/snowflake/1700000000"
  api_token_id              = atlan_api_token.ci.id
}

# A person, on every connection of one connector.
data "atlan_connections" "bigquery" {
  connector = "bigquery"
}

resource "atlan_connection_admin" "owner" {
  for_each = { for connection in data.atlan_connections.bigquery.connections : connection.name => connection.id }

  connection_id = each.value
  user          = "jsmith"
}

# Everybody who has the role, now or later.
resource "atlan_connection_admin" "workspace_admins" {
  connection_qualified_name = "default/snowflake/1700000000"
  role                      = "$admin"
}

# Nobody's bearer token is needed where Atlan has enabled the package that makes API tokens admins. It takes minutes.
resource "atlan_api_token" "crawler" {
  name = "crawler"
}

resource "atlan_connection_admin" "crawler" {
  connection_qualified_name = "default/snowflake/1700000000"
  api_token_id              = atlan_api_token.crawler.id
  method                    = "package"
}
