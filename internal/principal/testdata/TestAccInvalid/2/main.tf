data "atlan_user" "test" {
  username = "jsmith"
  email    = "jsmith@example.com"
}
