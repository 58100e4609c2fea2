terraform {
  required_version = ">= 1.11"

  required_providers {
    atlan = {
      source = "atlan-community/atlan"
    }
  }
}
