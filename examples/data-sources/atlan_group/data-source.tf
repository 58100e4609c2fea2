# Atlan shows a group by its alias; personas and connections want its name. `name` and `id` find a group too.
data "atlan_group" "engineers" {
  alias = "Data engineers"
}

output "engineers" {
  value = data.atlan_group.engineers.name
}
