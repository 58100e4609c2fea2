resource "atlan_api_token" "test" {
  name             = "tfacc-import"
  description      = "to be imported"
  validity_seconds = 86400
}
