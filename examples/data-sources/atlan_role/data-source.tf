# Connections refer to a role by its id.
data "atlan_role" "admin" {
  name = "$admin"
}

output "admin_role_id" {
  value = data.atlan_role.admin.id
}
