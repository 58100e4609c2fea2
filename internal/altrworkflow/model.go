// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package altrworkflow

import (
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

// model is the state of a workflow.
type model struct {
	workflow.Common
	AtlanConnection   types.String `tfsdk:"atlan_connection"`
	ALTRConnection    types.String `tfsdk:"altr_connection"`
	ClassificationJob types.String `tfsdk:"classification_job"`
	InputNames        types.Map    `tfsdk:"input_names"`
}

// What Atlan's form calls the inputs (docs.atlan.com "Import ALTR classification metadata"). The keys, for tenants whose
// form the caller may not see, are inferred from the labels.
var (
	atlanConnection = workflow.Meaning{
		Labels: []string{"Atlan Connection"},
		Keys: []string{
			"atlan_connection", "atlan_connection_qualified_name", "connection_qualified_name", "source_connection", "target_connection", "mapped_connection",
		},
	}
	altrConnection = workflow.Meaning{
		Labels: []string{"ALTR Connection"},
		Keys:   []string{"altr_connection", "altr_data_source", "altr_datasource", "altr_database", "altr_database_id", "data_source"},
	}
	classificationJob = workflow.Meaning{
		Labels: []string{"Classification Job"},
		Keys:   []string{"classification_job", "altr_classification_job", "classification_job_id", "altr_job", "job_id"},
	}
)

// Shared implements workflow.Form.
func (m *model) Shared() *workflow.Common { return &m.Common }

// Fields implements workflow.Form.
func (m *model) Fields() []workflow.Field {
	return []workflow.Field{
		workflow.Reference(path.Root("atlan_connection"), &m.AtlanConnection, atlanConnection),
		workflow.Text(path.Root("altr_connection"), &m.ALTRConnection, altrConnection),
		workflow.Text(path.Root("classification_job"), &m.ClassificationJob, classificationJob),
	}
}

// Names implements workflow.Form.
func (m *model) Names() map[string]string { return workflow.Names(m.InputNames, parts) }
