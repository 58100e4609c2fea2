// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import "time"

// lagged is a value whose readers see each change only some time after it was made.
type lagged[T any] struct {
	Versions []version[T] `json:"versions"`
}

type version[T any] struct {
	At    time.Time `json:"at"`
	Value T         `json:"value"`
}

// set adds a version; those that nobody can see any more are forgotten.
func (l *lagged[T]) set(now time.Time, lag time.Duration, value T) {
	for len(l.Versions) > 1 && !l.Versions[1].At.Add(lag).After(now) {
		l.Versions = l.Versions[1:]
	}
	l.Versions = append(l.Versions, version[T]{now, value})
}

// seen is the newest version that is at least lag old; the zero value where there is none yet.
func (l *lagged[T]) seen(now time.Time, lag time.Duration) T {
	var value T
	for _, v := range l.Versions {
		if v.At.Add(lag).After(now) {
			break
		}
		value = v.Value
	}
	return value
}

// settled is a value that everybody has seen for long.
func settled[T any](value T) *lagged[T] {
	return &lagged[T]{Versions: []version[T]{{Value: value}}}
}
