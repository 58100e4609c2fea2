// Copyright (c) terraform-provider-atlan contributors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

const (
	provider = "terraform-provider-atlan"
	sandbox  = "atlan-sandbox"
	manifest = "terraform-registry-manifest.json"
)

// What a release must have; written here once more, so that a platform cannot be lost from the configuration unnoticed.
var (
	providerPlatforms = []string{
		"darwin_amd64", "darwin_arm64", "freebsd_386", "freebsd_amd64", "freebsd_arm", "freebsd_arm64",
		"linux_386", "linux_amd64", "linux_arm", "linux_arm64", "windows_386", "windows_amd64", "windows_arm64",
	}
	sandboxPlatforms = []string{"darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64", "windows_amd64", "windows_arm64"}
)

// release is what goreleaser has left in dist.
type release struct {
	Version string `json:"version"`
	root    string
}

func readRelease(root string) (*release, error) {
	text, err := os.ReadFile(filepath.Join(root, "dist", "metadata.json"))
	if err != nil {
		return nil, err
	}
	r := &release{root: root}
	return r, json.Unmarshal(text, r)
}

func (r *release) path(name string) string {
	if strings.HasSuffix(name, "_manifest.json") {
		return filepath.Join(r.root, manifest) // published from there
	}
	return filepath.Join(r.root, "dist", name)
}

func (r *release) sumsName() string          { return provider + "_" + r.Version + "_SHA256SUMS" }
func (r *release) manifestName() string      { return provider + "_" + r.Version + "_manifest.json" }
func (r *release) sbomName(of string) string { return of + "_" + r.Version + "_sbom.cdx.json" }
func (r *release) archiveName(platform string) string {
	return provider + "_" + r.Version + "_" + platform + ".zip"
}

func (r *release) sandboxName(platform string) string {
	return sandbox + "_" + r.Version + "_" + platform + ".tar.gz"
}

// check returns everything that is wrong.
func (r *release) check() []error {
	sums, problems := r.checkSums()
	for _, platform := range providerPlatforms {
		problems = append(problems, r.checkArchive(sums, r.archiveName(platform), platform, provider+"_v"+r.Version))
	}
	for _, platform := range sandboxPlatforms {
		problems = append(problems, r.checkArchive(sums, r.sandboxName(platform), platform, sandbox))
	}
	for name := range sums {
		if strings.HasSuffix(name, ".zip") && !strings.HasPrefix(name, provider+"_") {
			problems = append(problems, fmt.Errorf("%s: registries take every zip for a build of the provider", name))
		}
	}
	problems = append(problems, r.checkSBOM(sums, r.sbomName(provider)), r.checkSBOM(sums, r.sbomName(sandbox)), r.checkManifest(sums))
	return problems
}

// checkSums compares each line of the checksums with the file that it names.
func (r *release) checkSums() (sums map[string]string, problems []error) {
	text, err := os.ReadFile(r.path(r.sumsName()))
	if err != nil {
		return nil, []error{err}
	}
	sums = map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		content, err := os.ReadFile(r.path(name))
		if got := sha256.Sum256(content); !ok || err != nil || hex.EncodeToString(got[:]) != sum {
			problems = append(problems, fmt.Errorf("the checksum in %q is not that of the file (%w)", strings.TrimSpace(line), err))
		}
		sums[name] = sum
	}
	return sums, problems
}

// checkArchive demands that the archive is in the checksums, and holds the licence and a binary of its platform that is
// built as a release should be.
func (r *release) checkArchive(sums map[string]string, name, platform, binary string) error {
	if sums[name] == "" {
		return fmt.Errorf("%s is not in the release", name)
	}
	read := readTar
	if strings.HasSuffix(name, ".zip") {
		read = readZip
	}
	files, err := read(r.path(name))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if strings.HasPrefix(platform, "windows_") {
		binary += ".exe"
	}
	if got, want := slices.Sorted(maps.Keys(files)), []string{"CHANGELOG.md", "LICENSE", binary}; !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		return fmt.Errorf("%s holds %q, not %q", name, got, want)
	}
	return checkBinary(name, platform, files[binary])
}

func checkBinary(name, platform string, content []byte) error {
	info, err := buildinfo.Read(bytes.NewReader(content))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	if got := settings["GOOS"] + "_" + settings["GOARCH"]; got != platform {
		return fmt.Errorf("%s holds a binary for %s", name, got)
	}
	if settings["CGO_ENABLED"] != "0" || settings["-trimpath"] != "true" {
		return fmt.Errorf("%s depends on the machine that it was built on: CGO_ENABLED=%s, -trimpath=%s", name, settings["CGO_ENABLED"], settings["-trimpath"])
	}
	return nil
}

func (r *release) checkSBOM(sums map[string]string, name string) error {
	text, err := os.ReadFile(r.path(name))
	if err != nil {
		return err
	}
	var sbom struct {
		Format     string            `json:"bomFormat"`
		Components []json.RawMessage `json:"components"`
	}
	if err := json.Unmarshal(text, &sbom); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if sbom.Format != "CycloneDX" || len(sbom.Components) == 0 || sums[name] == "" {
		return fmt.Errorf("%s is no bill of materials of this release: %q, %d components", name, sbom.Format, len(sbom.Components))
	}
	return nil
}

// checkManifest demands what registries go by to find out the protocol.
func (r *release) checkManifest(sums map[string]string) error {
	text, err := os.ReadFile(r.path(r.manifestName()))
	if err != nil {
		return err
	}
	var m struct {
		Version  int `json:"version"`
		Metadata struct {
			Protocols []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return fmt.Errorf("%s: %w", manifest, err)
	}
	if m.Version != 1 || !slices.Equal(m.Metadata.Protocols, []string{"6.0"}) || sums[r.manifestName()] == "" {
		return fmt.Errorf("%s says %s", manifest, text)
	}
	return nil
}

func readZip(path string) (map[string][]byte, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	files := map[string][]byte{}
	for _, f := range archive.File {
		content, err := f.Open()
		if err != nil {
			return nil, err
		}
		files[f.Name], err = io.ReadAll(content)
		if err := errors.Join(err, content.Close()); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func readTar(path string) (map[string][]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for archive := tar.NewReader(unzipped); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if files[header.Name], err = io.ReadAll(archive); err != nil {
			return nil, err
		}
	}
}

// print lists what would be published, with sizes.
func (r *release) print(to io.Writer) {
	names := []string{r.sumsName(), r.sumsName() + ".sig", r.manifestName(), r.sbomName(provider), r.sbomName(sandbox)}
	for _, platform := range providerPlatforms {
		names = append(names, r.archiveName(platform))
	}
	for _, platform := range sandboxPlatforms {
		names = append(names, r.sandboxName(platform))
	}
	slices.Sort(names)
	table := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	total, count := int64(0), 0
	for _, name := range names {
		info, err := os.Stat(r.path(name))
		if err != nil {
			continue // a signature that was not made; everything else has been checked
		}
		total, count = total+info.Size(), count+1
		fmt.Fprintf(table, "%.1f KiB\t  %s\n", float64(info.Size())/1024, name)
	}
	_ = table.Flush()
	fmt.Fprintf(to, "\n%d artefacts, %.1f MiB, in dist; nothing was published.\n", count, float64(total)/(1<<20))
}
