// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// AdminPackage is the package that makes an API token an admin of a connection. Atlan enables it on request
// (solutions.atlan.com, "API token connection admin").
const AdminPackage = "@csa/api-token-connection-admin"

const adminPackagePrefix = "csa-api-token-connection-admin"

const (
	// adminTemplatesLookedThrough is among how many of the package's newest workflows one for the same token and
	// connection is looked for.
	adminTemplatesLookedThrough = 200
	// maxAdminRuns bounds how often the package is run for an admin whom another writer dropped again.
	maxAdminRuns = 3
	// indexPatience is how long the search index may take to show a connection's admins: usually seconds, but the tests
	// of Atlan's metastore wait for up to two minutes.
	indexPatience = 2 * time.Minute
)

// AdminPackageGrant is the outcome of [Connections.AddAdminByPackage].
type AdminPackageGrant struct {
	// Workflow is the name of the workflow that ran; Own tells whether this caller has made it, now or before.
	Workflow string
	Own      bool
	Run      WorkflowRun
}

// NoEffectError says that a run succeeded and did not do what it was for.
type NoEffectError struct{ Run WorkflowRun }

// Error implements error.
func (e *NoEffectError) Error() string {
	return fmt.Sprintf("run %s of workflow %s succeeded, but had no effect", e.Run.Name, e.Run.Workflow)
}

// AddAdminByPackage makes an API token an admin of a connection by running a workflow of the package [AdminPackage], for
// which the caller need not be an admin, and verifies it on the connection.
//
// A workflow for the same token and connection is run again rather than another made, and one of its runs that goes on is
// waited for. The package starts from the list of admins in the search index, and replaces the list: on one connection,
// the runs and other changes of this client therefore wait for each other, and a run for the index to show what they did.
//
// The error matches [ErrNoPackageWorkflows] on a tenant without package workflows and is a *[PackageNotEnabledError] on one
// without the package, a *[RunFailedError], a *[RunUnfinishedError], a *[NoEffectError] when a run succeeded without an
// effect, which it does where the package cannot save, or a *[LostUpdateError].
func (s *Connections) AddAdminByPackage(ctx context.Context, connection Connection, token Token) (AdminPackageGrant, error) {
	unlock, err := s.client.accessWrites.lock(ctx, connection.GUID)
	if err != nil {
		return AdminPackageGrant{}, err
	}
	defer unlock()
	g := &adminPackageGrant{client: s.client, connection: connection, token: token}
	err = g.run(ctx)
	if err == nil && g.result.Run.Name != "" && s.client.isOwn(ctx, g.principal()) {
		s.client.granted.remember(connection.GUID)
	}
	return g.result, err
}

// adminPackageGrant is one call of [Connections.AddAdminByPackage].
type adminPackageGrant struct {
	client     *Client
	connection Connection
	token      Token
	result     AdminPackageGrant
}

func (g *adminPackageGrant) principal() Principal {
	return Principal{Kind: PrincipalUser, Name: g.token.Username()}
}

func (g *adminPackageGrant) run(ctx context.Context) error {
	for range maxAdminRuns {
		before, err := g.admins(ctx)
		if err != nil || before.Has(g.principal()) {
			return err
		}
		if err := g.awaitIndex(ctx, before); err != nil {
			return err
		}
		if err := g.runOnce(ctx); err != nil {
			return err
		}
		after, err := g.settled(ctx)
		switch {
		case err != nil, after.Has(g.principal()):
			return err
		case sameNames(before.Users, after.Users):
			return &NoEffectError{Run: g.result.Run}
		}
		// The list has changed, and not by the run: somebody else replaced it at the same time.
	}
	return &LostUpdateError{What: fmt.Sprintf("connection %q", g.connection.QualifiedName), Saves: maxAdminRuns}
}

// settled reads who administers the connection, and again after a moment where the token does: who had read the older list
// may save it after that.
func (g *adminPackageGrant) settled(ctx context.Context) (Access, error) {
	admins, err := g.admins(ctx)
	if err != nil || !admins.Has(g.principal()) || sleep(ctx, g.client.wait) != nil {
		return admins, err
	}
	if again, err := g.admins(ctx); err == nil {
		return again, nil
	}
	return admins, nil
}

func (g *adminPackageGrant) admins(ctx context.Context) (Access, error) {
	found, err := g.client.visible(func(e *entities) (entity, error) { return e.fresh(ctx, typeConnection, g.connection.GUID) })
	return connectionAdmins.of(found), err
}

// awaitIndex waits until the index, from which the package takes the list of users, shows what the store has. What it
// never shows, for want of rights for instance, does not hold the grant up for good.
func (g *adminPackageGrant) awaitIndex(ctx context.Context, stored Access) error {
	for waited := time.Duration(0); waited < indexPatience; waited += g.client.runPoll {
		indexed, err := g.indexed(ctx)
		if err != nil || sameNames(indexed.Users, stored.Users) {
			return err
		}
		if err := g.client.pause(ctx, g.client.runPoll); err != nil {
			return err
		}
	}
	return nil
}

func (g *adminPackageGrant) indexed(ctx context.Context) (Access, error) {
	for _, as := range []Credential{OwnCredential, UserCredential} {
		if as == UserCredential && !g.client.HasUserCredential() {
			break
		}
		for hit, err := range g.client.entitiesAs(as).search(ctx, typeConnection, term("qualifiedName", g.connection.QualifiedName)) {
			return connectionAdmins.of(hit), err
		}
	}
	return Access{}, nil
}

// runOnce runs the package for this token and connection, and waits for the end.
func (g *adminPackageGrant) runOnce(ctx context.Context) error {
	run, err := g.submit(ctx)
	if err != nil {
		return err
	}
	g.client.log(ctx, "Waiting for a workflow to make an API token an admin of a connection", map[string]any{
		"workflow": run.Workflow, "run": run.Name, "connection": g.connection.QualifiedName,
	})
	g.result.Run, err = g.client.Workflows.Await(ctx, run, nil)
	if failed, ok := errors.AsType[*RunFailedError](err); ok && lacksTemplate(failed.Run.Message, adminPackagePrefix) {
		return &PackageNotEnabledError{Package: AdminPackage, Err: err}
	}
	return err
}

// submit starts a run, or finds one that was started for the same token and connection and goes on.
func (g *adminPackageGrant) submit(ctx context.Context) (WorkflowRun, error) {
	if err := g.findKnown(ctx); err != nil {
		return WorkflowRun{}, err
	}
	if g.result.Workflow != "" {
		run, _, err := g.client.Workflows.RerunUnlessUnfinished(ctx, g.result.Workflow)
		if !errors.Is(err, ErrNotFound) {
			return run, err
		}
		g.result.Workflow = "" // archived a moment ago
	}
	for {
		workflow := adminWorkflow(g.connection.QualifiedName, g.token.GUID)
		workflow.Name, _ = g.client.Workflows.NewName(adminPackagePrefix)
		err := g.client.Workflows.Create(ctx, workflow, true)
		if _, taken := errors.AsType[*WorkflowExistsError](err); taken && ctx.Err() == nil {
			continue // somebody else made one in the same second
		}
		if err == nil {
			g.result.Workflow, g.result.Own = workflow.Name, true
		}
		return WorkflowRun{Workflow: workflow.Name}, err
	}
}

// findKnown looks for a workflow that was made for the same token and connection: by this grant, or an earlier one.
func (g *adminPackageGrant) findKnown(ctx context.Context) error {
	if g.result.Workflow != "" {
		return nil
	}
	looked := 0
	for template, err := range g.client.Workflows.Templates(ctx, adminPackagePrefix) {
		if err != nil {
			return err
		}
		if template.Parameters[adminConnectionParameter] == g.connection.QualifiedName && template.Parameters[adminTokenParameter] == g.token.GUID {
			me, err := g.client.Principals.CurrentUser(ctx)
			g.result.Workflow, g.result.Own = template.Name, template.Creator == me.Username
			return err
		}
		if looked++; looked == adminTemplatesLookedThrough {
			break
		}
	}
	return nil
}

func sameNames(one, other []string) bool {
	return slices.Equal(slices.Compact(slices.Sorted(slices.Values(one))), slices.Compact(slices.Sorted(slices.Values(other))))
}

const (
	adminConnectionParameter = "connection_qualified_name"
	adminTokenParameter      = "api_token_guid" //nolint:gosec // a name, not a value
)

// adminWorkflow is a workflow of the package. The labels and annotations are those of the package, as Atlan's SDKs send
// them (pyatlan model/packages/api_token_connection_admin.py).
func adminWorkflow(qualifiedName, tokenGUID string) PackageWorkflow {
	const (
		atlan, argo = "orchestration.atlan.com/", "package.argoproj.io/"
		icon        = "http://assets.atlan.com/assets/ph-key-light.svg"
		registry    = "https://packages.atlan.com"
	)
	return PackageWorkflow{
		Package: AdminPackage, Template: adminPackagePrefix,
		Labels: map[string]string{
			atlan + "certified": "true", atlan + "source": "atlan", atlan + "sourceCategory": "utility", atlan + "type": "custom",
			atlan + "preview": "true", atlan + "verified": "true", atlan + "atlan-ui": "true",
			argo + "installer": "argopm", argo + "registry": labelOf(registry),
		},
		Annotations: map[string]string{
			atlan + "allowSchedule": "true", atlan + "categories": "kotlin,utility", atlan + "dependentPackage": "",
			atlan + "docsUrl": "https://solutions.atlan.com/api-token-connection-admin/", atlan + "emoji": "🚀", atlan + "icon": icon,
			atlan + "logo": icon, atlan + "name": "API Token Connection Admin",
			argo + "author":      "Atlan CSA",
			argo + "description": "Assigns an API token as a connection admin for an existing connection.",
			argo + "homepage":    registry + "/-/web/detail/" + AdminPackage, argo + "keywords": `["kotlin","utility"]`, argo + "parent": ".",
			argo + "registry": registry, argo + "repository": "git+https://github.com/atlanhq/marketplace-packages.git",
			argo + "support": "support@atlan.com",
		},
		Parameters: []WorkflowParameter{{adminConnectionParameter, qualifiedName}, {adminTokenParameter, tokenGUID}},
	}
}
