# The name of the key that the sandbox tenant starts with. `id` and `client_id` find a token too.
data "atlan_api_token" "caller" {
  name = "sandbox"
}

# Warns in each plan of the token's last 30 days. Nothing is replaced: the token is managed elsewhere.
check "caller_lives_on" {
  assert {
    condition     = timecmp(data.atlan_api_token.caller.expires_at, timeadd(plantimestamp(), "720h")) > 0
    error_message = "API token ${data.atlan_api_token.caller.name} expires at ${data.atlan_api_token.caller.expires_at}."
  }
}
