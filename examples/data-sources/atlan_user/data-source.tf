# People know each other by address; personas and connections want user names. `username` and `id` find a user too.
data "atlan_user" "owner" {
  email = "jsmith@example.com"
}

output "owner" {
  value = data.atlan_user.owner.username
}

# Warns when the owner may no longer sign in.
check "owner_is_enabled" {
  assert {
    condition     = data.atlan_user.owner.enabled != false
    error_message = "User ${data.atlan_user.owner.username} is disabled."
  }
}
