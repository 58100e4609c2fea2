data "atlan_users" "test" {
  usernames = ["jsmith", "nobody", "no-one"]
}
