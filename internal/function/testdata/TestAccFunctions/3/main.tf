terraform {
  required_providers {
    atlan = {
      source = "hashicorp/atlan" # where the test serves the provider
    }
  }
}

output "person" {
  value = provider::atlan::service_account_username("jsmith")
}
