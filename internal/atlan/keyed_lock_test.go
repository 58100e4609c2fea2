// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestKeyedLock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var locks keyedLock
		holders := map[string]int{}
		var mu sync.Mutex
		var all sync.WaitGroup
		start := time.Now()
		for i := range 30 {
			key := []string{"a", "b", "c"}[i%3]
			all.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*time.Second)
				defer cancel()
				unlock, err := locks.lock(ctx, key)
				if err != nil {
					if !errors.Is(err, context.DeadlineExceeded) {
						t.Error(err)
					}
					return
				}
				mu.Lock()
				holders[key]++
				if holders[key] != 1 {
					t.Errorf("%d hold %s", holders[key], key)
				}
				mu.Unlock()
				time.Sleep(5 * time.Second)
				mu.Lock()
				holders[key]--
				mu.Unlock()
				unlock()
			})
		}
		all.Wait()
		if len(locks.keys) > 0 {
			t.Errorf("keys are left: %v", locks.keys)
		}
		if took := time.Since(start); took > 50*time.Second {
			t.Errorf("keys wait for each other: %s", took)
		}
	})
}
