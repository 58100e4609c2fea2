// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	// recoveryAttempts is how often a step of the recovery from a lost answer is tried, each with its own retries,
	// before it is given up: what is at stake is a living secret that nobody holds.
	recoveryAttempts = 3
	// The recovery from a lost answer has its own time, since the deadline may be what lost it.
	recoveryWindow = 2 * time.Minute
	// The tenant's clock is known to a few seconds.
	clockTolerance = time.Minute
)

// errMayFollow is why a creation that timed out has an unknown outcome although its token is not listed.
var errMayFollow = errors.New("none is listed yet, but the tenant may still be about to make it")

// LostCreation describes a creation whose outcome is unknown, well enough to recognise later what it made. It holds no
// secret and can be stored as JSON.
type LostCreation struct {
	// Name of the object, and for a policy its kind and the GUID of its persona.
	Name   string `json:"name"`
	Kind   string `json:"kind,omitempty"`
	Parent string `json:"parent,omitempty"`
	// From and Until bound the time of the creation, by the tenant's clock.
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
	// Known are the GUIDs of objects that are not meant.
	Known []string `json:"known,omitempty"`
}

// AmbiguousError says that a creation may have happened but its answer was lost, and that the outcome could not be put
// right.
type AmbiguousError struct {
	// Kind of the object, such as "API token".
	Kind string
	// GUIDs of the objects known to have been made, tokens whose secret was lost and which could not be deleted; empty
	// when not even that could be found out.
	GUIDs []string
	// Lost finds later what the creation made; see [Tokens.FindLost] and its like.
	Lost LostCreation
	// Err is why the outcome is unknown, Recovery why it could not be put right.
	Err, Recovery error
}

// Error implements error.
func (e *AmbiguousError) Error() string {
	if len(e.GUIDs) > 0 {
		return fmt.Sprintf("the tenant created %s %q as %s, but the answer was lost (%v) and it could not be deleted: %v",
			e.Kind, e.Lost.Name, strings.Join(e.GUIDs, ", "), e.Err, e.Recovery)
	}
	return fmt.Sprintf("the tenant may have created %s %q (%v), and whether it did could not be found out: %v", e.Kind, e.Lost.Name, e.Err, e.Recovery)
}

// Unwrap returns both causes.
func (e *AmbiguousError) Unwrap() []error { return []error{e.Err, e.Recovery} }

// Refused tells whether the tenant answered that it refuses the creation, so that a token is not to be expected.
func (e *AmbiguousError) Refused() bool { return !mayTryAgain(e.Err) }

// FindLost returns the tokens that a creation of unknown outcome made: those of its name and time that this caller made.
func (t *Tokens) FindLost(ctx context.Context, lost LostCreation) ([]Token, error) {
	found, err := t.FindByName(ctx, lost.Name)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(token Token) bool {
		return slices.Contains(lost.Known, token.GUID) || token.CreatedAt.Before(lost.From) || token.CreatedAt.After(lost.Until)
	})
	if len(found) == 0 {
		return nil, nil
	}
	me, err := t.client.Principals.CurrentUser(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(token Token) bool { return token.CreatedBy != me.Username }), nil
}

// recover deletes what a failed attempt has left. After an outright refusal nothing is expected, so a failing check is
// not insisted upon.
func (c *tokenCreation) recover(ctx context.Context, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recoveryWindow)
	defer cancel()
	tries := recoveryAttempts
	if !mayTryAgain(cause) {
		tries = 1
	}
	discarded := len(c.result.Discarded)
	var err error
	for try := range tries {
		// The first pause lets a slow commit and its listing catch up.
		if sleepErr := sleep(ctx, c.tokens.client.wait<<try); sleepErr != nil {
			err = firstError(err, sleepErr)
			break
		}
		if err = c.discardLost(ctx); err == nil {
			c.slow = c.slow || timedOut(cause) && len(c.result.Discarded) == discarded
			return nil
		}
	}
	c.slow = c.slow || timedOut(cause)
	return &AmbiguousError{Kind: kindToken, GUIDs: c.result.Orphans, Lost: c.lost(), Err: cause, Recovery: err}
}

// sweep looks once more, after a success that followed a failure, for a token that an earlier attempt made late.
func (c *tokenCreation) sweep(ctx context.Context) {
	c.known = append(c.known, c.result.Token.GUID)
	_ = c.discardLost(ctx) // what it could not delete stands in Orphans
}

// discardLost deletes what the attempts of this creation have made.
func (c *tokenCreation) discardLost(ctx context.Context) error {
	lost, err := c.tokens.FindLost(ctx, c.lost())
	if err != nil {
		return err
	}
	c.result.Orphans = nil
	for _, token := range lost {
		if deleteErr := c.tokens.Delete(ctx, token.GUID); deleteErr != nil {
			err = firstError(err, deleteErr)
			c.result.Orphans = append(c.result.Orphans, token.GUID)
			continue
		}
		c.result.Discarded = append(c.result.Discarded, token.GUID)
	}
	return err
}

// lost describes what this creation may have made so far, or may yet make.
func (c *tokenCreation) lost() LostCreation {
	within := clockTolerance
	if c.slow {
		within = createWindow
	}
	return LostCreation{
		Name: c.input.Name, Known: c.known, From: c.started.Add(-clockTolerance), Until: c.tokens.client.Now().Add(within),
	}
}

func firstError(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

// wasSent tells whether the tenant may have acted on the request that failed.
func wasSent(err error) bool {
	_, notSent := errors.AsType[*notSentError](err)
	return !notSent
}

// timedOut tells whether the tenant, or what is behind its gateway, was too slow to answer.
func timedOut(err error) bool {
	var answer *Error
	var connection *ConnectionError
	return errors.As(err, &connection) && connection.Reason == ReasonTimeout ||
		errors.As(err, &answer) && answer.StatusCode == http.StatusGatewayTimeout
}

// mayTryAgain tells failures that say nothing about the request itself from refusals of it.
func mayTryAgain(err error) bool {
	var answer *Error
	if !errors.As(err, &answer) {
		return true
	}
	return answer.StatusCode >= 500 || errors.Is(err, ErrRateLimited) || errors.Is(err, ErrInvalidAnswer)
}

func pauseAfter(err error, otherwise time.Duration) time.Duration {
	var answer *Error
	if errors.As(err, &answer) && answer.RetryAfter > 0 {
		return min(answer.RetryAfter, maxRetryWait)
	}
	return otherwise
}
