# OpenTofu reads this file instead of mocked.tftest.hcl. It takes mock data from here only.

mock_provider "atlan" {
  mock_data "atlan_user" {
    defaults = { username = "mocked" }
  }

  mock_data "atlan_connection" {
    defaults = { qualified_name = "default/snowflake/1700000000" }
  }

  mock_resource "atlan_persona" {
    defaults = {
      id             = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0050"
      qualified_name = "default/MockedPersona000000001"
    }
  }
}

variables {
  team          = "Analytics"
  member_emails = ["jsmith@example.com"]
  connections = {
    production = { connector = "snowflake", paths = ["MARTS"] }
    landing    = { connector = "snowflake", edit = true, query = true }
  }
}

run "members_come_from_their_addresses" {
  assert {
    condition     = atlan_persona.team.users == toset(["mocked"])
    error_message = "The persona has other members."
  }
}

run "policies_follow_the_connections" {
  assert {
    condition     = toset([for policy in atlan_persona_metadata_policy.team : policy.name]) == toset(["Read production", "Read and edit landing"])
    error_message = "The metadata policies are others."
  }
  assert {
    condition     = toset(keys(atlan_persona_data_policy.team)) == toset(["landing"])
    error_message = "The team may query something else."
  }
  assert {
    condition     = atlan_persona_metadata_policy.team["production"].assets == toset(["default/snowflake/1700000000/MARTS"])
    error_message = "The policy is about other assets."
  }
}

run "tokens_do_not_rotate_in_every_plan" {
  command = plan
  variables {
    token_validity_days = 7
  }
  expect_failures = [var.token_rotation_days]
}
