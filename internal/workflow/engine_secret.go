// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"bytes"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
)

// secretRounds makes trying out secrets costlier for whoever has the state, while a plan of a thousand workflows still takes
// seconds. The secrets of API keys are too long to be tried out at all.
const secretRounds = 10_000

// secretHash tells whether a secret is the one that was sent, without knowing it.
type secretHash struct {
	Salt []byte `json:"salt"`
	Hash []byte `json:"hash"`
}

// hashSecret hashes all secrets of a credential with a salt of its own.
func hashSecret(secrets map[string]string) secretHash {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	return secretHash{Salt: salt, Hash: derive(secrets, salt)}
}

// matches tells whether these are the secrets that were hashed.
func (h secretHash) matches(secrets map[string]string) bool {
	return subtle.ConstantTimeCompare(h.Hash, derive(secrets, h.Salt)) == 1
}

func derive(secrets map[string]string, salt []byte) []byte {
	text, _ := json.Marshal(secrets) // keys in order; texts can always be encoded
	hash, err := pbkdf2.Key(sha256.New, string(bytes.TrimSpace(text)), salt, secretRounds, sha256.Size)
	if err != nil {
		panic(err) // the lengths are constants
	}
	return hash
}
