data "atlan_group" "test" {
  alias = "Twins"
}
