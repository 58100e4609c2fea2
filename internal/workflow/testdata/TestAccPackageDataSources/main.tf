data "atlan_workflows" "all" {
  package_prefix = "atlan-thing"
}

data "atlan_workflows" "newest" {
  package_prefix = "atlan-thing"
  limit          = 1
}

data "atlan_workflows" "none" {
  package_prefix = "atlan"
}

data "atlan_workflow_runs" "all" {
  workflow_name = data.atlan_workflows.all.workflows[1].name
}

data "atlan_workflow_runs" "failed" {
  workflow_name = data.atlan_workflows.all.workflows[1].name
  phase         = "Failed"
}

data "atlan_workflow_runs" "newest" {
  workflow_name = data.atlan_workflows.all.workflows[1].name
  limit         = 1
}

data "atlan_workflow_runs" "none" {
  workflow_name = "nothing"
}

output "names" {
  value = data.atlan_workflows.all.workflows[*].name
}

output "newest" {
  value = data.atlan_workflows.newest.workflows[*].name
}

output "none" {
  value = concat(data.atlan_workflows.none.workflows, data.atlan_workflow_runs.none.runs)
}

output "phases" {
  value = data.atlan_workflow_runs.all.runs[*].phase
}

output "failures" {
  value = data.atlan_workflow_runs.failed.runs[*].message
}

output "newest_run" {
  value = data.atlan_workflow_runs.newest.runs[*].phase
}
