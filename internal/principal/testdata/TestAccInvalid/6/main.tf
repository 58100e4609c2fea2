data "atlan_user" "test" {
  username = "service-account-apikey-11111111-2222-3333-4444-555555555555"
}
