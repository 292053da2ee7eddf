package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// goParts are the modules that the packages come from.
func goParts(packages []listed) ([]part, error) {
	folders := map[string][]string{} // of each module, those of its packages
	var modules []listed
	for _, p := range packages {
		if p.Module == nil || p.Module.Main {
			continue
		}
		if folders[p.Module.Path] == nil {
			modules = append(modules, p)
		}
		folders[p.Module.Path] = append(folders[p.Module.Path], p.Dir)
	}
	var parts []part
	var missing []error
	for _, p := range modules {
		notices, err := noticesIn(p.Module.Dir, folders[p.Module.Path])
		if err != nil {
			missing = append(missing, fmt.Errorf("%s %s: %w", p.Module.Path, p.Module.Version, err))
			continue
		}
		parts = append(parts, part{name: p.Module.Path, version: p.Module.Version, source: "https://pkg.go.dev/" + p.Module.Path, notices: notices})
	}
	return parts, errors.Join(missing...)
}

// libraryPart is the Go standard library.
func libraryPart(root string) (part, error) {
	out, err := goCommand(root, "env", "GOROOT", "GOVERSION")
	if err != nil {
		return part{}, err
	}
	folder, version, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	notices, err := noticesIn(folder, nil)
	if err != nil {
		return part{}, fmt.Errorf("the Go standard library: %w", err)
	}
	return part{name: "Go 标准库", version: version, source: "https://go.dev/dl", notices: notices}, nil
}

// manifest is a package.json.
type manifest struct {
	Name, Version, License string
	Repository             any // an address, or an object with it
	Dependencies           map[string]string
}

const modules = "node_modules"

// npmParts are the npm packages of which files are embedded, and those that went
// into such files: what they depend on.
func npmParts(packages []listed) ([]part, error) {
	var parts []part
	var faults []error
	seen := map[string]bool{}
	var add func(folder, name string)
	add = func(folder, name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		p, needs, err := npmPart(folder, name)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
			return
		}
		parts = append(parts, p)
		for _, need := range needs {
			add(folder, need)
		}
	}
	for _, p := range packages {
		if p.Module == nil || !p.Module.Main {
			continue
		}
		for _, file := range p.EmbedFiles {
			before, after, found := strings.Cut(file, modules+"/")
			if !found {
				continue
			}
			name, rest, _ := strings.Cut(after, "/")
			if strings.HasPrefix(name, "@") {
				second, _, _ := strings.Cut(rest, "/")
				name += "/" + second
			}
			add(filepath.Join(p.Dir, before, modules), name)
		}
	}
	return parts, errors.Join(faults...)
}

// npmPart reads what a package says of itself. One that only names its licence
// is given that licence's text out of spdx-license-list.
func npmPart(folder, name string) (p part, needs []string, err error) {
	var m manifest
	if err := readJSON(filepath.Join(folder, name, "package.json"), &m); err != nil {
		return p, nil, err
	}
	p = part{name: m.Name, version: m.Version, license: m.License, source: address(m.Repository)}
	if p.notices, err = noticesIn(filepath.Join(folder, name), nil); err != nil {
		return p, nil, err
	}
	if slices.ContainsFunc(p.notices, func(n notice) bool { return readme.MatchString(n.file) }) {
		var license struct{ LicenseText string }
		list := filepath.Join(folder, "spdx-license-list", "licenses", filepath.Base(m.License)+".json")
		if err := readJSON(list, &license); err != nil {
			return p, nil, err
		}
		p.notices = append(p.notices, notice{m.License, strings.TrimSpace(license.LicenseText)})
	}
	for need := range m.Dependencies {
		needs = append(needs, need)
	}
	slices.Sort(needs)
	return p, needs, nil
}

func address(repository any) string {
	switch r := repository.(type) {
	case string:
		return r
	case map[string]any:
		text, _ := r["url"].(string)
		return text
	}
	return ""
}

func readJSON(file string, into any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("%s is not there", filepath.Base(file))
	}
	return json.Unmarshal(data, into)
}

var (
	isNotice = regexp.MustCompile(`(?i)^(licen[cs]e|copying|copyright|notice|patents)([-_.].*|notice.*)?$`)
	isSource = regexp.MustCompile(`(?i)\.(go|js|ts|json|py|rs|c|h)$`)
	readme   = regexp.MustCompile(`(?i)^readme(\..*)?$`)
)

// noticesIn are the licence and notice files in a module's folder, in its
// folders of licences, and in those of its packages and above them. Where there
// is none, a README with a copyright in it is one.
func noticesIn(module string, packages []string) ([]notice, error) {
	var notices []notice
	for _, folder := range searched(module, packages) {
		found, err := files(module, folder)
		if err != nil {
			return nil, err
		}
		notices = append(notices, found...)
	}
	if len(notices) == 0 {
		var err error
		if notices, err = read(module, module, func(name string) bool { return readme.MatchString(name) }); err != nil {
			return nil, err
		}
		notices = slices.DeleteFunc(notices, func(n notice) bool { return !strings.Contains(n.text, "Copyright") })
	}
	notices = slices.DeleteFunc(notices, func(n notice) bool { return n.text == "" })
	if len(notices) == 0 {
		return nil, errors.New("no licence and no notice in it")
	}
	return distinct(notices), nil
}

// searched are the module's folder and those from each package up to it, in order.
func searched(module string, packages []string) []string {
	folders := []string{module}
	for _, folder := range packages {
		for folder != module && strings.HasPrefix(folder, module) {
			folders = append(folders, folder)
			folder = filepath.Dir(folder)
		}
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// files are the notices in a folder itself and in its folders of licences.
func files(module, folder string) ([]notice, error) {
	named := func(name string) bool { return isNotice.MatchString(name) && !isSource.MatchString(name) }
	notices, err := read(module, folder, named)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() && (strings.EqualFold(e.Name(), "licenses") || strings.EqualFold(e.Name(), "licences")) {
			more, err := read(module, filepath.Join(folder, e.Name()), func(name string) bool { return !isSource.MatchString(name) })
			if err != nil {
				return nil, err
			}
			notices = append(notices, more...)
		}
	}
	return notices, nil
}

// read reads the files of a folder that have such a name; each is called by its
// path in the module.
func read(module, folder string, named func(string) bool) ([]notice, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var notices []notice
	for _, e := range entries {
		if !e.Type().IsRegular() || !named(e.Name()) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(module, filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		text := strings.ToValidUTF8(strings.ReplaceAll(string(data), "\r\n", "\n"), "�")
		notices = append(notices, notice{filepath.ToSlash(name), strings.Trim(strings.TrimPrefix(text, "\ufeff"), "\n")})
	}
	return notices, nil
}

// distinct leaves out the second of two notices that say the same.
func distinct(notices []notice) []notice {
	seen := map[string]bool{}
	return slices.DeleteFunc(notices, func(n notice) bool {
		again := seen[n.text]
		seen[n.text] = true
		return again
	})
}
