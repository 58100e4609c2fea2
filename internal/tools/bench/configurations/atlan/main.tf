terraform {
  required_providers {
    atlan = {
      source = "atlan-community/atlan"
    }
  }
}

provider "atlan" {
  base_url            = var.base_url
  api_key             = var.api_key
  requests_per_minute = var.requests_per_minute > 0 ? var.requests_per_minute : 100000
}

resource "atlan_api_token" "this" {
  count = var.tokens
  name  = "bench ${count.index}"
}

resource "atlan_persona_metadata_policy" "this" {
  count                     = var.policies
  persona_id                = var.personas[floor(count.index / 10)]
  name                      = "bench ${count.index}"
  actions                   = ["entity-read", "entity-update"]
  assets                    = [var.connection]
  connection_qualified_name = var.connection
}
