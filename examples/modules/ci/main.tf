# One team in one tenant, applied by CI. Address and credential come from the environment.
#
# Add a backend that locks and encrypts the state, such as s3, azurerm, gcs or HCP Terraform: without one the state is a file
# that is lost with the runner, and the next run would make everything again.

terraform {
  required_version = ">= 1.11"

  required_providers {
    atlan = {
      source = "atlan-community/atlan"
    }
  }
}

module "analytics" {
  source = "../team-access"

  team          = "Analytics"
  member_emails = ["jsmith@example.com"]
  connections = {
    production = { connector = "snowflake", paths = ["MARTS"] }
  }
}
