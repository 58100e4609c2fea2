data "atlan_user" "test" {
  id = "jsmith"
}
