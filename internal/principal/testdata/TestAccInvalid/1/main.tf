data "atlan_user" "test" {}
