# A token is read by filtering the list by its GUID. This provider has no limit of its own: it waits when it is told to.
#
# Left out, because objects of this API do not read back as they are written: drift of everything but the token's name.
terraform {
  required_providers {
    restful = {
      source = "magodo/restful"
    }
  }
}

provider "restful" {
  base_url = var.base_url
  security = {
    http = {
      token = {
        token = var.api_key
      }
    }
  }
  client = var.requests_per_minute == 0 ? null : {
    retry = {
      status_codes = [429]
      count        = 100
    }
  }
}

resource "restful_resource" "token" {
  count         = var.tokens
  path          = "/api/service/apikeys"
  update_method = "POST"
  read_path     = "/api/service/apikeys"
  read_query = {
    limit  = ["10"]
    offset = ["0"]
    filter = ["{\"id\":\"$(body.id)\"}"]
  }
  read_selector = "records.0"
  delete_path   = "/api/service/apikeys/$(body.id)"
  update_path   = "/api/service/apikeys/$(body.id)"
  body = {
    displayName           = "bench ${count.index}"
    description           = ""
    personas              = []
    personaQualifiedNames = []
  }
  write_only_attrs     = ["description", "personas", "personaQualifiedNames"]
  use_sensitive_output = true
}

resource "restful_resource" "policy" {
  count           = var.policies
  path            = "/api/meta/entity/bulk"
  update_method   = "POST"
  create_selector = "mutatedEntities.CREATE.0"
  read_path       = "/api/meta/entity/guid/$(body.guid)"
  read_selector   = "entity"
  delete_path     = "/api/meta/entity/bulk"
  delete_query = {
    guid       = ["$(body.guid)"]
    deleteType = ["PURGE"]
  }
  body = { entities = [{
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
  }] }
  write_only_attrs = ["entities"]
}
