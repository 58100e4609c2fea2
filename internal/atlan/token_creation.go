// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"
)

const (
	kindToken = "API token"

	createAttempts = 5
	// A creation that the tenant has received runs on until its caller's deadline, or this long without one, even when
	// the caller is cancelled.
	createWindow = 5 * time.Minute
)

// TokenCreation is the outcome of [Tokens.Create].
type TokenCreation struct {
	// Token holds the secret.
	Token Token
	// Namesakes are the living tokens that already bore the name.
	Namesakes []Token
	// Discarded are the GUIDs of tokens of earlier attempts whose secret was lost with the answer; they are deleted.
	Discarded []string
	// Orphans are GUIDs of such tokens that could not be deleted.
	Orphans []string
}

// Create makes a token and returns it with its one-time secret, or leaves none behind.
//
// A creation is not idempotent and its answer cannot be asked for again. So the tokens that bear the name are listed
// first; when the answer is lost or ambiguous, they are listed again, what this caller has newly made is deleted, since
// nobody holds its secret, and the creation is tried again. When that fails too, or the tenant did not answer in time and
// may yet make the token, the error is an *[AmbiguousError].
//
// Once the request may have been sent, cancelling ctx no longer ends it: the answer holds a secret that exists nowhere
// else. Its deadline still does. Creations of one name wait for each other, so that none takes another's token for a
// lost one.
func (t *Tokens) Create(ctx context.Context, input TokenInput) (TokenCreation, error) {
	unlock, err := t.names.lock(ctx, input.Name)
	if err != nil {
		return TokenCreation{}, err
	}
	defer unlock()
	known, err := t.FindByName(ctx, input.Name)
	if err == nil {
		err = ctx.Err() // the last chance to cancel
	}
	if err != nil {
		return TokenCreation{}, err
	}
	creation := &tokenCreation{tokens: t, input: input, started: t.client.Now(), known: guids(known)}
	creation.result.Namesakes = slices.DeleteFunc(known, func(token Token) bool { return token.Expired(creation.started) })
	err = creation.run(ctx)
	return creation.result, err
}

// tokenCreation is one call of Create.
type tokenCreation struct {
	tokens  *Tokens
	input   TokenInput
	started time.Time
	known   []string // GUIDs of the tokens of the name that no attempt of this creation made
	slow    bool     // an attempt was not answered in time, and what it makes may come late
	result  TokenCreation
}

// run makes attempts until one succeeds. Cancelling caller ends the pauses between them, but no attempt.
func (c *tokenCreation) run(caller context.Context) error {
	ctx, cancel := detach(caller)
	defer cancel()
	var err error
	for attempt := range createAttempts {
		if attempt > 0 && sleep(caller, pauseAfter(err, c.tokens.client.wait<<attempt)) != nil {
			return c.giveUp(fmt.Errorf("no time is left for another attempt, and none left a token behind: %w", err))
		}
		c.result.Token, err = c.post(ctx)
		if err == nil {
			if attempt > 0 {
				c.sweep(ctx)
			}
			return nil
		}
		if !wasSent(err) {
			return c.giveUp(err)
		}
		if recoveryErr := c.recover(ctx, err); recoveryErr != nil {
			return recoveryErr
		}
		// What the tenant is too slow with may follow: a second attempt would then leave a token that nobody knows of.
		if c.slow || !mayTryAgain(err) {
			return c.giveUp(err)
		}
	}
	return c.giveUp(fmt.Errorf("gave up after %d attempts, none of which left a token behind: %w", createAttempts, err))
}

// giveUp reports the end of a creation of which the tenant shows no trace, or none yet.
func (c *tokenCreation) giveUp(err error) error {
	if c.slow {
		return &AmbiguousError{Kind: kindToken, Lost: c.lost(), Err: err, Recovery: errMayFollow}
	}
	return err
}

func (c *tokenCreation) post(ctx context.Context) (Token, error) {
	body := c.input.wire()
	body["validitySeconds"] = c.input.ValiditySeconds
	var token Token
	err := c.tokens.client.do(ctx, call{
		method: http.MethodPost, path: tokensPath, body: body, class: createOnce,
		// Creating a token can take long; atlan-java triples its read timeout for it.
		timeout: 3 * c.tokens.client.requestTimeout,
	}, &token)
	if err != nil {
		return Token{}, err
	}
	c.tokens.client.mask.add(token.Secret)
	if token.GUID == "" || token.Secret == "" {
		return Token{}, &Error{
			Method: http.MethodPost, Path: tokensPath, StatusCode: http.StatusOK,
			Message: "the answer lacks the token's GUID or its secret", sentinel: ErrInvalidAnswer,
		}
	}
	return token, nil
}

func guids(tokens []Token) []string {
	var all []string
	for _, token := range tokens {
		all = append(all, token.GUID)
	}
	return all
}

// detach returns a context that the cancellation of ctx does not end, with the deadline of ctx or createWindow.
func detach(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		deadline = time.Now().Add(createWindow)
	}
	return context.WithDeadline(context.WithoutCancel(ctx), deadline)
}
