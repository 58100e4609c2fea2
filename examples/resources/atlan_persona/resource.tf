# Who belongs to the persona. What its members may see and do is up to its policies, which are resources of their own.
resource "atlan_persona" "finance" {
  name        = "Finance analysts"
  description = "Reads the marts of finance"
  users       = ["jsmith"]
  groups      = ["data_engineers"]

  # Lineage leads to systems that finance has no business with.
  deny_asset_tabs = ["Lineage"]
}

# Prepared, but without effect until it is enabled.
resource "atlan_persona" "auditors" {
  name    = "Auditors"
  enabled = false
}

# An API token acts with the rights of the personas that it is linked with.
resource "atlan_api_token" "reports" {
  name                    = "finance-reports"
  persona_qualified_names = [atlan_persona.finance.qualified_name]
}
