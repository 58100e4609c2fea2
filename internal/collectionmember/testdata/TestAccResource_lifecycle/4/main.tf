data "atlan_collection" "queries" {
  name = "My query collection"
}

resource "atlan_api_token" "ci" {
  name = "tfacc-collection-member"
}

resource "atlan_collection_member" "test" {
  collection_id = data.atlan_collection.queries.id
  api_token_id  = atlan_api_token.ci.id
  role          = "viewer"

  timeouts {
    create = "1m"
    read   = "1m"
    update = "1m"
    delete = "1m"
  }
}
