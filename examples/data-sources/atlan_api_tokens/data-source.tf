data "atlan_api_tokens" "all" {}

# Who made which tokens.
output "names_by_creator" {
  value = {
    for token in data.atlan_api_tokens.all.tokens : token.created_by => token.name...
  }
}

# Tokens that have expired and are still listed. A token without a known expiry is not among them.
output "expired" {
  value = [
    for token in data.atlan_api_tokens.all.tokens : token.name
    if try(timecmp(token.expires_at, plantimestamp()) < 0, false)
  ]
}
