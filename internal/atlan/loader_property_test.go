// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// shelf is a collection of objects behind a slow and unreliable tenant.
type shelf struct {
	limit   *bucket
	keys    []string
	failing int // per cent
	strict  bool
	small   bool

	mu       sync.Mutex
	random   *rand.Rand
	events   int // counts what happens, to tell before from after
	state    map[string]sighting
	complete map[string]int // version of the last write that has ended
	requests int
}

// sighting is an object, or its absence, as it was read.
type sighting struct {
	version int
	exists  bool
	event   int
	at      time.Time
}

// absence is a read of one object that found none.
type absence struct{ sighting }

func (a *absence) Error() string     { return fmt.Sprintf("nothing at version %d", a.version) }
func (a *absence) Is(err error) bool { return err == ErrNotFound }

// failure is a request that failed.
type failure struct{ event int }

func (f *failure) Error() string { return fmt.Sprintf("failure at event %d", f.event) }

// draw returns a number below n.
func (s *shelf) draw(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.random.IntN(n)
}

func (s *shelf) event() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events++
	return s.events
}

// see reads an object as it is now.
func (s *shelf) see(key string) sighting {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events++
	seen := s.state[key]
	seen.event, seen.at = s.events, time.Now()
	return seen
}

// request takes a while, and may fail at its end.
func (s *shelf) request(ctx context.Context, act func()) error {
	if err := s.limit.wait(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	s.requests++
	s.mu.Unlock()
	for _, then := range []func(){act, func() {}} {
		if err := sleep(ctx, time.Duration(s.draw(300))*time.Millisecond); err != nil {
			return err
		}
		then()
	}
	if s.draw(100) < s.failing {
		return &failure{s.event()}
	}
	return nil
}

func (s *shelf) one(ctx context.Context, key string) (sighting, error) {
	var seen sighting
	if err := s.request(ctx, func() { seen = s.see(key) }); err != nil {
		return sighting{}, err
	}
	if !seen.exists {
		return sighting{}, &absence{seen}
	}
	return seen, nil
}

// collect reads page by page, so that its values are not all of one moment.
func (s *shelf) collect(ctx context.Context, maxRequests int, arrived func(map[string]sighting)) error {
	for pages, keys := range [][]string{s.keys[:len(s.keys)/2], s.keys[len(s.keys)/2:]} {
		if pages >= maxRequests || !s.small && pages > 0 {
			return errTooLarge
		}
		var page map[string]sighting
		if err := s.request(ctx, func() { page = s.seeAll(keys) }); err != nil {
			return err
		}
		arrived(page)
	}
	return nil
}

// some reads several objects; a strict tenant refuses all when one is missing.
func (s *shelf) some(ctx context.Context, keys []string) (map[string]sighting, error) {
	var seen map[string]sighting
	if err := s.request(ctx, func() { seen = s.seeAll(keys) }); err != nil {
		return nil, err
	}
	if s.strict && len(seen) < len(keys) {
		return nil, ErrNotFound
	}
	return seen, nil
}

func (s *shelf) seeAll(keys []string) map[string]sighting {
	all := map[string]sighting{}
	for _, key := range keys {
		if seen := s.see(key); seen.exists {
			all[key] = seen
		}
	}
	return all
}

// write changes an object, or makes or deletes it, and tells the loader when that has ended.
func (s *shelf) write(l *loader[sighting], key string, pause time.Duration) {
	s.mu.Lock()
	s.events++
	written := sighting{version: s.state[key].version + 1, exists: s.random.IntN(3) > 0}
	s.state[key] = written
	s.mu.Unlock()
	time.Sleep(pause)
	l.wrote(key)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.complete[key] = max(s.complete[key], written.version)
}

// read loads an object and checks what came of it. It tells what that was.
func (s *shelf) read(ctx context.Context, t *testing.T, l *loader[sighting], key string) string {
	t.Helper()
	s.mu.Lock()
	floor := s.complete[key]
	s.mu.Unlock()
	begun := s.event()
	got, err := l.load(ctx, key)

	var gone *absence
	var failed *failure
	switch {
	case err == nil:
		// What is kept may be as old as its life, and the request that brought it.
		if got.version < floor || !got.exists || time.Since(got.at) > keptLife+3*time.Second {
			t.Errorf("%s: got %+v, a write of version %d had ended", key, got, floor)
		}
		if got.event < begun {
			return "kept"
		}
		return "read"
	case errors.As(err, &gone):
		if gone.version < floor || gone.event < begun {
			t.Errorf("%s: absent as of %+v, but asked at event %d, after version %d", key, gone, begun, floor)
		}
		return "absent"
	case errors.As(err, &failed):
		if failed.event < begun {
			t.Errorf("%s: asked at event %d, got the %v", key, begun, err)
		}
		return "failed"
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return "cancelled"
	default:
		t.Errorf("%s: got %v, which is somebody else's", key, err)
		return "wrong"
	}
}

// TestLoaderSchedules lets readers and writers loose upon a loader, in the order that a seed gives.
func TestLoaderSchedules(t *testing.T) {
	t.Parallel()
	const schedules = 400
	seen := map[string]int{}
	for seed := range uint64(schedules) {
		synctest.Test(t, func(t *testing.T) {
			for outcome, n := range runSchedule(t, seed) {
				seen[outcome] += n
			}
			if t.Failed() {
				t.Fatalf("this was schedule %d", seed)
			}
		})
		if t.Failed() {
			return
		}
	}
	t.Logf("%d schedules: %v", schedules, seen)
	for _, outcome := range []string{"kept", "read", "absent", "failed", "cancelled"} {
		if seen[outcome] < schedules {
			t.Errorf("only %d times %s: the schedules do not try everything", seen[outcome], outcome)
		}
	}
}

func runSchedule(t *testing.T, seed uint64) map[string]int {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 0))
	s := &shelf{
		limit:    newBucket([]int{60, 600, 60_000}[random.IntN(3)], time.Second),
		failing:  []int{0, 5, 40}[random.IntN(3)],
		strict:   random.IntN(2) == 0,
		small:    random.IntN(4) > 0,
		random:   rand.New(rand.NewPCG(seed, 1)),
		state:    map[string]sighting{},
		complete: map[string]int{},
	}
	for i := range 2 + random.IntN(8) {
		key := fmt.Sprint("key ", i)
		s.keys = append(s.keys, key)
		s.state[key] = sighting{exists: random.IntN(4) > 0}
	}
	l := newLoader(s.limit, s.one, s.collect)
	if random.IntN(2) == 0 {
		l.collect, l.some, l.someLimit = nil, s.some, 1+random.IntN(6)
	}
	var mu sync.Mutex
	seen := map[string]int{}
	var all sync.WaitGroup
	for worker := range 3 + random.IntN(10) {
		mine := rand.New(rand.NewPCG(seed, uint64(worker)+2))
		all.Go(func() {
			for range 8 {
				time.Sleep(jitter(mine))
				outcome := act(t, s, l, mine)
				mu.Lock()
				seen[outcome]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	time.Sleep(loadTimeout) // what cancelled readers have begun goes on
	synctest.Wait()
	seen["requests"] = s.requests
	return seen
}

// TestWriteDuringARead: what was read before a write ended is not served after it.
func TestWriteDuringARead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var version, reads atomic.Int32
		version.Store(1)
		l := newLoader(newBucket(600, time.Second), func(context.Context, string) (int32, error) {
			reads.Add(1)
			read := version.Load()
			time.Sleep(time.Second)
			return read, nil
		}, nil)
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if got, err := l.load(t.Context(), "key"); err != nil || got != 2 {
					t.Errorf("got version %d, %v", got, err)
				}
			})
		}
		time.Sleep(time.Second / 2)
		version.Store(2)
		l.wrote("another key")
		l.wrote("key")
		all.Wait()
		if reads := reads.Load(); reads != 2 {
			t.Errorf("read %d times", reads)
		}
	})
}

// jitter is how long a worker idles: nothing, about as long as a batch is open, a request, or longer than anything is kept.
func jitter(random *rand.Rand) time.Duration {
	longest := []time.Duration{0, 2 * batchWindow, time.Second, keptLife + time.Second}[random.IntN(4)]
	return time.Duration(random.Int64N(int64(longest) + 1))
}

// act lets a worker do one thing, and tells what came of it.
func act(t *testing.T, s *shelf, l *loader[sighting], random *rand.Rand) string {
	t.Helper()
	key := s.keys[random.IntN(len(s.keys))]
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	switch random.IntN(10) {
	case 0, 1:
		s.write(l, key, jitter(random))
		return "written"
	case 2:
		time.AfterFunc(time.Duration(random.IntN(400))*time.Millisecond, cancel)
	case 3:
		l.expect(slices.Clone(s.keys[:random.IntN(len(s.keys))]))
	}
	return s.read(ctx, t, l, key)
}
