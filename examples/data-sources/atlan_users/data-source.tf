# A team, by address: an address that nobody has is an error, unless `ignore_missing` is set.
data "atlan_users" "team" {
  emails = ["admin@example.com", "jsmith@example.com"]
}

output "team" {
  value = data.atlan_users.team.users[*].username
}

# Everybody.
data "atlan_users" "all" {}

output "users_by_role" {
  value = {
    for user in data.atlan_users.all.users : coalesce(user.workspace_role, "unknown") => user.username...
  }
}
