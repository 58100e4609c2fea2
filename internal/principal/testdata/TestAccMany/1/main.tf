data "atlan_users" "all" {}

data "atlan_user" "each" {
  count    = 60
  username = "user${count.index}"
}

output "users" {
  value = length(data.atlan_users.all.users)
}

output "emails" {
  value = length(distinct([for user in data.atlan_user.each : user.email]))
}
