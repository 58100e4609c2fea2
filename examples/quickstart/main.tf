# A token for a CI system: it can see what the persona "Data Assets" can see, and is replaced before it expires.
#
# `make quickstart` applies this file to a tenant that runs in memory on this machine, so nothing here needs an account.

# Nothing is set here: the address and the credential come from the environment variables ATLAN_BASE_URL and
# ATLAN_API_KEY, so that the same file serves every tenant.
provider "atlan" {}

resource "atlan_api_token" "ci" {
  name        = "ci"
  description = "Reads lineage in the CI pipeline"

  # The qualified name of a persona, which Atlan gives it once and for all. This one is in the sandbox tenant; in your
  # own tenant it has another one.
  persona_qualified_names = ["default/SandboxDataAssets00001"]

  # The token lives 90 days. A plan made in its last 14 days replaces it.
  validity_seconds     = 90 * 24 * 3600
  rotate_before_expiry = "${14 * 24}h"

  # On a replacement, the new token is made before the old one is deleted. Without this there would be a time in which
  # neither works.
  lifecycle {
    create_before_destroy = true
  }
}

# Reads the token back, as another configuration would that does not manage it. The value cannot be read: Atlan tells it
# once, when the token is created.
data "atlan_api_token" "ci" {
  id = atlan_api_token.ci.id
}

output "username" {
  description = "The name to put in a list of admins, so that the token has their rights."
  value       = atlan_api_token.ci.username
}

output "expires_at" {
  description = "When the token stops working, unless it is replaced before."
  value       = atlan_api_token.ci.expires_at
}

output "created_by" {
  description = "Who made the token: the credential that the provider ran with."
  value       = data.atlan_api_token.ci.created_by
}

# Terraform shows "<sensitive>" for this one. To see it: terraform output -raw token
output "token" {
  description = "The value for the header \"Authorization: Bearer …\"."
  value       = atlan_api_token.ci.token
  sensitive   = true
}
