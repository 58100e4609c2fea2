import {
  to = atlan_persona_glossary_policy.business
  identity = {
    id = "a4c07e1d-2f95-4b38-8e6a-70d3c9f51b24"
  }
}
