# The workflows of the app for Metabase.
list "atlan_app_workflow" "metabase" {
  provider         = atlan
  include_resource = true

  config {
    app_id = "atlan-metabase"
  }
}
