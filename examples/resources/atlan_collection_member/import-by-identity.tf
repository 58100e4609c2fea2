import {
  to = atlan_collection_member.reviewer
  identity = {
    collection_id = "92588c67-5ac1-4a45-8b5c-dd92f4b84e99"
    principal     = "user:jsmith"
  }
}
