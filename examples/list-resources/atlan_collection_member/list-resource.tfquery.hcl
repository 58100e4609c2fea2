# The members of one query collection; leave out collection_id for those of all.
list "atlan_collection_member" "queries" {
  provider         = atlan
  include_resource = true
  limit            = 1000 # Terraform stops at 100 unless told otherwise

  config {
    collection_id = "92588c67-5ac1-4a45-8b5c-dd92f4b84e99"
  }
}
