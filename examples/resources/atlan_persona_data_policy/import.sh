# By GUID:
terraform import atlan_persona_data_policy.marts 6b1f3a52-8d0c-4f6e-9c27-51e0a4d7b930

# By the GUID of its persona and its name:
terraform import atlan_persona_data_policy.marts "3fcd4d6c-7e5b-4a52-9a1f-2b0f6c9d8e41/Query the marts"
