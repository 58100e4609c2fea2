resource "atlan_persona" "test" {
  name        = "tfacc-lifecycle"
  description = "Reads the marts"

  timeouts {
    create = "1m"
    update = "1m"
  }
}
