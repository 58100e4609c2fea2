ephemeral "atlan_api_token" "load" {
  name_prefix      = "load"
  description      = "Made by Terraform for one run"
  validity_seconds = 1800
}

# Gives the token to a script through its environment. When the script has ended, the token is deleted.
resource "terraform_data" "load" {
  triggers_replace = ["2026-Q4"]

  provisioner "local-exec" {
    command = "echo \"Your script would run here, as $ATLAN_USERNAME.\""
    environment = {
      ATLAN_USERNAME = ephemeral.atlan_api_token.load.username
      ATLAN_API_KEY  = ephemeral.atlan_api_token.load.token
    }
  }
}
