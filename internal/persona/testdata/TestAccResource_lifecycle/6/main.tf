resource "atlan_persona" "test" {
  name = "tfacc-lifecycle-renamed"
}
