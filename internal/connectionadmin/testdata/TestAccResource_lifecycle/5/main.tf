resource "atlan_api_token" "ci" {
  name = "tfacc-connection-admin"
}

resource "atlan_connection_admin" "test" {
  connection_qualified_name = "default/snowflake/1700000000"
  api_token_id              = atlan_api_token.ci.id
}
