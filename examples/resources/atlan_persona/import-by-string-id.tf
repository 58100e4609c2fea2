# The id is the persona's GUID, or its name if no other persona has it.
import {
  to = atlan_persona.finance
  id = "3fcd4d6c-7e5b-4a52-9a1f-2b0f6c9d8e41"
}
