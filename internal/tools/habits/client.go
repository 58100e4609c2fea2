// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// ofTheClient tells the package whose habits these are.
func ofTheClient(pass *analysis.Pass) bool {
	return strings.HasSuffix(pass.Pkg.Path(), "internal/atlan")
}

// retryClass wants every request of the client to say whether it may be sent again, and none that creates to be replayed.
var retryClass = &analysis.Analyzer{
	Name: "retryclass",
	Doc:  "reports requests that do not say whether they may be sent again, and creations that may",
	Run: func(pass *analysis.Pass) (any, error) {
		if !ofTheClient(pass) {
			return nil, nil
		}
		inFunctions(pass, func(function *ast.FuncDecl, node ast.Node) {
			sent, ok := node.(*ast.CallExpr)
			if !ok || !named(sent.Fun, "do") {
				return
			}
			for _, argument := range sent.Args {
				if literal, ok := argument.(*ast.CompositeLit); ok && isCall(pass, literal) {
					checkClass(pass, function, literal)
				}
			}
		})
		return nil, nil
	},
}

func checkClass(pass *analysis.Pass, function *ast.FuncDecl, literal *ast.CompositeLit) {
	class, method := field(literal, "class"), field(literal, "method")
	switch {
	case class == nil:
		pass.Reportf(literal.Pos(), "say whether the request may be sent again: class is replayable or createOnce")
	case isName(class, "replayable") && named(method, "MethodPost") && makes(function.Name.Name):
		pass.Reportf(class.Pos(), "a creation is never replayed: class must be createOnce")
	}
}

// makes tells the names of functions that create.
func makes(name string) bool {
	for _, verb := range []string{"create", "post", "submit"} {
		if strings.HasPrefix(strings.ToLower(name), verb) {
			return true
		}
	}
	return false
}

func isCall(pass *analysis.Pass, literal *ast.CompositeLit) bool {
	is, ok := pass.TypesInfo.TypeOf(literal).(*types.Named)
	return ok && is.Obj().Name() == "call"
}

// noBody wants no body of a request or an answer to be quoted: it may hold a secret, or what a gateway echoes.
var noBody = &analysis.Analyzer{
	Name: "nobody",
	Doc:  "reports bytes that are quoted in an error or in a text",
	Run: func(pass *analysis.Pass) (any, error) {
		if !ofTheClient(pass) {
			return nil, nil
		}
		inFunctions(pass, func(_ *ast.FuncDecl, node ast.Node) {
			switch node := node.(type) {
			case *ast.CallExpr:
				if quotes(pass, node) {
					refuseBytes(pass, node.Args)
				}
			case *ast.KeyValueExpr:
				if isName(node.Key, "Message") {
					refuseBytes(pass, []ast.Expr{node.Value})
				}
			}
		})
		return nil, nil
	},
}

// quotes tells calls that put their arguments into a text or a log.
func quotes(pass *analysis.Pass, call *ast.CallExpr) bool {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if selector.Sel.Name == "log" {
		return true
	}
	function, ok := pass.TypesInfo.ObjectOf(selector.Sel).(*types.Func)
	if !ok || function.Pkg() == nil {
		return false
	}
	of := function.Pkg().Path()
	return of == "fmt" && !strings.HasPrefix(function.Name(), "Sscan") || of == "errors" && function.Name() == "New"
}

func refuseBytes(pass *analysis.Pass, expressions []ast.Expr) {
	for _, expression := range expressions {
		if conversion, ok := expression.(*ast.CallExpr); ok && len(conversion.Args) == 1 && isName(conversion.Fun, "string") {
			expression = conversion.Args[0]
		}
		if isBytes(pass.TypesInfo.TypeOf(expression)) {
			pass.Reportf(expression.Pos(), "do not quote a body: it may hold a secret")
		}
	}
}

func isBytes(is types.Type) bool {
	if is == nil {
		return false
	}
	slice, ok := is.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	element, ok := slice.Elem().Underlying().(*types.Basic)
	return ok && element.Kind() == types.Byte
}

// inFunctions visits the nodes of every function but those of tests.
func inFunctions(pass *analysis.Pass, visit func(*ast.FuncDecl, ast.Node)) {
	for _, file := range pass.Files {
		if strings.HasSuffix(pass.Fset.Position(file.Pos()).Filename, "_test.go") {
			continue
		}
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok {
				ast.Inspect(function, func(node ast.Node) bool { visit(function, node); return true })
			}
		}
	}
}

func field(literal *ast.CompositeLit, name string) ast.Expr {
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok && isName(pair.Key, name) {
			return pair.Value
		}
	}
	return nil
}

func isName(expression ast.Expr, name string) bool {
	identifier, ok := expression.(*ast.Ident)
	return ok && identifier.Name == name
}

func named(expression ast.Expr, name string) bool {
	selector, ok := expression.(*ast.SelectorExpr)
	return ok && selector.Sel.Name == name
}
