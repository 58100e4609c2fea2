data "atlan_app" "by_id" {
  app_id = "mode-crawler"
}

data "atlan_app" "by_connector" {
  connector = "altr"
}

data "atlan_app" "absent" {
  app_id = "Mode-Crawler"
}

data "atlan_app" "not_native" {
  app_id = "atlan-metabase"
}

data "atlan_app_contract" "mode" {
  app_id = data.atlan_app.by_id.app_id
}

data "atlan_app_contract" "altr" {
  connector  = "altr"
  entrypoint = "classification"
}
