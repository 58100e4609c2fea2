# The provider's own API token is no member of this collection, and does not see it: the user of user_bearer_token (or
# ATLAN_USER_BEARER_TOKEN), an editor, finds it and adds the members.
data "atlan_collection" "queries" {
  name = "My query collection"
}

resource "atlan_api_token" "ci" {
  name = "ci"
}

resource "atlan_collection_member" "ci" {
  collection_id = data.atlan_collection.queries.id
  api_token_id  = atlan_api_token.ci.id
  role          = "editor"
}

# Everybody in a group, now or later.
resource "atlan_collection_member" "engineers" {
  collection_id = data.atlan_collection.queries.id
  group         = "data_engineers"
  role          = "viewer"
}

# A person.
resource "atlan_collection_member" "reviewer" {
  collection_qualified_name = "default/collection/admin/SandboxCollection00001"
  user                      = "jsmith"
  role                      = "viewer"
}
