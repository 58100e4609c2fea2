// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCheck takes releases for what they lack. A whole one is what "make release-dry" checks.
func TestCheck(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	const zipped, tarred = "terraform-provider-atlan_1.2.3_linux_amd64.zip", "atlan-sandbox_1.2.3_linux_arm64.tar.gz"
	r := &release{Version: "1.2.3", root: t.TempDir()}
	write(t, filepath.Join(r.root, manifest), `{"version":1,"metadata":{"protocol_versions":["5.0"]}}`)
	sums := ""
	for name, content := range map[string]string{
		zipped: zipOf(t, map[string]string{"LICENSE": "", "CHANGELOG.md": "", "terraform-provider-atlan_v1.2.3": string(program)}),
		tarred: tarOf(t, map[string]string{"LICENSE": "", "atlan-sandbox": ""}),
		"terraform-provider-atlan_1.2.3_windows_386.zip": zipOf(t,
			map[string]string{"LICENSE": "", "CHANGELOG.md": "", "terraform-provider-atlan_v1.2.3.exe": "no"}),
		"other.zip":               zipOf(t, nil),
		r.sbomName(provider):      `{"bomFormat":"CycloneDX","components":[]}`,
		r.sbomName(sandbox):       `{"bomFormat":"CycloneDX","components":[{}]}`,
		"manipulated.cdx.json":    "good",
		r.manifestName() + ".txt": "",
	} {
		write(t, r.path(name), content)
		sums += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(content)), name)
	}
	write(t, r.path("manipulated.cdx.json"), "bad")
	write(t, r.path(r.sumsName()), sums)

	got := fmt.Sprint(errors.Join(r.check()...))
	for _, want := range []string{
		`manipulated.cdx.json" is not that of the file`,
		"terraform-provider-atlan_1.2.3_darwin_arm64.zip is not in the release",
		"atlan-sandbox_1.2.3_windows_amd64.tar.gz is not in the release",
		`atlan-sandbox_1.2.3_linux_arm64.tar.gz holds ["LICENSE" "atlan-sandbox"], not`,
		"terraform-provider-atlan_1.2.3_windows_386.zip: ",
		"other.zip: registries take every zip for a build of the provider",
		`terraform-provider-atlan_1.2.3_sbom.cdx.json is no bill of materials of this release: "CycloneDX", 0 components`,
		"terraform-registry-manifest.json says {",
		zipped, // this test's own program is built neither for every machine alike nor, perhaps, for that platform
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the problems lack %q", want)
		}
	}
	if strings.Contains(got, r.sbomName(sandbox)) {
		t.Errorf("a good bill of materials is a problem: %s", got)
	}
}

func TestPrintCountsWhatIsThere(t *testing.T) {
	t.Parallel()
	r := &release{Version: "1.2.3", root: t.TempDir()}
	write(t, r.path(r.archiveName("linux_386")), strings.Repeat("x", 1536))
	write(t, r.path(r.sumsName()), strings.Repeat("x", 512))
	var out bytes.Buffer
	r.print(&out)
	want := "0.5 KiB  terraform-provider-atlan_1.2.3_SHA256SUMS\n1.5 KiB  terraform-provider-atlan_1.2.3_linux_386.zip\n\n" +
		"2 artefacts, 0.0 MiB, in dist; nothing was published.\n"
	if strings.Join(strings.Fields(out.String()), " ") != strings.Join(strings.Fields(want), " ") {
		t.Errorf("got\n%s", &out)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func zipOf(t *testing.T, files map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for name, content := range files {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func tarOf(t *testing.T, files map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	archive := tar.NewWriter(zipped)
	for name, content := range files {
		err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content))})
		if _, writeErr := archive.Write([]byte(content)); err != nil || writeErr != nil {
			t.Fatal(err, writeErr)
		}
	}
	if err := errors.Join(archive.Close(), zipped.Close()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
