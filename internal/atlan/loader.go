// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"
)

const (
	// batchWindow is how long a batch waits for company. Terraform starts its reads together, spread over a few
	// milliseconds.
	batchWindow = 5 * time.Millisecond
	// snapshotLife is how long a complete listing answers further reads. A refresh of thousands of objects is one walk
	// of that order; what somebody else changes meanwhile is seen by the next plan.
	snapshotLife = 15 * time.Second
	// collectAfter is how many reads one after the other make it likely that the whole collection will be wanted.
	collectAfter = 3
	// loadTimeout bounds a load, which no single caller's cancellation ends.
	loadTimeout = 5 * time.Minute
)

// errTooLarge is what collect returns when reading the whole collection would cost more requests than it saves.
var errTooLarge = errors.New("the collection is much larger than what is asked for")

// loader makes one request of many concurrent reads of one kind of object, because Terraform's protocol reads objects
// one by one.
//
// A batch opens with the first reader and closes only when the rate limiter has granted its request, so that readers
// which would wait for the limiter anyway join it instead. A batch of several, or several batches of one, read the
// whole collection, which then answers further readers for a while. An object written meanwhile is read again, an
// object missing from a collection is confirmed by a read of its own, and errors reach every waiting reader but are
// never kept.
type loader[V any] struct {
	limit *bucket
	// one reads a single object; an error matching [ErrNotFound] says that it does not exist.
	one func(ctx context.Context, key string) (V, error)
	// collect reads the whole collection in at most maxRequests requests, or returns errTooLarge.
	collect func(ctx context.Context, maxRequests int) (map[string]V, error)

	mu       sync.Mutex
	open     *batch[V]
	writes   uint64
	written  map[string]uint64 // at which of the writes a key was last written
	snapshot *snapshot[V]
	asked    int // readers since the last snapshot, an estimate of how many there will be
}

type batch[V any] struct {
	keys    map[string]struct{}
	done    chan struct{}
	results map[string]result[V]
}

type result[V any] struct {
	value V
	err   error
}

type snapshot[V any] struct {
	values map[string]V
	writes uint64
	taken  time.Time
}

func newLoader[V any](
	limit *bucket, one func(context.Context, string) (V, error), collect func(context.Context, int) (map[string]V, error),
) *loader[V] {
	return &loader[V]{limit: limit, one: one, collect: collect, written: map[string]uint64{}}
}

// load returns the object as it was at some moment after the call, or, if nobody wrote it through this client since,
// at most snapshotLife before.
func (l *loader[V]) load(ctx context.Context, key string) (V, error) {
	var none V
	for {
		l.mu.Lock()
		if value, ok := l.fromSnapshot(key); ok {
			l.mu.Unlock()
			return value, nil
		}
		b := l.join(ctx, key)
		before := l.written[key]
		l.mu.Unlock()

		select {
		case <-ctx.Done():
			return none, ctx.Err()
		case <-b.done:
		}
		l.mu.Lock()
		stale := l.written[key] != before
		l.mu.Unlock()
		if !stale {
			return b.results[key].value, b.results[key].err
		}
	}
}

// wrote tells the loader that an object was written: what was read of it before is not served again.
func (l *loader[V]) wrote(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writes++
	l.written[key] = l.writes
}

func (l *loader[V]) fromSnapshot(key string) (V, bool) {
	var none V
	s := l.snapshot
	if s == nil || time.Since(s.taken) > snapshotLife || l.written[key] > s.writes {
		return none, false
	}
	value, ok := s.values[key]
	return value, ok
}

func (l *loader[V]) join(ctx context.Context, key string) *batch[V] {
	l.asked++
	if l.open == nil {
		l.open = &batch[V]{keys: map[string]struct{}{}, done: make(chan struct{}), results: map[string]result[V]{}}
		go l.run(context.WithoutCancel(ctx), l.open)
	}
	l.open.keys[key] = struct{}{}
	return l.open
}

func (l *loader[V]) run(ctx context.Context, b *batch[V]) {
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	time.Sleep(batchWindow)
	err := l.limit.wait(ctx)

	l.mu.Lock()
	l.open = nil // from here on readers open another batch
	keys := slices.Collect(maps.Keys(b.keys))
	writes, asked := l.writes, l.asked
	fresh := l.snapshot != nil && time.Since(l.snapshot.taken) <= snapshotLife
	l.mu.Unlock()
	defer close(b.done)

	if err != nil {
		fill(b, keys, result[V]{err: err})
		return
	}
	ctx = withGrant(ctx)
	// A key that a fresh snapshot lacks is confirmed alone; reading the whole again would tell no more.
	if !fresh && (len(keys) > 1 || asked >= collectAfter) {
		// Twice the number of readers so far: reading one by one would soon cost as much.
		values, err := l.collect(ctx, 2*asked)
		switch {
		case err == nil:
			keys = l.keep(b, keys, values, writes)
		case !errors.Is(err, errTooLarge):
			fill(b, keys, result[V]{err: err})
			return
		}
	}
	l.readEach(ctx, b, keys)
}

// keep stores a snapshot, answers the keys that it holds and returns the others.
func (l *loader[V]) keep(b *batch[V], keys []string, values map[string]V, writes uint64) []string {
	l.mu.Lock()
	l.snapshot = &snapshot[V]{values: values, writes: writes, taken: time.Now()}
	l.asked = 0
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
			mu.Lock()
			defer mu.Unlock()
			b.results[key] = result[V]{value: value, err: err}
		})
	}
	wait.Wait()
}

func fill[V any](b *batch[V], keys []string, r result[V]) {
	for _, key := range keys {
		b.results[key] = r
	}
}
