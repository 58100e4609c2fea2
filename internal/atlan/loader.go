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
	batchWindow = 10 * time.Millisecond
	// keptLife is how long an object that was read along with others answers further reads. A refresh of thousands of objects is one walk
	// of that order; what somebody else changes meanwhile is seen by the next plan.
	keptLife = 15 * time.Second
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
// which would wait for the limiter anyway join it instead. Where the API reads several objects by their keys, a batch is
// one such request, filled up with objects that are likely to be asked for next. Where it does not, a batch of several,
// or several batches of one, read the whole collection. Either way what came along answers further readers for a while.
// An object written meanwhile is read again, an object that is missing is confirmed by a read of its own, and errors
// reach every waiting reader but are never kept.
type loader[V any] struct {
	limit *bucket
	// one reads a single object; an error matching [ErrNotFound] says that it does not exist.
	one func(ctx context.Context, key string) (V, error)
	// collect reads the whole collection in at most maxRequests requests and hands over a page as soon as it is there, or returns
	// errTooLarge; nil if some is set.
	collect collector[V]
	// some reads several objects by their keys, best no more than someLimit of them; nil if the API cannot.
	some      func(ctx context.Context, keys []string) (map[string]V, error)
	someLimit int

	mu        sync.Mutex
	open      *batch[V]
	writes    uint64
	written   map[string]uint64 // at which of the writes a key was last written
	kept      map[string]kept[V]
	arrived   chan struct{}        // closed when more is kept, or the reading of the whole collection ends
	collected time.Time            // when the whole collection was last read
	reading   chan struct{}        // closed when the reading of the whole collection ends; nil while nobody does that
	likely    map[string]struct{}  // keys that may be asked for next
	coming    map[string]*batch[V] // the batch whose request is bringing a key
	refused   map[string]struct{}  // keys that the caller was not allowed to read
	asked     int                  // readers since the collection was read, an estimate of how many there will be
}

// collector reads a whole collection page by page.
type collector[V any] func(ctx context.Context, maxRequests int, page func(map[string]V)) error

type batch[V any] struct {
	keys    map[string]struct{}
	writes  uint64 // as of when its request was sent
	done    chan struct{}
	results map[string]result[V]
}

type result[V any] struct {
	value V
	err   error
}

// kept is an object that was read along with others.
type kept[V any] struct {
	value  V
	writes uint64 // as of when it was read
	taken  time.Time
}

func newLoader[V any](
	limit *bucket, one func(context.Context, string) (V, error), collect collector[V],
) *loader[V] {
	return &loader[V]{
		limit: limit, one: one, collect: collect, arrived: make(chan struct{}),
		written: map[string]uint64{}, kept: map[string]kept[V]{}, likely: map[string]struct{}{}, coming: map[string]*batch[V]{},
		refused: map[string]struct{}{},
	}
}

// load returns the object as it was at some moment after the call, or, if nobody wrote it through this client since,
// at most keptLife before.
func (l *loader[V]) load(ctx context.Context, key string) (V, error) {
	var none V
	for {
		l.mu.Lock()
		if value, ok := l.fromKept(key); ok {
			l.mu.Unlock()
			return value, nil
		}
		if arrived := l.arrived; l.reading != nil {
			// The whole collection is being read: the object is on one of the next pages, or missing.
			l.mu.Unlock()
			select {
			case <-ctx.Done():
				return none, ctx.Err()
			case <-arrived:
			}
			continue
		}
		b := l.coming[key]
		if b == nil || l.written[key] > b.writes {
			b = l.join(ctx, key)
		}
		_, asked := b.keys[key]
		before := l.written[key]
		l.mu.Unlock()

		if value, ok, err := l.await(ctx, b, key); ok || err != nil {
			return value, err
		}
		if !asked {
			continue // it came along with what others had asked for, or did not
		}
		l.mu.Lock()
		stale := l.written[key] != before
		l.mu.Unlock()
		if !stale {
			return b.results[key].value, b.results[key].err
		}
	}
}

// await waits until a batch is done, or the object has arrived: readers of what is on the first page of a collection need not
// wait for the last.
func (l *loader[V]) await(ctx context.Context, b *batch[V], key string) (value V, ok bool, err error) {
	for {
		l.mu.Lock()
		value, ok = l.fromKept(key)
		arrived := l.arrived
		l.mu.Unlock()
		if ok {
			return value, true, nil
		}
		select {
		case <-ctx.Done():
			return value, false, ctx.Err()
		case <-b.done:
			return value, false, nil
		case <-arrived:
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

// forget makes the next reader of an object have it read, though it may have been read along with others.
func (l *loader[V]) forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.kept, key)
}

// expect tells the loader that these objects may be asked for next: if a request has room for them, they come along, unless
// they have already.
func (l *loader[V]) expect(keys []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range keys {
		if _, ok := l.fromKept(key); !ok && l.coming[key] == nil {
			l.likely[key] = struct{}{}
		}
	}
}

func (l *loader[V]) fromKept(key string) (V, bool) {
	k, ok := l.kept[key]
	if !ok || time.Since(k.taken) > keptLife || l.written[key] > k.writes {
		var none V
		return none, false
	}
	return k.value, true
}

func (l *loader[V]) join(ctx context.Context, key string) *batch[V] {
	l.asked++
	delete(l.likely, key)
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
	writes, asked, expecting := l.writes, l.asked, len(l.likely) > 0
	collected := time.Since(l.collected) <= keptLife
	l.mu.Unlock()
	defer close(b.done)

	if err != nil {
		fill(b, keys, result[V]{err: err})
		return
	}
	ctx = withGrant(ctx)
	switch {
	case l.some != nil && (len(keys) > 1 || expecting):
		keys = l.readSome(ctx, b, keys, writes)
	case l.collect != nil && !collected && (len(keys) > 1 || asked >= collectAfter):
		// A key that a fresh collection lacks is confirmed alone; reading the whole again would tell no more.
		keys = l.readAll(ctx, b, keys, writes, asked)
	}
	l.readEach(ctx, b, keys)
}
