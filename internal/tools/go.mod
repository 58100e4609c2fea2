module github.com/atlan-community/terraform-provider-atlan/internal/tools

go 1.26.0
