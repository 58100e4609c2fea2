# By the GUID of the connection and a user, group, role, or the GUID of an API token:
terraform import 'atlan_connection_admin.owner["development"]' 92588c67-5ac1-4a45-8b5c-dd92f4b84e99/user:jsmith
terraform import atlan_connection_admin.ci 92588c67-5ac1-4a45-8b5c-dd92f4b84e99/api_token:1d2c0b2e-7f4b-4a3a-9f0b-6f8a3c5d7e91

# By the qualified name of the connection:
terraform import atlan_connection_admin.workspace_admins 'default/snowflake/1700000000/role:$admin'
