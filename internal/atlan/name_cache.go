// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"slices"
	"sync"
)

// nameCache remembers which name belongs to a GUID, which does not change while Terraform runs.
type nameCache struct {
	read  func(ctx context.Context, ids []string) (map[string]string, error)
	known syncMap
}

// names translates GUIDs; one that is unknown is left out, as whoever bore it is gone.
func (c *nameCache) names(ctx context.Context, ids []string) ([]string, error) {
	missing := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return c.known.get(id) != "" })
	for some := range slices.Chunk(missing, namesPerRequest) {
		found, err := c.read(ctx, some)
		if err != nil {
			return nil, err
		}
		for id, name := range found {
			c.known.set(id, name)
		}
	}
	var names []string
	for _, id := range ids {
		if name := c.known.get(id); name != "" {
			names = append(names, name)
		}
	}
	return names, nil
}

// syncMap is a map of strings that is safe for concurrent use.
type syncMap struct {
	mu     sync.RWMutex
	values map[string]string
}

func (m *syncMap) get(key string) string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.values[key]
}

func (m *syncMap) set(key, value string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil {
		m.values = map[string]string{}
	}
	m.values[key] = value
}
