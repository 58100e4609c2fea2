data "atlan_current_user" "test" {}
