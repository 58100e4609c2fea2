data "atlan_group" "test" {
  name = "Data engineers"
}
