resource "atlan_api_token" "test" {
  name        = "tfacc-lifecycle"
  description = "CI pipeline"
}
