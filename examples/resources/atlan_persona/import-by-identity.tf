import {
  to = atlan_persona.finance
  identity = {
    id = "3fcd4d6c-7e5b-4a52-9a1f-2b0f6c9d8e41"
  }
}
