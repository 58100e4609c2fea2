terraform {
  required_providers {
    atlan = {
      source = "hashicorp/atlan" # where the test serves the provider
    }
  }
}

output "guid" {
  value = provider::atlan::service_account_username("4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0001")
}
