# The admins of one connection; leave out connection_id for those of all.
list "atlan_connection_admin" "production" {
  provider         = atlan
  include_resource = true
  limit            = 1000 # Terraform stops at 100 unless told otherwise

  config {
    connection_id = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0060"
  }
}
