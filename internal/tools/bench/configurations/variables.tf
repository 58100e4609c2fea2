# What the benchmark asks of every column: so many API tokens, and so many policies, ten on each of the personas.
variable "tokens" {
  type = number
}

variable "policies" {
  type = number
}

variable "personas" {
  type = list(string)
}

variable "connection" {
  type = string
}

variable "base_url" {
  type = string
}

variable "api_key" {
  type = string
}

# 0: as many requests as there are.
variable "requests_per_minute" {
  type = number
}
