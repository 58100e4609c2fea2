data "atlan_persona" "data_assets" {
  name = "Data Assets"
}

data "atlan_persona_policies" "data_assets" {
  persona_id = data.atlan_persona.data_assets.id
}

# What the persona's members may not do, whatever else they are allowed.
output "denied" {
  value = {
    for policy in data.atlan_persona_policies.data_assets.policies : policy.name => policy.actions if !policy.allow
  }
}

# Import ids, for taking the policies over into Terraform.
output "import_ids" {
  value = {
    for policy in data.atlan_persona_policies.data_assets.policies :
    "atlan_persona_${policy.kind}_policy ${policy.name}" => policy.id
  }
}
