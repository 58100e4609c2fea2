# Finds what the tenant has, and writes an import block for each. Applying it changes nothing but the outputs.

data "atlan_api_tokens" "all" {}

data "atlan_personas" "all" {}

data "atlan_persona_policies" "all" {
  for_each   = { for persona in data.atlan_personas.all.personas : persona.name => persona.id }
  persona_id = each.value
}

data "atlan_connections" "all" {}

data "atlan_roles" "all" {}

locals {
  roles = { for role in data.atlan_roles.all.roles : role.id => role.name }

  found = concat(
    [for token in data.atlan_api_tokens.all.tokens : { type = "atlan_api_token", name = token.name, id = token.id }],
    [for persona in data.atlan_personas.all.personas : { type = "atlan_persona", name = persona.name, id = persona.id }],
    flatten([for persona, of in data.atlan_persona_policies.all : [for policy in of.policies : {
      type = "atlan_persona_${policy.kind}_policy", name = "${persona} ${policy.name}", id = "${of.persona_id}/${policy.id}"
    }]]),
    flatten([for connection in data.atlan_connections.all.connections : [
      for admin in concat(
        [for user in connection.admin_users : "user:${user}"],
        [for group in connection.admin_groups : "group:${group}"],
        [for id in connection.admin_role_ids : "role:${local.roles[id]}"],
      ) : { type = "atlan_connection_admin", name = "${connection.name} ${admin}", id = "${connection.qualified_name}/${admin}" }
    ]]),
  )

  # Labels are letters, digits and underscores, and what they are made of may come twice.
  labels = { for object in local.found : "${object.type}.${replace(lower(object.name), "/[^a-z0-9]+/", "_")}" => object.id... }
}

output "imports" {
  value = join("\n", flatten([for label, ids in local.labels : [for index, id in ids : <<-EOT
    import {
      to = ${replace(label, ".", ".a_")}${index == 0 ? "" : "_${index + 1}"}
      id = ${jsonencode(id)}
    }
  EOT
  ]]))
}
