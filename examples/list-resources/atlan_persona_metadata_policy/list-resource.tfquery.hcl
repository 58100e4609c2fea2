# The metadata policies of one persona.
list "atlan_persona_metadata_policy" "analysts" {
  provider         = atlan
  include_resource = true

  config {
    persona_id = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0050"
  }
}
