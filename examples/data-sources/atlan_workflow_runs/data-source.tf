# The newest workflow of a package, and how its last runs failed.
data "atlan_workflows" "snowflake" {
  package_prefix = "atlan-snowflake"
  limit          = 1
}

data "atlan_workflow_runs" "failed" {
  for_each = toset(data.atlan_workflows.snowflake.workflows[*].name)

  workflow_name = each.key
  phase         = "Failed"
  limit         = 5
}

output "failures" {
  value = flatten([
    for workflow in data.atlan_workflow_runs.failed : [
      for run in workflow.runs : "${run.name}, ${run.started_at}: ${coalesce(run.message, "no reason given")}"
    ]
  ])
}
