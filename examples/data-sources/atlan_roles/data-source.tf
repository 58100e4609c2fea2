data "atlan_roles" "all" {}

# How many users have each role.
output "members" {
  value = {
    for role in data.atlan_roles.all.roles : role.name => role.member_count
  }
}
