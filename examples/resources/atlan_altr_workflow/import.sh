# By the slug, which is at the end of the workflow's address in Atlan:
terraform import atlan_altr_workflow.production altr-production-3f9ab2c1

# By the name:
terraform import atlan_altr_workflow.production altr-production
