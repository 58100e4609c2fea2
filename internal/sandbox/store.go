// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// dataFormat is the version of the data file. Format 2 has apps and their workflows.
const dataFormat = 2

// data is everything that a tenant keeps across a restart.
type data struct {
	Format      int                `json:"format"`
	Credentials Credentials        `json:"credentials"`
	ClockOffset time.Duration      `json:"clockOffset"`
	Secrets     map[string]*bearer `json:"secrets"`

	APITokens    []*APIToken    `json:"apiTokens"`
	OAuthClients []*OAuthClient `json:"oauthClients"`
	// OAuthSecrets are the client secrets by the clients' GUIDs.
	OAuthSecrets map[string]string  `json:"oauthSecrets"`
	Users        []*User            `json:"users"`
	Groups       []*Group           `json:"groups"`
	Roles        []*Role            `json:"roles"`
	Entities     map[string]*Entity `json:"entities"` // by GUID
	// Admins are those of connections and collections, by GUID, as the authorizer comes to know them.
	Admins map[string]*lagged[admins] `json:"admins"`

	Workflows    []*Workflow    `json:"workflows"`
	Runs         []*Run         `json:"runs"`
	Apps         []*App         `json:"apps"`
	AppWorkflows []*AppWorkflow `json:"appWorkflows"`
	AppRuns      []*AppRun      `json:"appRuns"`
	Vault        []*Credential  `json:"vault"`
}

// changed marks the tenant's data as changed by the request at hand; whoever holds the lock saves it at the end.
func (t *Tenant) changed() {
	t.generation++
	t.dirty = true
}

// saveIfChanged writes the data file. It replaces the file in one step, so that a reader or a killed process never
// leaves half a tenant behind.
func (t *Tenant) saveIfChanged() {
	if !t.dirty {
		return
	}
	t.dirty = false
	if t.opts.DataFile == "" {
		return
	}
	if err := writeData(t.opts.DataFile, t.data); err != nil {
		t.opts.Logger.Error("the tenant could not be saved", "file", t.opts.DataFile, "error", err)
	}
}

func writeData(file string, d *data) (err error) {
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*") // mode 0600: it holds keys
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	_, err = tmp.Write(text)
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}

// readData returns nil where the file does not exist yet.
func readData(file string) (*data, error) {
	text, err := os.ReadFile(file) //nolint:gosec // the user names the file
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	d := &data{}
	if err := json.Unmarshal(text, d); err != nil {
		return nil, fmt.Errorf("%s does not hold a sandbox tenant: %w", file, err)
	}
	if d.Format != dataFormat {
		return nil, fmt.Errorf("%s holds format %d, this version reads format %d: remove the file to start anew", file, d.Format, dataFormat)
	}
	return d, nil
}

// find returns the first record that fits, or nil.
func find[T any](records []*T, fits func(*T) bool) *T {
	if i := slices.IndexFunc(records, fits); i >= 0 {
		return records[i]
	}
	return nil
}
