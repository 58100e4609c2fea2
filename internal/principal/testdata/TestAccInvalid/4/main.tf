data "atlan_user" "test" {
  username = "JSmith"
}
