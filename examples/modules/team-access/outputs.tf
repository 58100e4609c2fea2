output "persona_qualified_name" {
  description = "Qualified name of the team's persona, for further tokens."
  value       = atlan_persona.team.qualified_name
}

output "token_username" {
  description = "User name under which the team's token acts."
  value       = atlan_api_token.ci.username
}

output "token_expires_at" {
  description = "When the token stops working, unless it is replaced before."
  value       = atlan_api_token.ci.expires_at
}

output "token" {
  description = "Value of the token."
  value       = atlan_api_token.ci.token
  sensitive   = true
}
