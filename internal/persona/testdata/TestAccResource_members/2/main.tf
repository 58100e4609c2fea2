resource "atlan_persona" "test" {
  name   = "tfacc-members"
  users  = ["jsmith"]
  groups = ["data_engineers"]
}
