resource "atlan_persona" "test" {
  name        = "tfacc-lifecycle-renamed"
  description = "Reads the marts"
}
