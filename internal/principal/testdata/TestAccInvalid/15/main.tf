data "atlan_group" "test" {
  alias = "data_engineers"
}
