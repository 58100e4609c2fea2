terraform {
  required_providers {
    atlan = {
      source = "hashicorp/atlan" # where the test serves the provider
    }
  }
}

resource "terraform_data" "unknown" {
  input = "default/bigquery/1700000001/project"
}

output "table" {
  value = provider::atlan::parse_qualified_name("default/snowflake/1700000000/DB/SCHEMA/TABLE")
}

output "connection" {
  value = provider::atlan::parse_qualified_name("default/snowflake/1700000000")
}

# Not known while planning.
output "later" {
  value = provider::atlan::parse_qualified_name(terraform_data.unknown.output).connector
}

output "username" {
  value = provider::atlan::service_account_username("apikey-11111111-2222-3333-4444-555555555555")
}

output "same_username" {
  value = provider::atlan::service_account_username("service-account-apikey-11111111-2222-3333-4444-555555555555")
}
