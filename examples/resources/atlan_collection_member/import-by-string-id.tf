# The id is the GUID, qualified name or unique name of the collection, a slash, and api_token:<GUID>, user:<name> or
# group:<name>.
import {
  to = atlan_collection_member.reviewer
  id = "My query collection/user:jsmith"
}
