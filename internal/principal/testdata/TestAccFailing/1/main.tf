data "atlan_users" "test" {}
