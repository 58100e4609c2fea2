data "atlan_groups" "test" {}
