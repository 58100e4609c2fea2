data "atlan_user" "test" {
  email = ""
}
