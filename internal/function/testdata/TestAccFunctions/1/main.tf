terraform {
  required_providers {
    atlan = {
      source = "hashicorp/atlan" # where the test serves the provider
    }
  }
}

output "persona" {
  value = provider::atlan::parse_qualified_name("default/LzgnFMh4DYW1lVTJkBYFSZ")
}
