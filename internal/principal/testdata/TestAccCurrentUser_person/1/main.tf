data "atlan_current_user" "me" {}
