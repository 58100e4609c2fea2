data "atlan_workflows" "connection_admins" {
  package_prefix = "csa-api-token-connection-admin"
  limit          = 20
}

# Which API token was made an admin of which connection, and by which workflow.
output "connection_admins" {
  value = {
    for workflow in data.atlan_workflows.connection_admins.workflows : workflow.name => {
      connection = workflow.parameters["connection_qualified_name"]
      api_token  = workflow.parameters["api_token_guid"]
      by         = workflow.creator
      at         = workflow.created_at
    }
  }
}
