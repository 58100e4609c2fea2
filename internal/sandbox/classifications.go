// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package sandbox

// Classification is a tag on an entity.
type Classification struct {
	TypeName string `json:"typeName"`
	// Source is the qualified name of the connection whose run has attached the tag.
	Source string `json:"source"`
	// Job is what the run imported.
	Job string `json:"job"`
}

// tags are the names of an entity's tags.
func (e *Entity) tags() []string {
	var names []string
	for _, c := range e.Classifications {
		names = append(names, c.TypeName)
	}
	return names
}

// shownTags are an entity's tags as they are read (metastore AtlasClassification). Those of a source say where they come
// from; the names of these attributes are inferred from Atlan's SourceTagAttachment.
func (e *Entity) shownTags() []any {
	var shown []any
	for _, c := range e.Classifications {
		shown = append(shown, map[string]any{
			"typeName": c.TypeName, "entityGuid": e.GUID, "entityStatus": e.Status, "propagate": false,
			"removePropagationsOnEntityDelete": true, "restrictPropagationThroughLineage": true,
			"attributes": map[string]any{"sourceTagAttachments": []any{map[string]any{
				"typeName": "SourceTagAttachment", "attributes": map[string]any{
					"sourceTagName": c.TypeName, "sourceTagQualifiedName": c.Source + "/" + c.Job, "sourceTagConnectorName": "altr",
				},
			}}},
		})
	}
	return shown
}
