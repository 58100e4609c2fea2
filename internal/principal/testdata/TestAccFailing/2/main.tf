data "atlan_user" "test" {
  username = "jsmith"
}
