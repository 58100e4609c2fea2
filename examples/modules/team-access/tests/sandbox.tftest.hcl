# Runs against a sandbox tenant, whose address and credential are in the environment: see the guide "Testing your modules
# with the sandbox". Everything that it makes is deleted in the end.

variables {
  team          = "Module test"
  member_emails = ["jsmith@example.com"]
  groups        = ["Data engineers"]
  connections = {
    development = { connector = "bigquery", paths = ["MARTS"], edit = true, query = true, administer = true }
  }
}

run "makes_what_the_team_needs" {
  assert {
    condition     = atlan_persona.team.users == toset(["jsmith"]) && atlan_persona.team.groups == toset(["data_engineers"])
    error_message = "The persona has other members: ${jsonencode(atlan_persona.team)}"
  }
  assert {
    condition     = atlan_persona_metadata_policy.team["development"].assets == toset(["default/bigquery/1700000001/MARTS"])
    error_message = "The metadata policy is about other assets."
  }
  assert {
    condition     = length(atlan_persona_data_policy.team) == 1
    error_message = "The team may not query."
  }
  assert {
    condition     = atlan_connection_admin.ci["development"].username == atlan_api_token.ci.username
    error_message = "Another than the team's token is an admin of the connection."
  }
}

run "takes_back_what_is_no_longer_wanted" {
  variables {
    connections = { development = { connector = "bigquery" } }
  }
  assert {
    condition     = length(atlan_persona_data_policy.team) + length(atlan_connection_admin.ci) == 0
    error_message = "The team may still query or administer."
  }
}
