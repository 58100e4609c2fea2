import {
  to = atlan_api_token.ci
  identity = {
    id = "92588c67-5ac1-4a45-8b5c-dd92f4b84e99"
  }
}
