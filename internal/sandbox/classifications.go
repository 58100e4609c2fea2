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

// tagALTR is the tag that runs of the ALTR app attach. A real tenant makes up a name of random letters and digits.
const tagALTR = "ALTR_PII"

// sourceTagsAttribute is the attribute of a tag that says where it comes from. Its name is made up by the tenant, too;
// clients find it by its display name (pyatlan cache/common/atlan_tag_cache.py).
const sourceTagsAttribute = "SandboxSourceTags00001"

// shownTags are an entity's tags as they are read (metastore AtlasClassification, pyatlan model/structs.py
// SourceTagAttachment).
func (e *Entity) shownTags() []any {
	var shown []any
	for _, c := range e.Classifications {
		shown = append(shown, map[string]any{
			"typeName": c.TypeName, "entityGuid": e.GUID, "entityStatus": e.Status, "propagate": false,
			"removePropagationsOnEntityDelete": true, "restrictPropagationThroughLineage": true,
			"attributes": map[string]any{sourceTagsAttribute: []any{map[string]any{
				"typeName": "SourceTagAttachment", "attributes": map[string]any{
					"sourceTagName": c.TypeName, "sourceTagQualifiedName": c.Source + "/" + c.Job, "sourceTagConnectorName": "altr",
				},
			}}},
		})
	}
	return shown
}

// getTypeDefs shows the types of tags, and the structure that is attached with them; of other types the sandbox says
// nothing (pyatlan cache/atlan_tag_cache.py, which insists on a structure).
func (t *Tenant) getTypeDefs(*request) (any, error) {
	empty := []any{}
	return map[string]any{
		"enumDefs": empty, "entityDefs": empty, "relationshipDefs": empty, "businessMetadataDefs": empty,
		"structDefs": []any{map[string]any{"category": "STRUCT", "name": "SourceTagAttachment", "attributeDefs": empty}},
		"classificationDefs": []any{map[string]any{
			"category": "CLASSIFICATION", "name": tagALTR, "displayName": "ALTR PII", "entityTypes": empty, "superTypes": empty, "subTypes": empty,
			"attributeDefs": []any{map[string]any{
				"name": sourceTagsAttribute, "displayName": "sourceTagAttachment", "typeName": "array<SourceTagAttachment>", "isOptional": true,
			}},
		}},
	}, nil
}
