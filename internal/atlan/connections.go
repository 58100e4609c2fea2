// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package atlan

import "context"

// Connections reads connections: the sources whose assets policies are about.
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

// Get reads a connection by its GUID; the error matches [ErrNotFound] when there is none. It is asked for once.
func (s *Connections) Get(ctx context.Context, guid string) (Connection, error) {
	if qualifiedName := s.qualifiedNames.get(guid); qualifiedName != "" {
		return Connection{GUID: guid, QualifiedName: qualifiedName}, nil
	}
	found, err := s.client.entities.get(ctx, typeConnection, guid)
	return s.remember(found, err)
}

// FindByQualifiedName reads a connection by its qualified name; the error matches [ErrNotFound] when there is none. It
// is asked for once.
func (s *Connections) FindByQualifiedName(ctx context.Context, qualifiedName string) (Connection, error) {
	if guid := s.guids.get(qualifiedName); guid != "" {
		return Connection{GUID: guid, QualifiedName: qualifiedName}, nil
	}
	found, err := s.client.entities.byQualifiedName(ctx, typeConnection, qualifiedName)
	return s.remember(found, err)
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
