// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// How a batch of a [loader] gets its answers.

// readAll reads the whole collection, unless it is too large, and returns the keys that have no answer yet. When another
// batch is reading it already, that one's result serves.
func (l *loader[V]) readAll(ctx context.Context, b *batch[V], keys []string, writes uint64, asked int) []string {
	l.mu.Lock()
	other := l.reading
	if other == nil {
		l.reading = make(chan struct{})
		defer l.endReading()
	}
	l.mu.Unlock()
	if other != nil {
		<-other
		return l.answerKept(b, keys)
	}
	// Twice the number of readers so far: reading one by one would soon cost as much.
	err := l.collect(ctx, 2*asked, func(page map[string]V) { keys = l.keep(b, keys, page, writes) })
	switch {
	case errors.Is(err, errTooLarge):
		return keys
	case err != nil:
		fill(b, keys, result[V]{err: err})
		return nil
	}
	l.mu.Lock()
	l.collected, l.asked = time.Now(), 0
	l.mu.Unlock()
	return keys
}

func (l *loader[V]) endReading() {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.reading)
	l.reading = nil
	l.announce()
}

// announce lets waiting readers look again.
func (l *loader[V]) announce() {
	close(l.arrived)
	l.arrived = make(chan struct{})
}

// answerKept answers the keys whose object was read along with others meanwhile and returns the rest.
func (l *loader[V]) answerKept(b *batch[V], keys []string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.DeleteFunc(keys, func(key string) bool {
		value, ok := l.fromKept(key)
		if ok {
			b.results[key] = result[V]{value: value}
		}
		return ok
	})
}

// readSome reads the keys in one request, with likely ones as far as there is room. When the request fails because one
// of them does not exist or is not for the caller to read, the keys are left to be read one by one, so that one object
// costs nobody another. Those that were refused before are not asked for along with others again.
func (l *loader[V]) readSome(ctx context.Context, b *batch[V], keys []string, writes uint64) []string {
	keys, alone := l.withoutRefused(keys)
	if len(keys) == 0 {
		return alone
	}
	wanted := l.claim(b, keys, writes)
	defer l.release(b, wanted)
	values, err := l.some(ctx, wanted)
	// Nobody has asked for what came along: that it is missing, or not for the caller to read, must not fail the others.
	if len(wanted) > len(keys) && (errors.Is(err, ErrNotFound) && len(keys) > 1 || errors.Is(err, ErrForbidden)) {
		values, err = l.some(ctx, keys)
	}
	switch {
	case errors.Is(err, ErrNotFound), errors.Is(err, ErrForbidden) && len(keys)+len(alone) > 1:
		return append(alone, keys...)
	case err != nil:
		fill(b, keys, result[V]{err: err})
		return alone
	}
	return append(alone, l.keep(b, keys, values, writes)...)
}

// withoutRefused tells the keys that the caller was not allowed to read before from the others.
func (l *loader[V]) withoutRefused(keys []string) (others, refused []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range keys {
		if _, ok := l.refused[key]; ok {
			refused = append(refused, key)
		} else {
			others = append(others, key)
		}
	}
	return others, refused
}

// claim fills the keys of a request up with likely ones, and lets readers of any of them wait for it.
func (l *loader[V]) claim(b *batch[V], keys []string, writes uint64) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	wanted := slices.Clone(keys)
	for key := range l.likely {
		if len(wanted) >= l.someLimit {
			break
		}
		delete(l.likely, key)
		if _, asked := b.keys[key]; !asked {
			wanted = append(wanted, key)
		}
	}
	b.writes = writes
	for _, key := range wanted {
		l.coming[key] = b
	}
	return wanted
}

func (l *loader[V]) release(b *batch[V], keys []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range keys {
		if l.coming[key] == b {
			delete(l.coming, key)
		}
	}
}

// keep stores what was read, answers the keys that are among it and returns the others.
func (l *loader[V]) keep(b *batch[V], keys []string, values map[string]V, writes uint64) []string {
	now := time.Now()
	l.mu.Lock()
	for key, value := range values {
		l.kept[key] = kept[V]{value: value, writes: writes, taken: now}
	}
	l.announce()
	l.mu.Unlock()
	return slices.DeleteFunc(keys, func(key string) bool {
		value, ok := values[key]
		if ok {
			b.results[key] = result[V]{value: value}
		}
		return ok
	})
}

func (l *loader[V]) readEach(ctx context.Context, b *batch[V], keys []string) {
	var wait sync.WaitGroup
	var mu sync.Mutex
	for _, key := range keys {
		wait.Go(func() {
			value, err := l.one(ctx, key)
			l.learn(key, err)
			mu.Lock()
			defer mu.Unlock()
			b.results[key] = result[V]{value: value, err: err}
		})
	}
	wait.Wait()
}

// learn remembers whether the caller may read an object.
func (l *loader[V]) learn(key string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case errors.Is(err, ErrForbidden):
		l.refused[key] = struct{}{}
	case err == nil:
		delete(l.refused, key)
	}
}

func fill[V any](b *batch[V], keys []string, r result[V]) {
	for _, key := range keys {
		b.results[key] = r
	}
}
