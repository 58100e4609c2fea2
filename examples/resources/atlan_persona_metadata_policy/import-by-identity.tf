import {
  to = atlan_persona_metadata_policy.warehouse
  identity = {
    id = "dca8c163-40a7-4cab-9f92-2863a22a4188"
  }
}
