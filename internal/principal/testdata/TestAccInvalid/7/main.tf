data "atlan_user" "test" {
  email = "example.com"
}
