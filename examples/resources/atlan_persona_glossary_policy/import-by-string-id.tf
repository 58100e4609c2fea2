# The id is the policy's GUID, or the GUID of its persona, a slash, and the policy's name or GUID.
import {
  to = atlan_persona_glossary_policy.business
  id = "3fcd4d6c-7e5b-4a52-9a1f-2b0f6c9d8e41/Keep the business glossary"
}
