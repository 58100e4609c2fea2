data "atlan_role" "test" {
  name = "admin"
}
