data "atlan_connection" "development" {
  name = "development"
}

resource "atlan_connection_admin" "test" {
  connection_id = data.atlan_connection.development.id
  role          = "$admin"
  method        = "user_bearer"

  timeouts {
    create = "1m"
    read   = "1m"
    update = "1m"
    delete = "1m"
  }
}
