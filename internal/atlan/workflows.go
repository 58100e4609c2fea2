// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
)

const (
	workflowsPath        = "/api/service/workflows"
	packageWorkflowsPath = "/api/service/package-workflows"
	runsPath             = "/api/service/runs"
)

// Workflows manages workflows of packages and their runs. The surface is legacy: pyatlan 9.8 says that newer tenants no
// longer have it, where errors match [ErrNoPackageWorkflows].
type Workflows struct {
	client *Client

	names sync.Mutex // guards last
	last  map[string]int64

	asking keyedLock // guards family
	family string
}

// ErrNoPackageWorkflows says that the tenant does not serve package workflows, at least not to this caller. No status is
// published for that: 404, 410 and 403 of what every such tenant has are taken for it, which is inferred.
var ErrNoPackageWorkflows = errors.New("the tenant does not serve package workflows to this caller")

// PackagesExcludedError says that the client is configured for [WorkflowsOfApps], and has sent nothing. It matches
// [ErrNoPackageWorkflows].
type PackagesExcludedError struct{}

// Error implements error.
func (*PackagesExcludedError) Error() string {
	return `workflow_api is "app", which excludes workflows of packages`
}

// Is makes it match ErrNoPackageWorkflows.
func (*PackagesExcludedError) Is(target error) bool { return target == ErrNoPackageWorkflows }

// do sends a request to the surface of package workflows.
func (s *Workflows) do(ctx context.Context, call call, out any) error {
	if s.client.workflowSurface == WorkflowsOfApps {
		return &PackagesExcludedError{}
	}
	return s.client.do(ctx, call, out)
}

// PackageNotEnabledError says that the tenant lacks a package.
type PackageNotEnabledError struct {
	// Package is its name, such as "@csa/api-token-connection-admin".
	Package string
	// Err is how the tenant said so.
	Err error
}

// Error implements error.
func (e *PackageNotEnabledError) Error() string {
	return fmt.Sprintf("the package %s is not enabled on the tenant: %v", e.Package, e.Err)
}

// Unwrap returns how the tenant said so.
func (e *PackageNotEnabledError) Unwrap() error { return e.Err }

// WorkflowExistsError says that there is a workflow of that name, which no attempt of the caller made.
type WorkflowExistsError struct{ Name string }

// Error implements error.
func (e *WorkflowExistsError) Error() string {
	return fmt.Sprintf("there is a workflow named %s already", e.Name)
}

// Is makes it a conflict.
func (e *WorkflowExistsError) Is(target error) bool { return target == ErrConflict }

// NewName makes a name for a workflow, and returns the time in it: the prefix of the package and ten digits of epoch
// seconds, as Atlan's SDKs do. No two names of one prefix that this client makes are the same.
func (s *Workflows) NewName(prefix string) (name string, epoch int64) {
	s.names.Lock()
	defer s.names.Unlock()
	if s.last == nil {
		s.last = map[string]int64{}
	}
	epoch = max(s.client.Now().Unix(), s.last[prefix]+1)
	s.last[prefix] = epoch
	return fmt.Sprintf("%s-%d", prefix, epoch), epoch
}

// Create stores a workflow under its name and, if submit is set, runs it once; [Workflows.Latest] finds the run. An
// error that matches [ErrConflict] says that the name is taken. An answer that is lost is made good by looking for the
// workflow, whose name no other has; if that fails too, the error is an *[AmbiguousError].
func (s *Workflows) Create(ctx context.Context, workflow PackageWorkflow, submit bool) error {
	s.hide(workflow)
	c := &workflowCreation{workflows: s, workflow: workflow, submit: submit}
	return c.run(ctx)
}

// Update replaces the document of the workflow of that name, its schedule included.
func (s *Workflows) Update(ctx context.Context, workflow PackageWorkflow) error {
	s.hide(workflow)
	err := s.post(ctx, replayable, "/"+url.PathEscape(workflow.Name), nil, workflow.document(), nil)
	return s.named(ctx, workflow.Name, s.refused(workflow, err))
}

// hide keeps the secrets of a workflow's credentials out of whatever a gateway may echo.
func (s *Workflows) hide(workflow PackageWorkflow) {
	for _, secret := range workflow.secrets() {
		s.client.mask.add(secret)
	}
}

// Archive deletes a workflow; its runs stay. One that is gone is no error.
func (s *Workflows) Archive(ctx context.Context, name string) error {
	err := s.named(ctx, name, s.post(ctx, replayable, "/"+url.PathEscape(name)+"/archive", nil, nil, nil))
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// post calls the family of endpoints that is meant for the caller.
func (s *Workflows) post(ctx context.Context, class retryClass, path string, query url.Values, body, out any) error {
	family, err := s.familyOf(ctx)
	if err != nil {
		return err
	}
	return s.do(ctx, call{method: http.MethodPost, path: family + path, query: query, body: body, class: class}, out)
}

// familyOf chooses between the two families of endpoints: API tokens and administrators have one, everybody else the
// other (pyatlan client/workflow.py). The roles are asked for once, and only of a caller that is no API token.
func (s *Workflows) familyOf(ctx context.Context) (string, error) {
	unlock, err := s.asking.lock(ctx, "")
	if err != nil {
		return "", err
	}
	defer unlock()
	if s.family != "" {
		return s.family, nil
	}
	me, err := s.client.Principals.CurrentUser(ctx)
	if err != nil {
		return "", err
	}
	if _, isToken := TokenClientID(me.Username); isToken {
		s.family = workflowsPath
		return s.family, nil
	}
	roles, err := s.client.Principals.WhoAmI(ctx)
	if err != nil {
		return "", err
	}
	s.family = packageWorkflowsPath
	for _, role := range roles.Roles {
		if role.Name == "$admin" || role.Name == "$api-token-default-access" {
			s.family = workflowsPath
		}
	}
	return s.family, nil
}

// refused recognises how a tenant refuses a workflow of a package that it lacks: Argo does not find the template that the
// document names.
func (s *Workflows) refused(workflow PackageWorkflow, err error) error {
	answer, ok := errors.AsType[*Error](err)
	if !ok || answer.StatusCode < 400 || answer.StatusCode > 499 || !lacksTemplate(answer.Message, workflow.Template) {
		return err
	}
	return &PackageNotEnabledError{Package: workflow.Package, Err: err}
}

// lacksTemplate recognises Argo's words for a template that the cluster does not have (argo-workflows, validation of
// template references).
func lacksTemplate(message, template string) bool {
	return strings.Contains(message, "not found") &&
		(strings.Contains(message, template+".main") || strings.Contains(message, `"`+template+`"`))
}

// named tells, of a call about one workflow or run that was answered by 404, 403 or 410, whether that is missing or the
// whole surface.
func (s *Workflows) named(ctx context.Context, name string, err error) error {
	if !maySayGone(err) {
		return err
	}
	if _, surfaceErr := s.search(ctx, workflowsPath, workflowSearch{Size: 1}); errors.Is(surfaceErr, ErrNoPackageWorkflows) {
		return surfaceErr
	}
	if errors.Is(err, ErrNotFound) {
		return fmt.Errorf("there is no workflow or run named %q: %w", name, err)
	}
	return err
}

// noSurface marks the answer of an endpoint that every tenant with package workflows has as the lack of them.
func noSurface(err error) error {
	if !maySayGone(err) {
		return err
	}
	if answer, ok := errors.AsType[*Error](err); ok && errors.Is(answer, ErrNotFound) {
		answer.sentinel = nil // no single workflow is missing
	}
	return fmt.Errorf("%w: %w", ErrNoPackageWorkflows, err)
}

func maySayGone(err error) bool {
	answer, ok := errors.AsType[*Error](err)
	return ok && slices.Contains([]int{http.StatusNotFound, http.StatusForbidden, http.StatusGone}, answer.StatusCode)
}
