ephemeral "atlan_api_token" "test" {
  name_prefix = "tfacc-ephemeral"
}

provider "echo" {
  data = {
    name     = ephemeral.atlan_api_token.test.name
    username = ephemeral.atlan_api_token.test.username
    length   = length(ephemeral.atlan_api_token.test.token)
  }
}

resource "echo" "test" {}
