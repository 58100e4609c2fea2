# The personas whose names begin with "Finance".
list "atlan_persona" "finance" {
  provider         = atlan
  include_resource = true
  limit            = 1000 # Terraform stops at 100 unless told otherwise

  config {
    name_prefix = "Finance"
  }
}
