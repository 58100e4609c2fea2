# One team in one tenant, applied by CI. Address and credential come from the environment.

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
