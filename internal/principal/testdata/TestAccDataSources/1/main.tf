data "atlan_user" "by_username" {
  username = "jsmith"
}

data "atlan_user" "by_email" {
  email = "JSmith@Example.com"
}

data "atlan_user" "by_id" {
  id = data.atlan_user.by_username.id
}

data "atlan_users" "all" {}

data "atlan_users" "by_username" {
  usernames = ["jsmith", "admin"]
}

data "atlan_users" "by_email" {
  emails = ["JSMITH@example.com"]
}

data "atlan_users" "known" {
  usernames      = ["jsmith", "nobody"]
  ignore_missing = true
}

data "atlan_users" "none" {
  emails = []
}

data "atlan_group" "by_name" {
  name = "data_engineers"
}

data "atlan_group" "by_alias" {
  alias = "Data engineers"
}

data "atlan_group" "by_id" {
  id = data.atlan_group.by_name.id
}

data "atlan_groups" "all" {}

data "atlan_role" "admin" {
  name = "$admin"
}

data "atlan_roles" "all" {}

output "all" {
  value = data.atlan_users.all.users[*].username
}

output "by_username" {
  value = data.atlan_users.by_username.users[*].username
}

output "by_email" {
  value = data.atlan_users.by_email.users[*].username
}

output "known" {
  value = data.atlan_users.known.users[*].username
}

output "none" {
  value = data.atlan_users.none.users[*].username
}

output "groups" {
  value = data.atlan_groups.all.groups[*].alias
}

output "roles" {
  value = data.atlan_roles.all.roles[*].name
}
