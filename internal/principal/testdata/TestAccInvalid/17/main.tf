data "atlan_group" "test" {
  id    = "data_engineers"
  alias = "Data engineers"
}
