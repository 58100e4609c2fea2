// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"fmt"
)

// creation makes an object that holds no secret, so that one whose answer was lost is looked for and taken over.
type creation struct {
	client *Client
	kind   string
	lost   LostCreation
	// post makes the object and returns its GUID.
	post func(ctx context.Context) (string, error)
	// find returns the GUID of what a lost answer made; "" when there is nothing.
	find func(ctx context.Context) (string, error)
	// certain: when find finds nothing, nothing was made. Otherwise nothing may only be shown yet.
	certain bool
}

// run returns the GUID of the one object that was made. When it cannot be known whether one was, the error is an
// *[AmbiguousError]. Like the creation of tokens it outlives the cancellation of ctx, so that what was made is known.
func (c *creation) run(caller context.Context) (string, error) {
	ctx, cancel := detach(caller)
	defer cancel()
	var err error
	for attempt := range createAttempts {
		if attempt > 0 && sleep(caller, pauseAfter(err, c.client.wait<<attempt)) != nil {
			break
		}
		var guid string
		guid, err = c.post(ctx)
		if err == nil || !wasSent(err) {
			return guid, err
		}
		guid, found := c.recover(ctx, err)
		if found != nil || guid != "" {
			return guid, found
		}
		if !mayTryAgain(err) {
			return "", err
		}
	}
	return "", fmt.Errorf("gave up, and no attempt made anything: %w", err)
}

func (c *creation) recover(ctx context.Context, cause error) (string, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recoveryWindow)
	defer cancel()
	tries := recoveryAttempts
	if !mayTryAgain(cause) {
		tries = 1
	}
	var err error
	for try := range tries {
		if sleepErr := sleep(ctx, c.client.wait<<try); sleepErr != nil {
			err = firstError(err, sleepErr)
			break
		}
		var guid string
		if guid, err = c.find(ctx); err == nil && (guid != "" || c.certain || !mayTryAgain(cause)) {
			return guid, nil
		}
	}
	if err == nil {
		err = errMayFollow
	}
	c.lost.Until = c.client.Now().Add(createWindow)
	return "", &AmbiguousError{Kind: c.kind, Lost: c.lost, Err: cause, Recovery: err}
}
