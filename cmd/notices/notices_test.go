package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// TestNoticesOfTheProgram: what is embedded is what the packages say now, and
// nothing of the machine is in it.
func TestNoticesOfTheProgram(t *testing.T) {
	var made [2]bytes.Buffer
	for i := range made {
		parts, err := partsOf(root)
		if err != nil {
			t.Fatal(err)
		}
		write(&made[i], parts)
	}
	if !bytes.Equal(made[0].Bytes(), made[1].Bytes()) {
		t.Error("two gatherings differ")
	}
	embedded, err := os.ReadFile(filepath.Join(root, "cmd/workreport/notices.txt"))
	if err != nil || !bytes.Equal(embedded, made[0].Bytes()) {
		t.Errorf("cmd/workreport/notices.txt is out of date (make notices): %v", err)
	}
	home, _ := os.UserHomeDir()
	here, _ := filepath.Abs(root)
	for _, path := range []string{home + "/", here} {
		if strings.Contains(made[0].String(), path) {
			t.Errorf("%s is in the text", path)
		}
	}
}

// TestPartsOfTheProgram: what each package is known to say of itself.
func TestPartsOfTheProgram(t *testing.T) {
	parts, err := partsOf(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"echarts":                          {"LICENSE", "NOTICE", "licenses/LICENSE-d3"},
		"zrender":                          {"LICENSE"}, // in echarts.min.js
		"tslib":                            {"CopyrightNotice.txt", "LICENSE.txt"},
		"@expo-google-fonts/noto-sans-sc":  {"LICENSE", "LICENSE_FONT"},
		"@resvg/resvg-wasm":                {"README.md", "MPL-2.0"},
		"Go 标准库":                           {"LICENSE", "PATENTS"},
		"golang.org/x/text":                {"LICENSE", "PATENTS"},
		"github.com/apache/thrift":         {"LICENSE", "NOTICE"},
		"github.com/JohnCGriffin/overflow": {"README.md"}, // its licence stands at the end of it
	} {
		at := slices.IndexFunc(parts, func(p part) bool { return p.name == name })
		if at < 0 {
			t.Errorf("%s is not there", name)
			continue
		}
		var files []string
		for _, n := range parts[at].notices {
			files = append(files, n.file)
		}
		if !slices.Equal(files, want) || parts[at].version == "" || parts[at].source == "" {
			t.Errorf("%s %s from %q has %v, want %v", name, parts[at].version, parts[at].source, files, want)
		}
	}
	for _, p := range parts {
		if p.name == "csv-spectrum" || strings.HasPrefix(p.name, "@xarsh") || strings.HasPrefix(p.name, "spdx") {
			t.Errorf("%s is not in the program", p.name)
		}
	}
}

// folder makes files with a text each.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestNoticesIn(t *testing.T) {
	for _, c := range []struct {
		files    map[string]string
		packages []string
		want     string // file=text, in order
	}{
		{map[string]string{"License.md": "a\r\n", "COPYING": "b", "notice.txt": "c", "PATENTS": "d", "code.go": "x"}, nil,
			"COPYING=b License.md=a PATENTS=d notice.txt=c"},
		{map[string]string{"LICENCE-MIT": "a", "license.go": "x", "licensing/x": "x", "LICENSES/b.txt": "b"}, nil,
			"LICENCE-MIT=a LICENSES/b.txt=b"},
		{map[string]string{"LICENSE": "a", "in/LICENSE": "b", "in/deep/LICENSE": "a", "other/LICENSE": "x"}, []string{"in/deep"},
			"LICENSE=a in/LICENSE=b"}, // the same text once, and not that of a package that is not linked
		{map[string]string{"readme.md": "Copyright of one"}, nil, "readme.md=Copyright of one"},
		{map[string]string{"LICENSE": "a", "README": "Copyright"}, nil, "LICENSE=a"},
		{map[string]string{"README.md": "no word of it", "LICENSE": ""}, nil, ""},
	} {
		dir := folder(t, c.files)
		var packages []string
		for _, p := range c.packages {
			packages = append(packages, filepath.Join(dir, p))
		}
		notices, err := noticesIn(dir, packages)
		var got []string
		for _, n := range notices {
			got = append(got, n.file+"="+n.text)
		}
		if strings.Join(got, " ") != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%v: got %q, %v", c.files, got, err)
		}
	}
}

// A module or a package without a notice is an error that names it.
func TestMissingNotice(t *testing.T) {
	dir := folder(t, map[string]string{"main.go": "package main"})
	p := listed{Dir: dir}
	p.Module = &struct {
		Path, Version, Dir string
		Main               bool
	}{"example.com/bare", "v1.2.3", dir, false}
	if _, err := goParts([]listed{p}); err == nil || err.Error() != "example.com/bare v1.2.3: no licence and no notice in it" {
		t.Errorf("got %v", err)
	}
	dir = folder(t, map[string]string{
		"node_modules/@a/bare/package.json": `{"name": "@a/bare", "version": "1.0.0", "license": "MIT"}`,
		"node_modules/named/package.json":   `{"name": "named", "version": "1.0.0", "license": "X-1"}`,
		"node_modules/named/README.md":      "Copyright of one, under X-1",
	})
	p.Module.Main, p.Dir = true, dir
	p.EmbedFiles = []string{"node_modules/@a/bare/x.js", "node_modules/named/y.js"}
	want := "@a/bare: no licence and no notice in it\nnamed: X-1.json is not there"
	if _, err := npmParts([]listed{p}); err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}
