// Command notices gathers the notices of everything that workreport contains:
// the Go modules that are linked, the Go standard library, and the packages of
// which files are embedded. In comes what `go list` says of the program, and the
// packages' own folders; out goes one text, the same for the same packages. A
// part without a notice is an error.
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// program is the package whose parts are gathered.
const program = "./cmd/workreport"

func main() {
	out := flag.String("o", "", "the file to write")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	parts, err := partsOf(".")
	if err != nil {
		return err
	}
	var text bytes.Buffer
	write(&text, parts)
	return os.WriteFile(out, text.Bytes(), 0o644)
}

// part is something of others that the program contains.
type part struct {
	name, version string
	license       string // as its package states it, "" where it does not
	source        string // where its source is, as its package states it
	notices       []notice
}

// notice is a file of a part.
type notice struct{ file, text string }

// listed is a package as go list tells it.
type listed struct {
	Dir        string
	Standard   bool
	EmbedFiles []string
	Module     *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// partsOf are the parts of the program in the module at root, by name.
func partsOf(root string) ([]part, error) {
	packages, err := list(root)
	if err != nil {
		return nil, err
	}
	goes, err := goParts(packages)
	embedded, embeddedErr := npmParts(packages)
	library, libraryErr := libraryPart(root)
	if err := errors.Join(err, embeddedErr, libraryErr); err != nil {
		return nil, err
	}
	parts := append(append(goes, embedded...), library)
	slices.SortFunc(parts, func(a, b part) int { return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name)) })
	return parts, nil
}

// list asks for the packages that the program is built of. The text that this
// command makes is one of the program's files, and may not be there yet: -e.
func list(root string) ([]listed, error) {
	out, err := goCommand(root, "list", "-e", "-deps", "-json=Dir,Standard,EmbedFiles,Module", program)
	if err != nil {
		return nil, err
	}
	var packages []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := decoder.Decode(&p); err == io.EOF {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		packages = append(packages, p)
	}
}

func goCommand(root string, args ...string) ([]byte, error) {
	command := exec.Command("go", args...)
	command.Dir, command.Stderr = root, os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return out, nil
}

// write lists the parts, then gives their notices in full, in the language of
// those who read it.
func write(w io.Writer, parts []part) {
	for _, p := range parts {
		fmt.Fprintf(w, "%s %s", p.name, p.version)
		if p.license != "" {
			fmt.Fprintf(w, "  %s", p.license)
		}
		fmt.Fprintln(w)
	}
	for _, p := range parts {
		fmt.Fprintf(w, "\n%s\n%s %s\n", strings.Repeat("=", 79), p.name, p.version)
		if p.license != "" {
			fmt.Fprintln(w, "许可："+p.license)
		}
		if p.source != "" {
			fmt.Fprintln(w, "源代码："+p.source)
		}
		for _, n := range p.notices {
			fmt.Fprintf(w, "%s\n%s\n\n%s\n", strings.Repeat("-", 79), n.file, n.text)
		}
	}
}
