# A token is read by searching the list for its name, the nearest thing to a read that the API has. The value of a token
# that the tenant tells once is in the state as text.
#
# Left out, because objects of this API do not read back as they are written: drift of everything but the token's name.
terraform {
  required_providers {
    restapi = {
      source = "Mastercard/restapi"
    }
  }
}

provider "restapi" {
  uri                   = var.base_url
  bearer_token          = var.api_key
  create_returns_object = true
  rate_limit            = var.requests_per_minute > 0 ? var.requests_per_minute / 60 : null
}

resource "restapi_object" "token" {
  count         = var.tokens
  path          = "/api/service/apikeys"
  update_method = "POST"
  data = jsonencode({
    displayName           = "bench ${count.index}"
    description           = ""
    personas              = []
    personaQualifiedNames = []
  })
  read_search = {
    search_key   = "id"
    search_value = "{id}"
    results_key  = "records"
    query_string = "limit=10&offset=0&filter=${urlencode(jsonencode({ displayName = "bench ${count.index}" }))}"
  }
  ignore_changes_to       = ["description", "personas", "personaQualifiedNames"]
  ignore_server_additions = true
}

resource "restapi_object" "policy" {
  count         = var.policies
  path          = "/api/meta/entity/bulk"
  id_attribute  = "mutatedEntities/CREATE/0/guid"
  read_path     = "/api/meta/entity/guid/{id}"
  destroy_path  = "/api/meta/entity/bulk?guid={id}&deleteType=PURGE"
  update_method = "POST"
  data = jsonencode({ entities = [{
    typeName = "AuthPolicy"
    guid     = "-1"
    attributes = {
      name                    = "bench ${count.index}"
      qualifiedName           = "bench ${count.index}"
      description             = ""
      policyType              = "allow"
      policyCategory          = "persona"
      policySubCategory       = "metadata"
      policyServiceName       = "atlas"
      policyResourceCategory  = "CUSTOM"
      policyActions           = ["persona-asset-read", "persona-asset-update"]
      policyResources         = ["entity:${var.connection}"]
      connectionQualifiedName = var.connection
      accessControl           = { typeName = "Persona", guid = var.personas[floor(count.index / 10)] }
    }
  }] })
  ignore_all_server_changes = true
}
