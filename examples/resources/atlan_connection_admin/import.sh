# By the GUID of the connection and a user, group, role, or the GUID of an API token:
terraform import atlan_connection_admin.owner 92588c67-5ac1-4a45-8b5c-dd92f4b84e99/user:jsmith
terraform import atlan_connection_admin.ci 92588c67-5ac1-4a45-8b5c-dd92f4b84e99/api_token:4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0001

# By the qualified name of the connection:
terraform import atlan_connection_admin.engineers default/snowflake/1700000000/group:data_engineers
terraform import atlan_connection_admin.workspace_admins 'default/snowflake/1700000000/role:$admin'
