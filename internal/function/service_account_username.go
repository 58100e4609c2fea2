// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/google/uuid"
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/atlan-community/terraform-provider-atlan/internal/atlan"
)

var _ function.Function = (*ServiceAccountUsername)(nil)

// ServiceAccountUsername is the function service_account_username.
type ServiceAccountUsername struct{}

// NewServiceAccountUsername makes the function.
func NewServiceAccountUsername() function.Function { return &ServiceAccountUsername{} }

// Metadata implements function.Function.
func (f *ServiceAccountUsername) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "service_account_username"
}

// Definition implements function.Function.
func (f *ServiceAccountUsername) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Returns the user name of the service account behind a client id.",
		MarkdownDescription: "Returns the user name under which an API token or OAuth client acts, as it stands in lists of admins: " +
			"`service-account-apikey-…` for the client id `apikey-…`. A value that is such a user name already is returned as it is; anything else is an error.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name: "client_id",
				MarkdownDescription: "Client id of an API token (`apikey-…`) or of an OAuth client (`oauth-client-…`), or the user name of its " +
					"service account.",
			},
		},
		Return: function.StringReturn{},
	}
}

// Run implements function.Function.
func (f *ServiceAccountUsername) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var clientID string
	if resp.Error = req.Arguments.Get(ctx, &clientID); resp.Error != nil {
		return
	}
	username, err := serviceAccountUsername(clientID)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, username)
}

// clientIDPattern matches the client ids of API tokens and of OAuth clients (pyatlan model/api_tokens.py and
// model/oauth_client.py). What stands behind the prefix is left to the tenant.
var clientIDPattern = regexp.MustCompile(`^(apikey|oauth-client)-[0-9A-Za-z][0-9A-Za-z-]*$`)

func serviceAccountUsername(text string) (string, error) {
	clientID := strings.TrimPrefix(text, atlan.ServiceAccountPrefix)
	switch {
	case clientIDPattern.MatchString(clientID):
		return atlan.ServiceAccountPrefix + clientID, nil
	case uuid.Validate(text) == nil:
		return "", fmt.Errorf("%q is a GUID, not the client id of an API token, which is apikey- and a UUID: give the token's client_id", text)
	case len(strings.Split(text, ".")) == 3 || len(text) > 100:
		// Never quoted: it may be the value of a token, by mistake.
		return "", errors.New("the value is not a client id, which is apikey- and a UUID")
	}
	return "", fmt.Errorf("%q is neither the client id of an API token, which is apikey- and a UUID, nor the user name of a service account", text)
}
