resource "atlan_api_token" "test" {
  name                 = "tfacc-lifecycle-renamed"
  description          = "CI pipeline"
  rotate_before_expiry = "720h"

  timeouts {
    create = "1m"
    update = "1m"
  }
}
