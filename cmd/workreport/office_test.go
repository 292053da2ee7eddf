package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
)

// office is a small office of two record sets, two figures and one table, in
// which a run takes a fraction of a second and goes the whole way.
type office struct {
	t      *testing.T
	folder string
	env    []string
}

// program is this test binary under the name by which it is the program.
var program = sync.OnceValues(func() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	folder, err := os.MkdirTemp("", "workreport-test-*")
	if err != nil {
		return "", err
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		return "", err
	}
	link := filepath.Join(folder, "workreport")
	return link, os.Symlink(self, link)
})

func newOffice(t *testing.T) office {
	t.Helper()
	o := office{t: t, folder: t.TempDir(), env: append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(os.TempDir(), "workreport-test-cache"))}
	for from, to := range map[string]string{
		"data/contract/assistance_funds.json":              "data/contract",
		"data/contract/documents.json":                     "data/contract",
		"queries/figures/project_funds.sql":                "data/queries/figures",
		"queries/figures/consumption_assistance_funds.sql": "data/queries/figures",
		"queries/tables/funds_by_kind.sql":                 "data/queries/tables",
		"data/2021/assistance_funds.csv":                   "data/2021",
		"data/2021/documents.csv":                          "data/2021",
		"data/2021/edition.toml":                           "data/2021",
	} {
		text, err := os.ReadFile(filepath.Join("../..", from))
		if err != nil {
			t.Fatal(err)
		}
		o.write(filepath.Join(to, filepath.Base(from)), string(text))
	}
	return o
}

func (o office) path(name string) string { return filepath.Join(o.folder, name) }

func (o office) write(name, text string) {
	o.t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(o.path(name)), 0o755), os.WriteFile(o.path(name), []byte(text), 0o644)); err != nil {
		o.t.Fatal(err)
	}
}

func (o office) remove(name string) {
	o.t.Helper()
	if err := os.Remove(o.path(name)); err != nil {
		o.t.Fatal(err)
	}
}

func (o office) read(name string) string {
	o.t.Helper()
	text, err := os.ReadFile(o.path(name))
	if err != nil {
		o.t.Fatal(err)
	}
	return string(text)
}

// amount sets the first amount, so that the next run has something to publish.
func (o office) amount(yuan int) {
	o.t.Helper()
	lines := strings.Split(o.read("data/2021/assistance_funds.csv"), "\n")
	cells := strings.Split(lines[1], ",")
	cells[2] = fmt.Sprintf("%d.00", yuan)
	lines[1] = strings.Join(cells, ",")
	o.write("data/2021/assistance_funds.csv", strings.Join(lines, "\n"))
}

// command is the program in the office's folder.
func (o office) command(arguments ...string) *exec.Cmd {
	o.t.Helper()
	path, err := program()
	if err != nil {
		o.t.Fatal(err)
	}
	c := exec.Command(path, arguments...)
	c.Dir, c.Env = o.folder, o.env
	return c
}

// run runs the program and gives what it said and its exit code.
func (o office) run(arguments ...string) (out, errs string, code int) {
	o.t.Helper()
	return finish(o.t, o.command(arguments...))
}

func finish(t *testing.T, c *exec.Cmd) (out, errs string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), c.ProcessState.ExitCode()
}

// must wants a run to succeed.
func (o office) must(arguments ...string) string {
	o.t.Helper()
	out, errs, code := o.run(arguments...)
	if code != 0 {
		o.t.Fatalf("workreport %v: exit code %d\n%s%s", arguments, code, out, errs)
	}
	return out
}

// current is the edition that stands, which must be whole.
func (o office) current() edition.Edition {
	o.t.Helper()
	e, ok, err := edition.Find(o.path("out"), 2021, "")
	if err != nil || !ok {
		o.t.Fatalf("no current edition: %v %s", err, edition.CurrentFault(o.path("out"), 2021))
	}
	if altered := e.Altered(); len(altered) > 0 {
		o.t.Fatalf("%s: %v", e.Name, altered)
	}
	return e
}

func (o office) status() journal.Status {
	o.t.Helper()
	s, ok, err := journal.Last(o.path("out"), 2021)
	if err != nil || !ok {
		o.t.Fatalf("no status: %v", err)
	}
	return s
}

// nothingLeft wants no trace of runs that did not end.
func (o office) nothingLeft() {
	o.t.Helper()
	entries, err := os.ReadDir(o.path("out/2021"))
	if err != nil {
		o.t.Fatal(err)
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") && entry.Name() != ".lock" && entry.Name() != commandFile {
			o.t.Errorf("left behind: %s", entry.Name())
		}
	}
}

// logged are the lines of the log.
func (o office) logged() (lines []journal.Line) {
	o.t.Helper()
	for _, text := range strings.Split(strings.TrimSpace(o.read("out/2021/"+journal.LogFile)), "\n") {
		var line journal.Line
		if err := json.Unmarshal([]byte(text), &line); err != nil || line.Time.After(time.Now()) {
			o.t.Fatalf("%q: %v", text, err)
		}
		lines = append(lines, line)
	}
	return lines
}
