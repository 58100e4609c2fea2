// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// configuration is the parsed text of a block on a page.
type configuration struct {
	text string
	body *hclsyntax.Body
}

func parse(t *testing.T, shown fence) configuration {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(shown.text), shown.page, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%s:%d: %v", shown.page, shown.line, diags)
	}
	return configuration{text: shown.text, body: file.Body.(*hclsyntax.Body)}
}

// has tells whether there is a top-level block of that type.
func (c configuration) has(blockType string) bool {
	return slices.ContainsFunc(c.body.Blocks, func(b *hclsyntax.Block) bool { return b.Type == blockType })
}

// defines are the addresses that a top-level block defines.
func defines(block *hclsyntax.Block) []string {
	switch block.Type {
	case "resource":
		return []string{strings.Join(block.Labels, ".")}
	case "data", "ephemeral", "module":
		return []string{block.Type + "." + strings.Join(block.Labels, ".")}
	case "variable":
		return []string{"var." + block.Labels[0]}
	case "locals":
		var names []string
		for name := range block.Body.Attributes {
			names = append(names, "local."+name)
		}
		return names
	case "provider":
		if alias, ok := block.Body.Attributes["alias"]; ok {
			value, _ := alias.Expr.Value(nil)
			return []string{block.Labels[0] + "." + value.AsString()}
		}
	}
	return nil
}

// refers are the addresses that a body refers to, in any form that an object of a module can be referred to.
func refers(body *hclsyntax.Body) []string {
	found := map[string]bool{}
	diags := hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
		expression, ok := node.(*hclsyntax.ScopeTraversalExpr)
		if !ok {
			return nil
		}
		var steps []string
		for _, step := range expression.Traversal {
			switch step := step.(type) {
			case hcl.TraverseRoot:
				steps = append(steps, step.Name)
			case hcl.TraverseAttr:
				steps = append(steps, step.Name)
			}
		}
		want := 2
		if slices.Contains([]string{"data", "ephemeral"}, steps[0]) {
			want = 3
		}
		if len(steps) >= want {
			found[strings.Join(steps[:want], ".")] = true
		}
		return nil
	})
	if diags.HasErrors() {
		panic(diags)
	}
	return slices.Sorted(maps.Keys(found))
}

// support is what the configuration needs of the other blocks of its page, the nearest one before it first, and the
// variables without a default of both.
func (c configuration) support(t *testing.T, page []fence) (text string, variables []string) {
	t.Helper()
	available := map[string]*hclsyntax.Block{}
	sources := map[*hclsyntax.Block]string{}
	for _, other := range slices.Backward(page) {
		if !other.isConfiguration() {
			continue
		}
		blocks := parse(t, other)
		for _, block := range blocks.body.Blocks {
			sources[block] = other.text[block.TypeRange.Start.Byte:block.CloseBraceRange.End.Byte]
			for _, address := range defines(block) {
				available[address] = block
			}
		}
	}
	defined := map[string]bool{}
	missing := refers(c.body)
	own := slices.Clone(c.body.Blocks)
	for _, block := range own {
		for _, address := range defines(block) {
			defined[address] = true
		}
	}
	for len(missing) > 0 {
		address := missing[0]
		missing = missing[1:]
		block := available[address]
		switch {
		case defined[address] || block == nil && !strings.HasPrefix(address, "var."):
			continue
		case block == nil:
			text += fmt.Sprintf("variable %q {}\n", strings.TrimPrefix(address, "var."))
			variables = append(variables, strings.TrimPrefix(address, "var."))
			defined[address] = true
			continue
		}
		for _, also := range defines(block) {
			defined[also] = true
		}
		text += sources[block] + "\n"
		own = append(own, block)
		missing = append(missing, refers(block.Body)...)
	}
	for _, block := range own {
		if _, hasDefault := block.Body.Attributes["default"]; block.Type == "variable" && !hasDefault {
			variables = append(variables, block.Labels[0])
		}
	}
	return text, variables
}
