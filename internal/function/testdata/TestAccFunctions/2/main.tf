terraform {
  required_providers {
    atlan = {
      source = "hashicorp/atlan" # where the test serves the provider
    }
  }
}

output "nothing" {
  value = provider::atlan::parse_qualified_name(null)
}
