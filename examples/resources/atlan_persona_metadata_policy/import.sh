# By GUID:
terraform import atlan_persona_metadata_policy.warehouse dca8c163-40a7-4cab-9f92-2863a22a4188

# By the GUID of its persona and its name:
terraform import atlan_persona_metadata_policy.warehouse "3fcd4d6c-7e5b-4a52-9a1f-2b0f6c9d8e41/Read and describe the warehouse"
