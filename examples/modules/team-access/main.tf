# What a team needs in Atlan: a persona with its members, policies on the connections that it works with, and an API token
# for its CI, which rotates. Everything that exists already is named as people know it.

data "atlan_user" "members" {
  for_each = var.member_emails
  email    = each.key
}

data "atlan_group" "members" {
  for_each = var.groups
  alias    = each.key
}

data "atlan_connection" "used" {
  for_each  = var.connections
  name      = each.key
  connector = each.value.connector
}

locals {
  # Assets are named by their path below the connection; without one, the whole connection is meant.
  assets = {
    for name, connection in var.connections : name => (
      length(connection.paths) == 0
      ? [data.atlan_connection.used[name].qualified_name]
      : [for path in connection.paths : "${data.atlan_connection.used[name].qualified_name}/${path}"]
    )
  }
}

resource "atlan_persona" "team" {
  name        = var.team
  description = "Managed by Terraform"
  users       = [for user in data.atlan_user.members : user.username]
  groups      = [for group in data.atlan_group.members : group.name]
}

resource "atlan_persona_metadata_policy" "team" {
  for_each = var.connections

  persona_id                = atlan_persona.team.id
  name                      = "${each.value.edit ? "Read and edit" : "Read"} ${each.key}"
  connection_qualified_name = data.atlan_connection.used[each.key].qualified_name
  assets                    = local.assets[each.key]
  actions                   = concat(["entity-read"], each.value.edit ? ["entity-update", "add-terms", "remove-terms"] : [])
}

resource "atlan_persona_data_policy" "team" {
  for_each = { for name, connection in var.connections : name => connection if connection.query }

  persona_id                = atlan_persona.team.id
  name                      = "Query ${each.key}"
  connection_qualified_name = data.atlan_connection.used[each.key].qualified_name
  assets                    = local.assets[each.key]
}

resource "atlan_api_token" "ci" {
  name                    = "${var.team} CI"
  description             = "Managed by Terraform"
  persona_qualified_names = [atlan_persona.team.qualified_name]
  validity_seconds        = var.token_validity_days * 24 * 3600
  rotate_before_expiry    = "${var.token_rotation_days * 24}h"

  # The old token works until everything that uses it has the new one.
  lifecycle {
    create_before_destroy = true
  }
}

# A rotated token is another principal, which becomes an admin before the old one goes.
resource "atlan_connection_admin" "ci" {
  for_each = { for name, connection in var.connections : name => connection if connection.administer }

  connection_qualified_name = data.atlan_connection.used[each.key].qualified_name
  api_token_id              = atlan_api_token.ci.id

  lifecycle {
    create_before_destroy = true
  }
}
