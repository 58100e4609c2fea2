variable "team" {
  description = "Name of the team; its persona, policies and token are named after it."
  type        = string

  validation {
    condition     = length(trimspace(var.team)) > 0
    error_message = "The team needs a name."
  }
}

variable "member_emails" {
  description = "Who is in the team, by e-mail address."
  type        = set(string)
  default     = []
}

variable "groups" {
  description = "Groups that are in the team, by the alias that Atlan shows."
  type        = set(string)
  default     = []
}

variable "connections" {
  description = <<-EOT
    What the team works with, by the name of the connection. `connector` tells connections of one name apart. `paths` are
    databases, schemas or tables below the connection, such as `MARTS/SALES`; none is all of it. `edit` lets the team
    describe assets and link terms, `query` lets it query and preview data, and `administer` makes the team's token an
    admin of the connection.
  EOT
  type = map(object({
    connector  = string
    paths      = optional(set(string), [])
    edit       = optional(bool, false)
    query      = optional(bool, false)
    administer = optional(bool, false)
  }))
  default = {}
}

variable "token_validity_days" {
  description = "How long the team's API token lives."
  type        = number
  default     = 90
}

variable "token_rotation_days" {
  description = "How many days before its end the token is replaced. Plan more often than that."
  type        = number
  default     = 14

  validation {
    condition     = var.token_rotation_days < var.token_validity_days
    error_message = "The token would be replaced by every plan: token_rotation_days must be less than token_validity_days."
  }
}
