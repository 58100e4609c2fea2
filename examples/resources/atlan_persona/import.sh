# By GUID:
terraform import atlan_persona.finance 3fcd4d6c-7e5b-4a52-9a1f-2b0f6c9d8e41

# By name, if no other persona has it:
terraform import atlan_persona.finance "Finance analysts"
