# One module, two tenants: what a team may do is written once, and applied to both.
#
# Each tenant has a provider configuration of its own, with address and credential set. What is missing there would come
# from the environment, and so from the same tenant for both.

terraform {
  required_version = ">= 1.11"

  required_providers {
    atlan = {
      source = "atlan-community/atlan"
    }
  }
}

variable "tenants" {
  description = "Address, API key, and the bearer token of an admin of the connections if one is needed, of each tenant."
  type = map(object({
    base_url          = string
    api_key           = string
    user_bearer_token = optional(string)
  }))
  ephemeral = true # neither in the state nor in a plan
  sensitive = true
}

provider "atlan" {
  alias             = "development"
  base_url          = var.tenants["development"].base_url
  api_key           = var.tenants["development"].api_key
  user_bearer_token = var.tenants["development"].user_bearer_token
}

provider "atlan" {
  alias             = "production"
  base_url          = var.tenants["production"].base_url
  api_key           = var.tenants["production"].api_key
  user_bearer_token = var.tenants["production"].user_bearer_token
}

locals {
  team          = "Analytics"
  member_emails = ["jsmith@example.com"]
}

module "development" {
  source    = "../team-access"
  providers = { atlan = atlan.development }

  team          = local.team
  member_emails = local.member_emails
  groups        = ["Data engineers"]
  connections = {
    development = { connector = "bigquery", edit = true, query = true, administer = true }
  }
}

# In production the team reads, and only some of it.
module "production" {
  source    = "../team-access"
  providers = { atlan = atlan.production }

  team          = local.team
  member_emails = local.member_emails
  connections = {
    production = { connector = "snowflake", paths = ["MARTS"] }
  }
  token_validity_days = 30
  token_rotation_days = 7
}

output "token_usernames" {
  value = {
    development = module.development.token_username
    production  = module.production.token_username
  }
}
