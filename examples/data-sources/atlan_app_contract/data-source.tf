data "atlan_app_contract" "metabase" {
  app_id = "atlan-metabase"
}

# What a workflow of the app can be told, by the keys that atlan_app_workflow takes, with what the form calls them.
output "inputs" {
  value = {
    for key, input in data.atlan_app_contract.metabase.inputs :
    key => "${coalesce(input.label, key)}: ${join(" or ", input.types)}"
    if !input.is_internal
  }
}

# What its credential takes.
output "credential" {
  value = data.atlan_app_contract.metabase.credential.auth_types
}
