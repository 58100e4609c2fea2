resource "atlan_persona" "test" {
  name = "tfacc-identity"
}
