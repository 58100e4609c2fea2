data "atlan_users" "test" {
  emails = ["jsmith@example.com", "nobody@example.com"]
}
