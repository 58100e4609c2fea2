// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

// Entity is an object of the metastore: a persona, a policy, a connection and so on.
type Entity struct {
	GUID       string         `json:"guid"`
	TypeName   string         `json:"typeName"`
	Status     string         `json:"status"`
	Attributes map[string]any `json:"attributes"`
	CreatedBy  string         `json:"createdBy"`
	UpdatedBy  string         `json:"updatedBy"`
	CreateTime int64          `json:"createTime"` // epoch milliseconds
	UpdateTime int64          `json:"updateTime"` // epoch milliseconds
}

const statusActive = "ACTIVE"

const typePersona = "Persona"

// persona returns the active persona with a qualified name, or nil.
func (d *data) persona(qualifiedName string) *Entity {
	return find(d.Entities, func(e *Entity) bool {
		return e.TypeName == typePersona && e.Status == statusActive && e.Attributes["qualifiedName"] == qualifiedName
	})
}
