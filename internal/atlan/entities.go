// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Types of metastore entities.
const (
	typePersona    = "Persona"
	typePolicy     = "AuthPolicy"
	typeConnection = "Connection"
	typeCollection = "Collection"
)

const (
	entityBulkPath   = "/api/meta/entity/bulk"
	entityGUIDPath   = "/api/meta/entity/guid/"
	entityUniquePath = "/api/meta/entity/uniqueAttribute/type/"
	// entitiesPerRead is how many GUIDs one read names; Atlan advises at most 100 (docs.atlan.com, API limits).
	entitiesPerRead = 100
)

// entities reads and writes objects of the metastore, which personas, policies and connections are (/api/meta). Reads
// by GUID are consistent with writes at once, unlike searches.
type entities struct {
	client   *Client
	loader   *loader[entity]
	families families
	// as is the credential that requests are made with.
	as Credential
}

func newEntities(c *Client, as Credential) *entities {
	e := &entities{client: c, as: as}
	e.loader = newLoader(c.limit, e.read, nil)
	e.loader.some, e.loader.someLimit = e.readSome, entitiesPerRead
	return e
}

// entity is an object of the metastore.
type entity struct {
	TypeName               string                     `json:"typeName"`
	GUID                   string                     `json:"guid"`
	Status                 string                     `json:"status"`
	Attributes             map[string]json.RawMessage `json:"attributes"`
	RelationshipAttributes struct {
		Policies      []reference `json:"policies"`
		AccessControl *reference  `json:"accessControl"`
	} `json:"relationshipAttributes"`
	CreatedBy  string `json:"createdBy"`
	CreateTime int64  `json:"createTime"`
}

// reference points to a related entity.
type reference struct {
	GUID               string `json:"guid"`
	TypeName           string `json:"typeName,omitempty"`
	DisplayText        string `json:"displayText,omitempty"`
	EntityStatus       string `json:"entityStatus,omitempty"`
	RelationshipStatus string `json:"relationshipStatus,omitempty"`
}

// active tells whether the related entity and the relation live: a deleted policy may stay listed under its persona.
func (r reference) active() bool {
	return r.EntityStatus != statusDeleted && r.RelationshipStatus != statusDeleted
}

const statusDeleted = "DELETED"

// absent are the codes by which the metastore says that there is no entity of a GUID or qualified name (metastore
// INSTANCE_GUID_NOT_FOUND, INSTANCE_BY_UNIQUE_ATTRIBUTE_NOT_FOUND).
var absent = []string{"ATLAS-404-00-005", "ATLAS-404-00-009"}

// text returns a string attribute; "" when it is missing or null.
func (e entity) text(name string) string {
	var s string
	_ = json.Unmarshal(e.Attributes[name], &s) // anything but a string says nothing
	return s
}

// flag returns a boolean attribute; ok is false when it is missing or null.
func (e entity) flag(name string) (value, ok bool) {
	var b *bool
	if json.Unmarshal(e.Attributes[name], &b) != nil || b == nil {
		return false, false
	}
	return *b, true
}

// list returns a list of strings; nil when it is missing, null or empty.
func (e entity) list(name string) []string {
	var values []string
	_ = json.Unmarshal(e.Attributes[name], &values)
	return values
}

func (e entity) created() time.Time { return time.UnixMilli(e.CreateTime).UTC() }

// entityInput is an entity to save. A missing attribute stays as it is.
type entityInput struct {
	TypeName   string         `json:"typeName"`
	GUID       string         `json:"guid"`
	Attributes map[string]any `json:"attributes"`
}

// placeholderGUID marks an entity to create.
const placeholderGUID = "-1"

// get reads an entity that has not been deleted. Concurrent calls are answered by one request. The error matches
// [ErrNotFound] when there is none of that type, soft-deleted ones included.
func (e *entities) get(ctx context.Context, typeName, guid string) (entity, error) {
	found, err := e.loader.load(ctx, guid)
	return e.living(found, err, typeName, guid)
}

// now is [entities.get] of an entity as it is at the moment: not as it was read along with others before.
func (e *entities) now(ctx context.Context, typeName, guid string) (entity, error) {
	e.loader.forget(guid)
	return e.get(ctx, typeName, guid)
}

// fresh reads an entity as it is now, past what concurrent readers share.
func (e *entities) fresh(ctx context.Context, typeName, guid string) (entity, error) {
	found, err := e.read(ctx, guid)
	return e.living(found, err, typeName, guid)
}

func (e *entities) living(found entity, err error, typeName, guid string) (entity, error) {
	var answer *Error
	if errors.As(err, &answer) && answer.StatusCode == http.StatusNotFound && !slices.Contains(absent, answer.Code) {
		answer.sentinel = nil // a 404 that says something else is not the absence of an entity
	}
	if err != nil {
		return entity{}, err
	}
	if found.TypeName != typeName || found.Status == statusDeleted {
		return entity{}, fmt.Errorf("no %s has the GUID %s: %w", typeName, guid, ErrNotFound)
	}
	return found, nil
}

func (e *entities) read(ctx context.Context, guid string) (entity, error) {
	var answer struct {
		Entity entity `json:"entity"`
	}
	err := e.client.do(ctx, call{method: http.MethodGet, path: entityGUIDPath + url.PathEscape(guid), class: replayable, as: e.as}, &answer)
	return answer.Entity, err
}

// readSome reads several entities at once. One that does not exist fails the whole request.
func (e *entities) readSome(ctx context.Context, guids []string) (map[string]entity, error) {
	found := map[string]entity{}
	for chunk := range slices.Chunk(guids, entitiesPerRead) {
		var answer struct {
			Entities []entity `json:"entities"`
		}
		err := e.client.do(ctx, call{method: http.MethodGet, path: entityBulkPath, query: url.Values{"guid": chunk}, class: replayable, as: e.as}, &answer)
		if err != nil {
			return nil, err
		}
		for _, one := range answer.Entities {
			found[one.GUID] = one
			if one.TypeName == typePersona {
				e.families.meet(one.GUID)
				e.loader.expect(activeGUIDs(one.RelationshipAttributes.Policies))
			}
		}
	}
	return found, nil
}

// byQualifiedName reads a living entity by its qualified name.
func (e *entities) byQualifiedName(ctx context.Context, typeName, qualifiedName string) (entity, error) {
	var answer struct {
		Entity entity `json:"entity"`
	}
	err := e.client.do(ctx, call{
		method: http.MethodGet, path: entityUniquePath + typeName, query: url.Values{"attr:qualifiedName": {qualifiedName}}, class: replayable,
		as: e.as,
	}, &answer)
	return e.living(answer.Entity, err, typeName, qualifiedName)
}

// create makes one new entity and returns its GUID. It is sent once; see [createOnce].
func (e *entities) create(ctx context.Context, input entityInput) (string, error) {
	input.GUID = placeholderGUID
	answer, err := e.save(ctx, createOnce, input)
	if err != nil {
		return "", err
	}
	guid := answer.GUIDAssignments[placeholderGUID]
	if guid == "" {
		for _, created := range answer.MutatedEntities["CREATE"] {
			if created.TypeName == input.TypeName {
				guid = created.GUID
			}
		}
	}
	if guid == "" {
		return "", &Error{
			Method: http.MethodPost, Path: entityBulkPath, StatusCode: http.StatusOK,
			Message: "the answer lacks the GUID of the new " + input.TypeName, sentinel: ErrInvalidAnswer,
		}
	}
	return guid, nil
}

// update saves an existing entity. Saving what is already so changes nothing.
func (e *entities) update(ctx context.Context, input entityInput) error {
	defer e.client.wroteEntity(input.GUID)
	_, err := e.save(ctx, replayable, input)
	return err
}

// updateOnce is [entities.update] for changes that go by what was read before: it is not sent again by itself, since what
// was read may have changed meanwhile.
func (e *entities) updateOnce(ctx context.Context, input entityInput) error {
	defer e.client.wroteEntity(input.GUID)
	_, err := e.save(ctx, createOnce, input)
	return err
}

// wroteEntity makes every reader see a change, whichever credential it was made with.
func (c *Client) wroteEntity(guid string) {
	c.entities.loader.wrote(guid)
	c.userEntities.loader.wrote(guid)
}

type mutationAnswer struct {
	GUIDAssignments map[string]string   `json:"guidAssignments"`
	MutatedEntities map[string][]entity `json:"mutatedEntities"`
}

func (e *entities) save(ctx context.Context, class retryClass, input entityInput) (mutationAnswer, error) {
	var answer mutationAnswer
	err := e.client.do(ctx, call{
		method: http.MethodPost, path: entityBulkPath, class: class, as: e.as, body: map[string]any{"entities": []entityInput{input}},
		query: url.Values{"replaceTags": {"false"}, "appendTags": {"false"}, "replaceBusinessAttributes": {"false"}, "overwriteBusinessAttributes": {"false"}},
	}, &answer)
	return answer, err
}

// purge deletes an entity for good. One that does not exist counts as deleted.
func (e *entities) purge(ctx context.Context, typeName, guid string) error {
	defer e.client.wroteEntity(guid)
	err := e.client.do(ctx, call{
		method: http.MethodDelete, path: entityBulkPath, query: url.Values{"guid": {guid}, "deleteType": {"PURGE"}}, class: replayable, as: e.as,
	}, nil)
	var answer *Error
	if err == nil || !errors.As(err, &answer) {
		return err
	}
	// An attempt before this one may have succeeded unheard: what counts is whether the entity is still there.
	if _, readErr := e.fresh(ctx, typeName, guid); errors.Is(readErr, ErrNotFound) {
		return nil
	}
	return err
}
