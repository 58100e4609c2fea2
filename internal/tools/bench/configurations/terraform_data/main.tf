# The floor: what Terraform itself takes for as many objects, with no provider process and no requests.
resource "terraform_data" "token" {
  count = var.tokens
  input = {
    name        = "bench ${count.index}"
    description = ""
  }
}

resource "terraform_data" "policy" {
  count = var.policies
  input = {
    persona_id = var.personas[floor(count.index / 10)]
    name       = "bench ${count.index}"
    actions    = ["entity-read", "entity-update"]
    assets     = [var.connection]
  }
}
