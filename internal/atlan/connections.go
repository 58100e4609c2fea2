// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import (
	"context"
	"errors"
	"iter"
	"time"
)

// Connections reads connections, the sources whose assets policies are about, and manages their admins.
type Connections struct {
	client *Client
	// GUID and qualified name of a connection belong together for good.
	guids, qualifiedNames syncMap
}

// Connection is a connection's two identities.
type Connection struct {
	GUID string
	// QualifiedName is "default/", the connector and the time of creation, such as "default/snowflake/1700000000".
	QualifiedName string
}

// ConnectionDetails is a connection and who administers it.
type ConnectionDetails struct {
	Connection
	Name string
	// Connector is the kind of source, such as "snowflake"; Category is what it counts as, such as "warehouse".
	Connector, Category string
	Admins              Access
	// CreatedBy is a user name.
	CreatedBy string
	// CreatedAt is the zero time when the tenant does not say.
	CreatedAt time.Time
}

var connectionAdmins = rightLists{PrincipalUser: "adminUsers", PrincipalGroup: "adminGroups", PrincipalRole: "adminRoles"}

// adminChange makes the principal an admin of a connection, or takes that right from it.
func adminChange(principal Principal, present bool) rightsChange {
	return rightsChange{
		typeName: typeConnection, revokes: !present,
		made: func(found entity) bool { return connectionAdmins.of(found).Has(principal) == present },
		lists: func(found entity) (map[string]any, error) {
			list, names, err := connectionAdmins.with(found, principal, present)
			admins := connectionAdmins.of(found)
			if !present && len(admins.Users)+len(admins.Groups)+len(admins.Roles) == 1 {
				return nil, ErrLastAdmin
			}
			return map[string]any{list: names}, err
		},
	}
}

func connectionOf(found entity) ConnectionDetails {
	return ConnectionDetails{
		Connection: Connection{GUID: found.GUID, QualifiedName: found.text("qualifiedName")},
		Name:       found.text("name"), Connector: found.text("connectorName"), Category: found.text("category"),
		Admins: connectionAdmins.of(found), CreatedBy: found.CreatedBy, CreatedAt: found.created(),
	}
}

// Get reads a connection's identities by its GUID; the error matches [ErrNotFound] when there is none. It is asked for once.
func (s *Connections) Get(ctx context.Context, guid string) (Connection, error) {
	if qualifiedName := s.qualifiedNames.get(guid); qualifiedName != "" {
		return Connection{GUID: guid, QualifiedName: qualifiedName}, nil
	}
	found, err := s.client.entities.get(ctx, typeConnection, guid)
	return s.remember(found, err)
}

// FindByQualifiedName reads a connection's identities by its qualified name; the error matches [ErrNotFound] when there is none. It
// is asked for once.
func (s *Connections) FindByQualifiedName(ctx context.Context, qualifiedName string) (Connection, error) {
	if guid := s.guids.get(qualifiedName); guid != "" {
		return Connection{GUID: guid, QualifiedName: qualifiedName}, nil
	}
	found, err := s.client.entities.byQualifiedName(ctx, typeConnection, qualifiedName)
	return s.remember(found, err)
}

// Known tells whether there is a connection of that qualified name, be it one that the caller may not see. It is asked for
// once, however many workflows refer to it.
func (s *Connections) Known(ctx context.Context, qualifiedName string) (bool, error) {
	_, err := remembered(ctx, s.client.Apps, "connection "+qualifiedName, func(ctx context.Context) (Connection, error) {
		return s.FindByQualifiedName(ctx, qualifiedName)
	})
	switch {
	case errors.Is(err, ErrNotFound):
		return false, nil
	case errors.Is(err, ErrForbidden):
		return true, nil
	default:
		return err == nil, err
	}
}

func (s *Connections) remember(found entity, err error) (Connection, error) {
	if err != nil {
		return Connection{}, err
	}
	connection := Connection{GUID: found.GUID, QualifiedName: found.text("qualifiedName")}
	s.guids.set(connection.QualifiedName, connection.GUID)
	s.qualifiedNames.set(connection.GUID, connection.QualifiedName)
	return connection, nil
}

// Read reads a connection as it is now. Concurrent calls are answered by few requests. The error matches [ErrNotFound]
// when there is none. A connection that the client's own credential may not see is read as the user, if there is one.
func (s *Connections) Read(ctx context.Context, guid string) (ConnectionDetails, error) {
	found, err := s.client.visible(func(e *entities) (entity, error) { return e.get(ctx, typeConnection, guid) })
	_, err = s.remember(found, err)
	return connectionOf(found), err
}

// ReadByQualifiedName is [Connections.Read] by qualified name.
func (s *Connections) ReadByQualifiedName(ctx context.Context, qualifiedName string) (ConnectionDetails, error) {
	found, err := s.client.visible(func(e *entities) (entity, error) { return e.byQualifiedName(ctx, typeConnection, qualifiedName) })
	_, err = s.remember(found, err)
	return connectionOf(found), err
}

// FindByName finds the connections of that name; of one connector, unless connector is empty. Names are not unique
// (pyatlan client/asset.py, find_connections_by_name). The search index lags behind by seconds.
func (s *Connections) FindByName(ctx context.Context, name, connector string) ([]ConnectionDetails, error) {
	var filters []map[string]any
	if connector != "" {
		filters = append(filters, term("connectorName", connector))
	}
	hits, err := s.client.visibleHits(ctx, typeConnection, name, filters...)
	var found []ConnectionDetails
	for _, hit := range hits {
		found = append(found, connectionOf(hit))
	}
	return found, err
}

// All lists the connections that the caller may see; of one connector, unless connector is empty. The search index lags
// behind by seconds. It ends with the first error.
func (s *Connections) All(ctx context.Context, connector string) iter.Seq2[ConnectionDetails, error] {
	var filters []map[string]any
	if connector != "" {
		filters = append(filters, term("connectorName", connector))
	}
	return func(yield func(ConnectionDetails, error) bool) {
		for hit, err := range s.client.entities.search(ctx, typeConnection, filters...) {
			if !yield(connectionOf(hit), err) || err != nil {
				return
			}
		}
	}
}

// AddAdmin makes the principal an admin of the connection, and changes nothing if it is one. The error matches
// [ErrForbidden] unless the actor of the credential is an admin of the connection (metastore ConnectionPreProcessor).
//
// A caller that makes its own actor an admin does so as somebody else; what it does next on this connection is retried
// until the right is effective.
func (s *Connections) AddAdmin(ctx context.Context, as Credential, guid string, principal Principal) error {
	return s.client.grant(ctx, as, guid, principal, adminChange(principal, true))
}

// RemoveAdmin is the reverse of [Connections.AddAdmin]. The error is [ErrLastAdmin] when no admin would be left, and
// matches [ErrNotFound] when there is no such connection.
func (s *Connections) RemoveAdmin(ctx context.Context, as Credential, guid string, principal Principal) error {
	_, err := s.client.changeAfterGrant(ctx, as, guid, adminChange(principal, false))
	return err
}
