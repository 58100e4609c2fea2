# The credential is not written here. It comes from the environment: from ATLAN_API_KEY, or from
# ATLAN_OAUTH_CLIENT_ID and ATLAN_OAUTH_CLIENT_SECRET.
provider "atlan" {
  base_url = "https://acme.atlan.com"
}
