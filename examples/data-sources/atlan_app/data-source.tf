# Apps have ids; their connectors help to find them where the id is not known.
data "atlan_app" "altr" {
  connector = "altr"
}

# Fails before anything is changed where the tenant lacks the app.
check "altr_is_installed" {
  assert {
    condition     = data.atlan_app.altr.installed && data.atlan_app.altr.native
    error_message = "Install the app for ALTR first. Tried: ${join(", ", data.atlan_app.altr.tried)}."
  }
}

output "altr_app_id" {
  value = data.atlan_app.altr.app_id
}
