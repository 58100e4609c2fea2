resource "atlan_app_workflow" "test" {
  app_id = "atlan-metabase"
  name   = "tfacc-lifecycle"
  inputs = {
    extraction_method = "agent"
    agent_json        = { "agent-name" = "edge" }
  }
}
