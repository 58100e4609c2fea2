# Mock data of the provider atlan, for "terraform test" without a tenant: what Atlan would compute has the form that it has
# there, where Terraform alone would make up random letters. Use it with
#
#   mock_provider "atlan" {
#     source = "…/mocks" # the directory of this file
#   }
#
# Lists of objects, such as the users of atlan_users, are left out: Terraform mocks them as empty lists. OpenTofu has no
# "source" for mock data; copy there what is needed into the mock_provider block. "make generate" writes this file.

mock_resource "atlan_altr_workflow" {
  defaults = {
    app_id                    = ""
    connection_qualified_name = "default/snowflake/1700000000"
    contract_validation       = ""
    credential_guid           = ""
    id                        = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    run                       = ""
    run_id                    = ""
    run_status                = ""
    test_authentication       = false
    version                   = 0
    wait                      = false
  }
}

mock_resource "atlan_api_token" {
  defaults = {
    client_id               = "apikey-6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b931"
    created_at              = "2026-01-01T00:00:00Z"
    created_by              = "admin"
    description             = ""
    expires_at              = "2030-12-31T00:00:00Z"
    id                      = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    persona_qualified_names = []
    token                   = "the.mocked.token"
    username                = "service-account-apikey-6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b931"
    validity_seconds        = 157680000
  }
}

mock_resource "atlan_app_workflow" {
  defaults = {
    connection_qualified_name = "default/snowflake/1700000000"
    contract_validation       = ""
    credential_guid           = ""
    id                        = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    run                       = ""
    run_id                    = ""
    run_status                = ""
    test_authentication       = false
    version                   = 0
    wait                      = false
  }
}

mock_resource "atlan_collection_member" {
  defaults = {
    allow_self_removal        = false
    collection_id             = ""
    collection_qualified_name = ""
    id                        = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    method                    = ""
    method_used               = ""
    username                  = "mocked"
    wait_until_effective      = false
  }
}

mock_resource "atlan_connection_admin" {
  defaults = {
    allow_self_removal        = false
    connection_id             = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b932"
    connection_qualified_name = "default/snowflake/1700000000"
    id                        = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    method                    = ""
    method_used               = ""
    username                  = "mocked"
    wait_until_effective      = false
    workflow_name             = ""
  }
}

mock_resource "atlan_mode_workflow" {
  defaults = {
    app_id                    = ""
    connection_qualified_name = "default/snowflake/1700000000"
    contract_validation       = ""
    crawl_archived_reports    = false
    credential_guid           = ""
    id                        = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    run                       = ""
    run_id                    = ""
    run_status                = ""
    test_authentication       = false
    version                   = 0
    wait                      = false
  }
}

mock_resource "atlan_persona" {
  defaults = {
    deny_asset_tabs = []
    description     = ""
    enabled         = true
    groups          = []
    id              = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    qualified_name  = "default/MockedMockedMocked01"
    role_id         = ""
    users           = []
  }
}

mock_resource "atlan_persona_data_policy" {
  defaults = {
    allow                     = true
    connection_id             = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b932"
    connection_qualified_name = "default/snowflake/1700000000"
    description               = ""
    id                        = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
  }
}

mock_resource "atlan_persona_glossary_policy" {
  defaults = {
    allow       = true
    description = ""
    id          = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
  }
}

mock_resource "atlan_persona_metadata_policy" {
  defaults = {
    allow                     = true
    connection_id             = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b932"
    connection_qualified_name = "default/snowflake/1700000000"
    description               = ""
    id                        = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
  }
}

mock_data "atlan_api_token" {
  defaults = {
    client_id               = "apikey-6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b931"
    created_at              = "2026-01-01T00:00:00Z"
    created_by              = "admin"
    description             = ""
    expires_at              = "2030-12-31T00:00:00Z"
    id                      = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    name                    = "mocked"
    persona_qualified_names = []
    username                = "service-account-apikey-6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b931"
    validity_seconds        = 157680000
  }
}

mock_data "atlan_app" {
  defaults = {
    app_id         = ""
    connector      = "snowflake"
    entrypoints    = []
    execution_mode = ""
    installed      = false
    name           = "mocked"
    native         = false
    tried          = []
  }
}

mock_data "atlan_app_contract" {
  defaults = {
    app_id     = ""
    connector  = "snowflake"
    entrypoint = ""
    generated  = false
    schema     = ""
  }
}

mock_data "atlan_collection" {
  defaults = {
    created_at     = "2026-01-01T00:00:00Z"
    created_by     = "admin"
    description    = ""
    editor_groups  = []
    editor_users   = []
    id             = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    name           = "mocked"
    qualified_name = "default/collection/admin/MockedMockedMocked01"
    viewer_groups  = []
    viewer_users   = []
  }
}

mock_data "atlan_connection" {
  defaults = {
    admin_groups   = []
    admin_role_ids = []
    admin_users    = []
    category       = ""
    connector      = "snowflake"
    created_at     = "2026-01-01T00:00:00Z"
    created_by     = "admin"
    id             = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    name           = "mocked"
    qualified_name = "default/snowflake/1700000000"
  }
}

mock_data "atlan_current_user" {
  defaults = {
    client_id      = "apikey-6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b931"
    email          = "mocked@example.com"
    id             = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    roles          = []
    username       = "mocked"
    workspace_role = "$member"
  }
}

mock_data "atlan_group" {
  defaults = {
    alias        = ""
    description  = ""
    id           = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    member_count = 0
    name         = "mocked"
  }
}

mock_data "atlan_persona" {
  defaults = {
    deny_asset_tabs = []
    description     = ""
    enabled         = true
    groups          = []
    id              = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    name            = "mocked"
    qualified_name  = "default/MockedMockedMocked01"
    role_id         = ""
    users           = []
  }
}

mock_data "atlan_role" {
  defaults = {
    description  = ""
    id           = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    level        = ""
    member_count = 0
  }
}

mock_data "atlan_user" {
  defaults = {
    email          = "mocked@example.com"
    enabled        = true
    first_name     = ""
    id             = "6f1c2a52-8d0c-4f6e-9c27-51e0a4d7b930"
    last_name      = ""
    username       = "mocked"
    workspace_role = "$member"
  }
}
