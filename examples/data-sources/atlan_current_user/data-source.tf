data "atlan_current_user" "me" {}

# What to make an admin of a connection, so that this configuration can manage policies on it.
output "caller" {
  value = data.atlan_current_user.me.username
}

# Stops the run when it has the credential of a person.
resource "terraform_data" "ci_only" {
  lifecycle {
    precondition {
      condition     = data.atlan_current_user.me.client_id != null
      error_message = "Run this with an API token, not as ${data.atlan_current_user.me.username}."
    }
  }
}
