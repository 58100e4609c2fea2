data "atlan_users" "test" {
  usernames = ["jsmith"]
  emails    = ["jsmith@example.com"]
}
