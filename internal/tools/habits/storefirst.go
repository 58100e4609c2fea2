// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// storeFirst wants Create of a resource to store what was created before it asks the tenant for anything else: what fails
// after the creation must not cost the user the object or its secret.
var storeFirst = &analysis.Analyzer{
	Name: "storefirst",
	Doc:  "reports a Create of a resource that talks to the tenant between the creation and the storing of the state",
	Run: func(pass *analysis.Pass) (any, error) {
		for _, file := range pass.Files {
			for _, declaration := range file.Decls {
				function, ok := declaration.(*ast.FuncDecl)
				if ok && function.Name.Name == "Create" && function.Body != nil && takes(function, "CreateResponse") {
					checkStored(pass, function)
				}
			}
		}
		return nil, nil
	},
}

func takes(function *ast.FuncDecl, typeName string) bool {
	for _, parameter := range function.Type.Params.List {
		pointer, ok := parameter.Type.(*ast.StarExpr)
		if !ok {
			continue
		}
		if selector, ok := pointer.X.(*ast.SelectorExpr); ok && selector.Sel.Name == typeName {
			return true
		}
	}
	return false
}

// checkStored looks at what stands between the creation and the first mention of the answer's state. The branch that deals
// with the failure of the creation is left out.
func checkStored(pass *analysis.Pass, function *ast.FuncDecl) {
	created := false
	for _, statement := range function.Body.List {
		switch {
		case !created:
			created = creates(statement)
		case isErrorBranch(statement):
		case mentions(statement, "resp", "State"):
			return
		case talks(statement):
			pass.Reportf(statement.Pos(), "what was created is not stored yet: set resp.State before the next request")
			return
		}
	}
	if created {
		pass.Reportf(function.Pos(), "what was created is not stored: set resp.State")
	}
}

// creates tells statements that call a method of the client whose name begins with Create.
func creates(statement ast.Stmt) bool {
	return calls(statement, func(selector *ast.SelectorExpr) bool {
		return strings.HasPrefix(selector.Sel.Name, "Create") && ofClient(selector.X)
	})
}

// talks tells statements that call a method of the client.
func talks(statement ast.Stmt) bool {
	return calls(statement, func(selector *ast.SelectorExpr) bool { return ofClient(selector.X) && selector.Sel.Name != "Now" })
}

func calls(statement ast.Stmt, match func(*ast.SelectorExpr) bool) bool {
	found := false
	ast.Inspect(statement, func(node ast.Node) bool {
		if call, ok := node.(*ast.CallExpr); ok {
			if selector, ok := call.Fun.(*ast.SelectorExpr); ok && match(selector) {
				found = true
			}
		}
		return !found
	})
	return found
}

// ofClient tells r.Client and what hangs on it.
func ofClient(expression ast.Expr) bool {
	selector, ok := expression.(*ast.SelectorExpr)
	return ok && (selector.Sel.Name == "Client" || ofClient(selector.X))
}

func isErrorBranch(statement ast.Stmt) bool {
	branch, ok := statement.(*ast.IfStmt)
	if !ok {
		return false
	}
	condition, ok := branch.Cond.(*ast.BinaryExpr)
	if !ok {
		return false
	}
	name, ok := condition.X.(*ast.Ident)
	return ok && strings.HasPrefix(name.Name, "err")
}

func mentions(node ast.Node, base, field string) bool {
	found := false
	ast.Inspect(node, func(node ast.Node) bool {
		if selector, ok := node.(*ast.SelectorExpr); ok && selector.Sel.Name == field {
			if name, ok := selector.X.(*ast.Ident); ok && name.Name == base {
				found = true
			}
		}
		return !found
	})
	return found
}
