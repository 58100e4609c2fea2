# By the GUID of the collection and a user, group, or the GUID of an API token:
terraform import atlan_collection_member.reviewer 92588c67-5ac1-4a45-8b5c-dd92f4b84e99/user:jsmith
terraform import atlan_collection_member.ci 92588c67-5ac1-4a45-8b5c-dd92f4b84e99/api_token:4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0001

# By the qualified name of the collection, or by its name, if no other has it:
terraform import atlan_collection_member.engineers default/collection/admin/SandboxCollection00001/group:data_engineers
terraform import atlan_collection_member.engineers 'My query collection/group:data_engineers'
