// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"cmp"
	"encoding/json"
	"strconv"
)

// UnmarshalJSON reads a group, whose attributes are lists of texts (pyatlan model/group.py).
func (g *Group) UnmarshalJSON(data []byte) error {
	var wire struct {
		ID          string          `json:"id"`
		Name        string          `json:"name"`
		Alias       string          `json:"alias"`
		Description string          `json:"description"`
		UserCount   json.RawMessage `json:"userCount"`
		Attributes  struct {
			Alias       json.RawMessage `json:"alias"`
			Description json.RawMessage `json:"description"`
		} `json:"attributes"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	*g = Group{
		ID: wire.ID, Name: wire.Name, Alias: cmp.Or(wire.Alias, firstText(wire.Attributes.Alias)),
		Description: cmp.Or(firstText(wire.Attributes.Description), wire.Description), MemberCount: count(wire.UserCount),
	}
	return nil
}

// UnmarshalJSON reads a role, whose members are counted in a text (pyatlan model/role.py).
func (r *Role) UnmarshalJSON(data []byte) error {
	var wire struct {
		ID          string          `json:"id"`
		Name        string          `json:"name"`
		Description string          `json:"description"`
		Level       string          `json:"level"`
		MemberCount json.RawMessage `json:"memberCount"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	*r = Role{ID: wire.ID, Name: wire.Name, Description: wire.Description, Level: wire.Level, MemberCount: count(wire.MemberCount)}
	return nil
}

// firstText reads a text, or the first of a list of texts; anything else says nothing.
func firstText(raw json.RawMessage) string {
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return cmp.Or(list...)
	}
	return text(raw)
}

// count reads a number, also one in a text; nil when there is none.
func count(raw json.RawMessage) *int64 {
	n, err := strconv.ParseInt(text(raw), 10, 64)
	if err != nil || n < 0 {
		return nil
	}
	return &n
}
