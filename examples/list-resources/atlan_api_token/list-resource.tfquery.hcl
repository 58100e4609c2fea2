# The living tokens whose names begin with "ci".
list "atlan_api_token" "ci" {
  provider         = atlan
  include_resource = true
  limit            = 1000 # Terraform stops at 100 unless told otherwise

  config {
    name_prefix = "ci"
  }
}
