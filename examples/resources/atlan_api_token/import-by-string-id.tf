# The id is the token's GUID, its client id (apikey-…), its user name (service-account-apikey-…), or its name if no other
# living token has it.
import {
  to = atlan_api_token.ci
  id = "92588c67-5ac1-4a45-8b5c-dd92f4b84e99"
}
