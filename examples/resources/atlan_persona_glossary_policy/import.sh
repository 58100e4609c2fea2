# By GUID:
terraform import atlan_persona_glossary_policy.business a4c07e1d-2f95-4b38-8e6a-70d3c9f51b24

# By the GUID of its persona and its name:
terraform import atlan_persona_glossary_policy.business "3fcd4d6c-7e5b-4a52-9a1f-2b0f6c9d8e41/Keep the business glossary"
