resource "atlan_api_token" "test" {
  name             = "tfacc-lifecycle-renamed"
  validity_seconds = 7200

  rotation_triggers = {
    quarter = "2027-Q1"
  }
}
