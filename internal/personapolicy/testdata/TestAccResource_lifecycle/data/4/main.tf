variable "persona_id" { type = string }

resource "atlan_persona_data_policy" "test" {
  persona_id    = var.persona_id
  name          = "tfacc-lifecycle-renamed"
  connection_id = "4b4ce8f6-2f0e-4d4f-9a53-0c6a8f1d0061"
  assets        = ["default/bigquery/1700000001"]
}
