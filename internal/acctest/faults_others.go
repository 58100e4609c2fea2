// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// others renders what the tenant holds besides the objects of the step, each by kind and key. The time and author of the
// last change are left out, since who makes a policy touches the persona, and so is in which of two languages the sandbox was
// last told of a policy's actions.
func (c *faultCase) others() map[string]string {
	c.t.Helper()
	encoded, err := json.Marshal(c.tenant.Sandbox.State())
	must(c.t, err)
	var kinds map[string][]map[string]any
	must(c.t, json.Unmarshal(encoded, &kinds))
	managed := c.objects()
	rendered := map[string]string{}
	for kind, objects := range kinds {
		for _, object := range objects {
			key := keyOf(object)
			if managed[key] != "" {
				continue
			}
			for _, volatile := range []string{"updatedBy", "updateTime", "documentedActions"} {
				delete(object, volatile)
			}
			if c.Mine != nil {
				c.Mine(kind, object)
			}
			text, err := json.Marshal(normal(object))
			must(c.t, err)
			rendered[kind+" "+key] = string(text)
		}
	}
	return rendered
}

// normal gives equal values one form: what is empty is left out, and lists, which are sets, are sorted.
func normal(value any) any {
	switch v := value.(type) {
	case map[string]any:
		members := map[string]any{}
		for name, member := range v {
			if member = normal(member); member != nil {
				members[name] = member
			}
		}
		return members
	case []any:
		if len(v) == 0 {
			return nil
		}
		members := make([]any, len(v))
		for i, member := range v {
			members[i] = normal(member)
		}
		slices.SortFunc(members, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		return members
	default:
		return value
	}
}

func keyOf(object map[string]any) string {
	for _, name := range []string{"guid", "id", "clientId", "name"} {
		if key, ok := object[name].(string); ok && key != "" {
			return key
		}
	}
	return fmt.Sprint(object)
}
