// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package persona

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
	"github.com/atlan-community/terraform-provider-atlan/internal/tfx"
)

// lostPause is how long to wait between looks into an index that lags.
var lostPause = 5 * time.Second

// lostAdvice says what becomes of a creation of unknown outcome.
const lostAdvice = "The state remembers this: run Terraform again when the tenant answers. It looks for what was made, for up to two minutes since Atlan's " +
	"search shows new personas late, and replaces it, or creates the persona if there is none."

// keepLost stores a creation whose outcome is unknown in the state, without an id. The error that goes with it makes the
// resource tainted, so that the next apply finds what was made, deletes it and creates the persona anew.
func (r *Resource) keepLost(ctx context.Context, plan model, err error, resp *resource.CreateResponse) {
	lost, diags := tfx.KeepLost(ctx, resp.Private, r.Client.Now(), err)
	resp.Diagnostics.Append(diags...)
	if lost != nil {
		plan.ID, plan.QualifiedName, plan.RoleID = types.StringNull(), types.StringNull(), types.StringNull()
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	}
}

// warnOfNamesakes tells of personas that may have been left by a run that was killed before it could write its state. Atlan
// takes a name twice on tenants where personas are entities; on others the creation is refused.
func warnOfNamesakes(diags *diag.Diagnostics, made model, namesakes []atlan.Persona) {
	if len(namesakes) == 0 {
		return
	}
	var lines []string
	for _, persona := range namesakes {
		lines = append(lines, fmt.Sprintf("%s, created by %s at %s", persona.GUID, persona.CreatedBy, persona.CreatedAt.Format(time.RFC3339)))
	}
	diags.AddAttributeWarning(path.Root("name"), fmt.Sprintf("Another persona named %q exists", made.Name.ValueString()),
		fmt.Sprintf("Besides the persona just created (%s), the tenant has:%s\n\nIf it was left by an interrupted apply, delete it in Atlan; or take the new "+
			"one out of the state (terraform state rm), import the older one by its GUID, and delete the new one in Atlan.",
			made.ID.ValueString(), tfx.BulletList(lines)))
}

// foundLost tells of what an interrupted creation has made after all.
func foundLost(persona atlan.Persona) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The interrupted creation made the persona",
		fmt.Sprintf("Whether an earlier apply created persona %q was unknown. It did (%s). Terraform has marked the resource as tainted and "+
			"replaces it; to keep the persona, run terraform untaint first.", persona.Name, persona.GUID))
}

// findLost returns the GUIDs of what the creation that the private state remembers made; nothing when it remembers none.
//
// Where personas are entities, they are found through a search index that shows a new one late. That it shows nothing
// proves nothing until its lag is over: findLost looks again until then. To forget the creation sooner would leave a
// persona that nobody knows of; to report an error instead would have the user wait.
func findLost(ctx context.Context, client *atlan.Client, private tfx.PrivateReader) ([]string, error) {
	lost, err := tfx.LostCreation(ctx, private)
	if err != nil || lost == nil {
		return nil, err
	}
	surface, err := client.PersonaSurface(ctx)
	if err != nil {
		return nil, err
	}
	for {
		guids, err := client.Personas.FindLost(ctx, lost.LostCreation)
		if err != nil || len(guids) > 0 || surface != atlan.SurfaceEntities || !lost.MayFollow(client.Now()) {
			return guids, err
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < 2*lostPause {
			return nil, fmt.Errorf("no persona %q is found yet, but one may still turn up: Atlan's search shows new personas late. "+
				"Run Terraform again in a minute or two", lost.Name)
		}
		tflog.Info(ctx, "Looking again for a persona of an interrupted creation, since the search index may be behind", map[string]any{"name": lost.Name})
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lostPause):
		}
	}
}
