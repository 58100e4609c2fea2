# By the slug, which is at the end of the workflow's address in Atlan:
terraform import atlan_mode_workflow.production mode-production-1f0a92c4

# By the name:
terraform import atlan_mode_workflow.production mode-production
