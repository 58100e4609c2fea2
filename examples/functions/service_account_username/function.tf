# The name of an API token in lists of admins: service-account-apikey-11111111-2222-3333-4444-555555555555.
output "admin" {
  value = provider::atlan::service_account_username("apikey-11111111-2222-3333-4444-555555555555")
}
