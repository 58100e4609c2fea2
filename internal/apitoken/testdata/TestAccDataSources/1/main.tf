resource "atlan_api_token" "test" {
  name        = "tfacc-data"
  description = "found again"
}

data "atlan_api_token" "by_id" {
  id = atlan_api_token.test.id
}

data "atlan_api_token" "by_name" {
  name = atlan_api_token.test.name
}

data "atlan_api_token" "by_client_id" {
  client_id = atlan_api_token.test.client_id
}

data "atlan_api_tokens" "all" {
  depends_on = [atlan_api_token.test]
}

output "names" {
  value = data.atlan_api_tokens.all.tokens[*].name
}
