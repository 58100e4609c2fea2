# Lives five years, unless somebody deletes it.
resource "atlan_api_token" "lineage_reader" {
  name        = "lineage-reader"
  description = "Reads lineage for the status page"
}

# Lives 90 days and is replaced in the last 14 of them.
resource "atlan_api_token" "ci" {
  name                    = "ci"
  description             = "Deploys from the main branch"
  persona_qualified_names = ["default/SandboxDataAssets00001"]
  validity_seconds        = 90 * 24 * 3600
  rotate_before_expiry    = "336h"

  # The old token works until everything in this configuration has the new one.
  lifecycle {
    create_before_destroy = true
  }
}

output "ci_token" {
  value     = atlan_api_token.ci.token
  sensitive = true
}
