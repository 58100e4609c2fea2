data "atlan_persona" "none" {
  name = "tfacc-none"
}
