# The members of one query collection; leave out collection_id for those of all.
list "atlan_collection_member" "queries" {
  provider         = atlan
  include_resource = true
  limit            = 1000 # Terraform stops at 100 unless told otherwise

  config {
    collection_id = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0070"
  }
}
