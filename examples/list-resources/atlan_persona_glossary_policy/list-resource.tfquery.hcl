# The glossary policies of all personas.
list "atlan_persona_glossary_policy" "all" {
  provider         = atlan
  include_resource = true
  limit            = 1000 # Terraform stops at 100 unless told otherwise
}
