# The workflows that crawl Mode and whose names begin with "mode-".
list "atlan_mode_workflow" "all" {
  provider         = atlan
  include_resource = true

  config {
    name_prefix = "mode-"
  }
}
