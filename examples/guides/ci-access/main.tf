# What a CI system needs to look after the access to one connection, all new and in one apply: an API token, its right to
# administer the connection, and a persona with a policy that lets the token read the connection's assets.
#
# Terraform's own API token (ATLAN_API_KEY) becomes an admin of the connection too, as managing its policies takes that. The
# user of ATLAN_USER_BEARER_TOKEN, who is an admin, makes it one. No sleeps are needed: what Atlan takes a while to let into
# effect, the provider tries again meanwhile.

locals {
  connection = "default/snowflake/1700000000"
}

resource "atlan_persona" "ci" {
  name        = "CI"
  description = "What the CI system may see"
}

resource "atlan_api_token" "ci" {
  name                    = "ci-access"
  description             = "Used by the CI system"
  persona_qualified_names = [atlan_persona.ci.qualified_name]
}

data "atlan_current_user" "terraform" {}

resource "atlan_connection_admin" "terraform" {
  connection_qualified_name = local.connection
  user                      = data.atlan_current_user.terraform.username

  # A destroy takes this right from Terraform itself, which is meant: it is the last step, as all others depend on it.
  allow_self_removal = true
}

# From here on Terraform is an admin, and needs nobody's help: the references say that this comes after it.
resource "atlan_connection_admin" "ci" {
  connection_id = atlan_connection_admin.terraform.connection_id
  api_token_id  = atlan_api_token.ci.id
}

resource "atlan_persona_metadata_policy" "ci" {
  persona_id    = atlan_persona.ci.id
  name          = "Read the connection"
  connection_id = atlan_connection_admin.terraform.connection_id
  actions       = ["entity-read"]
  assets        = [local.connection]
}

output "token" {
  description = "The value for the CI system's secret store: terraform output -raw token"
  value       = atlan_api_token.ci.token
  sensitive   = true
}
