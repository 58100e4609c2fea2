# Workflows of the tenant's app for ALTR.
list "atlan_altr_workflow" "all" {
  provider         = atlan
  include_resource = true
  limit            = 1000 # Terraform stops at 100 unless told otherwise

  config {
    name_prefix = "altr-"
  }
}
