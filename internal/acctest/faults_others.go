// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"fmt"
)

// others renders what the tenant holds besides the objects of the step, each by kind and key. The time and author of the
// last change are left out: who makes a policy touches the persona.
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
			delete(object, "updatedBy")
			delete(object, "updateTime")
			if c.Mine != nil {
				c.Mine(kind, object)
			}
			text, err := json.Marshal(object)
			must(c.t, err)
			rendered[kind+" "+key] = string(text)
		}
	}
	return rendered
}

func keyOf(object map[string]any) string {
	for _, name := range []string{"guid", "id", "clientId", "name"} {
		if key, ok := object[name].(string); ok && key != "" {
			return key
		}
	}
	return fmt.Sprint(object)
}
