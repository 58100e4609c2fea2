data "atlan_collection" "by_name" {
  name = "My query collection"
}

data "atlan_collection" "by_id" {
  id = data.atlan_collection.by_name.id
}

data "atlan_collection" "by_qualified_name" {
  qualified_name = data.atlan_collection.by_name.qualified_name
}
