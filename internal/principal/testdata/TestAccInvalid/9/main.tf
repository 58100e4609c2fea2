data "atlan_user" "test" {
  email = "twins@example.com"
}
