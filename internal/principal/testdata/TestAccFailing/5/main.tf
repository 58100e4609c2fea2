data "atlan_roles" "test" {}
