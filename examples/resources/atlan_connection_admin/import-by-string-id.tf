# The id is the GUID or qualified name of the connection, a slash, and api_token:<GUID>, user:<name>, group:<name> or
# role:<name>.
import {
  to = atlan_connection_admin.owner
  id = "default/bigquery/1700000001/user:jsmith"
}
