# An API token sees the collections that it is a member of. Others are found with the bearer token of a member, in the
# provider's user_bearer_token or the environment variable ATLAN_USER_BEARER_TOKEN.
data "atlan_collection" "queries" {
  name = "My query collection"
}

output "editors" {
  value = data.atlan_collection.queries.editor_users
}
