// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"sync"
)

// keyedLock lets one holder per key in. Waiting ends with the context.
type keyedLock struct {
	mu   sync.Mutex
	keys map[string]*keyQueue
}

type keyQueue struct {
	turn  chan struct{} // holds one element while the key is free
	users int
}

// lock waits for the key and returns the function that frees it.
func (l *keyedLock) lock(ctx context.Context, key string) (unlock func(), err error) {
	l.mu.Lock()
	if l.keys == nil {
		l.keys = map[string]*keyQueue{}
	}
	queue, ok := l.keys[key]
	if !ok {
		queue = &keyQueue{turn: make(chan struct{}, 1)}
		queue.turn <- struct{}{}
		l.keys[key] = queue
	}
	queue.users++
	l.mu.Unlock()

	select {
	case <-queue.turn:
		return func() {
			queue.turn <- struct{}{}
			l.leave(key, queue)
		}, nil
	case <-ctx.Done():
		l.leave(key, queue)
		return nil, ctx.Err()
	}
}

func (l *keyedLock) leave(key string, queue *keyQueue) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if queue.users--; queue.users == 0 {
		delete(l.keys, key)
	}
}
