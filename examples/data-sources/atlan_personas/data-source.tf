data "atlan_personas" "all" {}

# Personas whose policies have no effect.
output "disabled" {
  value = [for persona in data.atlan_personas.all.personas : persona.name if !persona.enabled]
}

# Which personas name each user. Whom a persona has through groups is not counted.
output "personas_by_user" {
  value = {
    for member in flatten([
      for persona in data.atlan_personas.all.personas : [
        for user in persona.users : { user = user, persona = persona.name }
      ]
    ]) : member.user => member.persona...
  }
}
