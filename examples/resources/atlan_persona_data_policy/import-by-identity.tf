import {
  to = atlan_persona_data_policy.marts
  identity = {
    id = "6b1f3a52-8d0c-4f6e-9c27-51e0a4d7b930"
  }
}
