data "atlan_users" "test" {
  usernames = ["jsmith", null]
}
