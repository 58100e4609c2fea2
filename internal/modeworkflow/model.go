// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package modeworkflow

import (
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/atlan-community/terraform-provider-atlan/internal/workflow"
)

// model is the state of a workflow.
type model struct {
	workflow.Common
	IncludeCollections   types.Set  `tfsdk:"include_collections"`
	ExcludeCollections   types.Set  `tfsdk:"exclude_collections"`
	CrawlArchivedReports types.Bool `tfsdk:"crawl_archived_reports"`
	InputNames           types.Map  `tfsdk:"input_names"`
}

// What Atlan's form calls the inputs (docs.atlan.com "Crawl Mode"). The keys are inferred from the Metabase app
// (atlan-metabase-app) and from the labels. include_filter, which some apps have in their place, is not among them: every
// contract has it, and most apps pass over it.
var (
	includeCollections = workflow.Meaning{
		Labels: []string{"Include Collections"}, Keys: []string{"include_collections", "include_spaces"},
	}
	excludeCollections = workflow.Meaning{
		Labels: []string{"Exclude Collections"}, Keys: []string{"exclude_collections", "exclude_spaces"},
	}
	crawlArchivedReports = workflow.Meaning{
		Labels: []string{"Crawl Archived Reports"},
		Keys:   []string{"crawl_archived_reports", "crawl_archived_report", "crawl_archived", "include_archived_reports"},
	}
)

// Shared implements workflow.Form.
func (m *model) Shared() *workflow.Common { return &m.Common }

// Fields implements workflow.Form.
func (m *model) Fields() []workflow.Field {
	return []workflow.Field{
		workflow.Selected(path.Root("include_collections"), &m.IncludeCollections, includeCollections),
		workflow.Selected(path.Root("exclude_collections"), &m.ExcludeCollections, excludeCollections),
		workflow.Flag(path.Root("crawl_archived_reports"), &m.CrawlArchivedReports, crawlArchivedReports),
	}
}

// Names implements workflow.Form.
func (m *model) Names() map[string]string { return workflow.Names(m.InputNames, parts) }
