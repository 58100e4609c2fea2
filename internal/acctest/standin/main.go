// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

// Command standin stands in for the providers of others that guides and examples use, so that these can be applied where
// those cannot be had. It is the provider that its executable is named after, with no more than is used, and keeps in the
// state what it is given.
package main

import (
	"context"
	"log"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
)

// schemas has the resources by name; that of a provider begins with the provider's name.
var schemas = map[string]map[string]schema.Attribute{
	"time_rotating": {
		"rotation_days": schema.Int64Attribute{Required: true},
	},
	"vault_kv_secret_v2": {
		"mount":                schema.StringAttribute{Required: true},
		"name":                 schema.StringAttribute{Required: true},
		"data_json_wo":         schema.StringAttribute{Optional: true, WriteOnly: true},
		"data_json_wo_version": schema.Int64Attribute{Optional: true},
	},
	"restapi_object": {
		"path":            schema.StringAttribute{Required: true},
		"data":            schema.StringAttribute{Required: true},
		"create_response": schema.StringAttribute{Optional: true},
		"api_response":    schema.StringAttribute{Optional: true},
	},
	"restful_resource": {
		"path":   schema.StringAttribute{Required: true},
		"body":   schema.DynamicAttribute{Required: true},
		"output": schema.DynamicAttribute{Optional: true},
	},
}

func main() {
	name, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(os.Args[0]), "terraform-provider-"), ".")
	create := func() provider.Provider { return standIn(name) }
	err := providerserver.Serve(context.Background(), create, providerserver.ServeOpts{Address: "registry.terraform.io/stand-in/" + name})
	if err != nil {
		log.Fatal(err)
	}
}

// standIn is the provider of that name.
type standIn string

func (p standIn) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = string(p)
}

func (standIn) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (standIn) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (standIn) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (p standIn) Resources(context.Context) []func() resource.Resource {
	var all []func() resource.Resource
	for name := range schemas {
		if strings.HasPrefix(name, string(p)+"_") {
			all = append(all, func() resource.Resource { return object(name) })
		}
	}
	return all
}

// object is the resource of that name.
type object string

func (o object) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = string(o)
}

func (o object) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"id": schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}},
	}}
	maps.Copy(resp.Schema.Attributes, schemas[string(o)])
}

func (object) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), "made by a stand-in")...)
}

func (object) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (object) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (object) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
