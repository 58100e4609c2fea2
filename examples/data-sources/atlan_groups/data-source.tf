data "atlan_groups" "all" {}

# Groups that nobody is in.
output "empty_groups" {
  value = [
    for group in data.atlan_groups.all.groups : group.alias
    if group.member_count == 0
  ]
}
