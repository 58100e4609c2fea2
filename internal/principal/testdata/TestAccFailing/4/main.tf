data "atlan_group" "test" {
  alias = "Data engineers"
}
