// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// newSecret returns a bearer secret. It has the look of Atlan's JWTs, so that a client's redaction rules are put to the
// test, but its content is random: a client must not read anything out of it.
func newSecret() string {
	header := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256","typ":"JWT"}`))
	return strings.Join([]string{header, randomText(96), randomText(64)}, ".")
}

func newGUID() string { return uuid.NewString() }

// newShortID is the 22-character id that the metastore ends its qualified names with (metastore PersonaPreProcessor).
func newShortID() string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	id := randomBytes(22)
	for i, b := range id {
		id[i] = alphabet[int(b)%len(alphabet)]
	}
	return string(id)
}

// newEpoch ends a connection's qualified name as SDKs do, with ten digits (pyatlan connection.py), but never clashes.
func newEpoch() string {
	const first, span = 1_600_000_000, 300_000_000
	return strconv.FormatInt(first+int64(binary.BigEndian.Uint32(randomBytes(4)))%span, 10)
}

// newRequestID is Heracles' form of a request id: 32 hexadecimal digits without dashes (apidocs).
func newRequestID() string { return hex.EncodeToString(randomBytes(16)) }

func randomText(n int) string { return base64.RawURLEncoding.EncodeToString(randomBytes(n)) }

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program rather than return an error
	return b
}
