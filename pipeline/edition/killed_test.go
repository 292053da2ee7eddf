package edition

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The environment by which this test binary runs one scenario and ends itself, as
// a power cut would, before the step of that number.
const scenarioVariable, folderVariable, killVariable = "EDITION_SCENARIO", "EDITION_FOLDER", "EDITION_KILL_AT"

func TestMain(m *testing.M) {
	scenario := os.Getenv(scenarioVariable)
	if scenario == "" {
		os.Exit(m.Run())
	}
	at, _ := strconv.Atoi(os.Getenv(killVariable))
	steps := 0
	step = func() {
		if steps++; steps == at {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			time.Sleep(time.Minute)
		}
	}
	if err := scenarios[scenario](os.Getenv(folderVariable)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// scenarios are what changes the folder of a year.
var scenarios = map[string]func(out string) error{
	"publish":  func(out string) error { return make1(out, "killed", 0) },
	"keep":     func(out string) error { return make1(out, "killed", 2) },
	"rollback": func(out string) error { _, _, err := Rollback(out, 2021, ""); return err },
}

// make1 publishes an edition of two files and a document.
func make1(out, content string, keep int) error {
	draft, err := Begin(out, 2021)
	if err != nil {
		return err
	}
	defer draft.Discard()
	for _, name := range []string{"figures.csv", "tables/a.csv"} {
		path := filepath.Join(draft.Folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			return err
		}
	}
	digest, err := draft.Digest()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(draft.Folder, "appendix.docx"), []byte(content+digest), 0o644); err != nil {
		return err
	}
	if _, err := draft.Publish(Manifest{Year: 2021, Time: time.Now().UTC()}); err != nil {
		return err
	}
	if keep > 0 {
		_, err = draft.Keep(keep)
	}
	return err
}

// TestKilledAtEveryStep ends a process before each step by which it changes the
// folder of a year, and wants the current edition whole, one of those that were
// meant to be, and the next run to succeed and to leave nothing behind.
func TestKilledAtEveryStep(t *testing.T) {
	for scenario := range scenarios {
		t.Run(scenario, func(t *testing.T) {
			kills := 0
			for at := 1; ; at++ {
				out := t.TempDir()
				for _, content := range []string{"one", "two", "three"} {
					if err := make1(out, content, 0); err != nil {
						t.Fatal(err)
					}
				}
				if !killedAt(t, scenario, out, at) {
					break
				}
				kills++
				want := map[string][]string{"publish": {"three", "killed"}, "keep": {"three", "killed"}, "rollback": {"three", "two"}}
				if got := current(t, out); !slices.Contains(want[scenario], got) {
					t.Errorf("step %d: current is %q", at, got)
				}
				wholeYear(t, out)
				if err := make1(out, "next", 0); err != nil {
					t.Fatalf("step %d: the next run: %v", at, err)
				}
				if got := current(t, out); got != "next" {
					t.Errorf("step %d: after the next run current is %q", at, got)
				}
				wholeYear(t, out)
				entries, _ := os.ReadDir(filepath.Join(out, "2021"))
				for _, entry := range entries {
					if !slices.Contains([]string{lockFile, currentLink, editions}, entry.Name()) {
						t.Errorf("step %d: the next run left %s", at, entry.Name())
					}
				}
			}
			if least := map[string]int{"publish": 6, "keep": 10, "rollback": 3}[scenario]; kills < least {
				t.Errorf("killed at %d steps only, want at least %d", kills, least)
			}
		})
	}
}

// killedAt runs a scenario in a process of its own; false where it came to its end.
func killedAt(t *testing.T, scenario, out string, at int) bool {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), scenarioVariable+"="+scenario, folderVariable+"="+out, fmt.Sprint(killVariable, "=", at))
	said, err := command.CombinedOutput()
	if err == nil {
		return false
	}
	if command.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("step %d: %v: %s", at, err, said)
	}
	return true
}

// wholeYear wants every edition of the year as it was published.
func wholeYear(t *testing.T, out string) {
	t.Helper()
	if fault := CurrentFault(out, 2021); fault != "" {
		t.Error(fault)
	}
	all, err := List(out, 2021)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if altered := e.Altered(); len(altered) > 0 {
			t.Errorf("%s: %v", e.Name, altered)
		}
	}
}

// TestEveryByteIsProved alters, one at a time, a byte of every file of an edition,
// the manifest among them, and what files there are.
func TestEveryByteIsProved(t *testing.T) {
	out := t.TempDir()
	if err := make1(out, "一二三", 0); err != nil {
		t.Fatal(err)
	}
	e, _, err := Find(out, 2021, "")
	if err != nil || len(e.Altered()) != 0 {
		t.Fatalf("%v %v", err, e.Altered())
	}
	proved := 0
	for _, name := range append(paths(e.Manifest.Outputs), ManifestFile) {
		path := filepath.Join(e.Folder, name)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for at := range whole {
			altered := slices.Clone(whole)
			altered[at] ^= 1
			names(t, e, name, func() error { return os.WriteFile(path, altered, 0o644) }, func() error { return os.WriteFile(path, whole, 0o644) })
			proved++
		}
	}
	if proved < 800 {
		t.Errorf("only %d bytes", proved)
	}
	first := filepath.Join(e.Folder, "figures.csv")
	away := filepath.Join(out, "away")
	move := func(from, to string) func() error { return func() error { return os.Rename(from, to) } }
	names(t, e, "figures.csv", move(first, away), move(away, first))
	more := filepath.Join(e.Folder, "tables", "more.csv")
	names(t, e, "tables/more.csv", func() error { return os.WriteFile(more, nil, 0o644) }, func() error { return os.Remove(more) })
	empty := filepath.Join(e.Folder, "empty")
	names(t, e, "empty", func() error { return os.Mkdir(empty, 0o755) }, func() error { return os.Remove(empty) })
	names(t, e, "figures.csv", func() error { return os.Symlink(away, first) }, move(away, first), move(first, away))
	renamed := strings.Replace(e.Folder, "-", "0-", 1)
	if err := os.Rename(e.Folder, renamed); err != nil {
		t.Fatal(err)
	}
	if e, err := Open(renamed); err != nil || len(e.Altered()) != 1 {
		t.Errorf("a renamed edition: %v %v", err, e.Altered())
	}
}

// names does something to an edition, wants it named, and undoes it.
func names(t *testing.T, e Edition, name string, do, undo func() error, before ...func() error) {
	t.Helper()
	for _, f := range append(before, do) {
		if err := f(); err != nil {
			t.Fatal(err)
		}
	}
	now, _ := Open(e.Folder)
	if altered := now.Altered(); !slices.ContainsFunc(altered, func(line string) bool { return strings.HasPrefix(line, name+" ") }) {
		t.Errorf("%s was altered, and %q said", name, altered)
	}
	if before != nil {
		os.Remove(filepath.Join(e.Folder, name))
	}
	if err := undo(); err != nil {
		t.Fatal(err)
	}
}

func TestOneRunAtATime(t *testing.T) {
	out := t.TempDir()
	draft, err := Begin(out, 2021)
	if err != nil {
		t.Fatal(err)
	}
	if _, locked := Locked(out, 2021); !locked {
		t.Error("a year at work is not said to be locked")
	}
	if _, err := Begin(out, 2021); err == nil || !strings.Contains(err.Error(), "另一次运行正在写") {
		t.Errorf("a second run began: %v", err)
	}
	if _, _, err := Rollback(out, 2021, ""); err == nil || !strings.Contains(err.Error(), "另一次运行正在写") {
		t.Errorf("a rollback beside a run: %v", err)
	}
	other, err := Begin(out, 2020)
	if err != nil {
		t.Errorf("another year: %v", err)
	}
	other.Discard()
	draft.Discard()
	if _, locked := Locked(out, 2021); locked {
		t.Error("the lock stayed")
	}
}

// TestTheClockJumpsBack publishes with ever earlier times: the order is that of publishing.
func TestTheClockJumpsBack(t *testing.T) {
	out := t.TempDir()
	var last Published
	for i, content := range []string{"one", "two", "three", "two"} {
		last = publish(t, out, content, 1_700_000_000-int64(i)*86400)
		if last.Backward != (i > 0) || last.Manifest.Number != i+1 {
			t.Errorf("%s: %+v", content, last)
		}
	}
	same := publish(t, out, "four", 1_700_000_000-3*86400)
	if same.Manifest.Number != 5 {
		t.Errorf("number %d", same.Manifest.Number)
	}
	all, err := List(out, 2021)
	if err != nil || len(all) != 5 {
		t.Fatalf("%v, %d editions", err, len(all))
	}
	for i, e := range all {
		if e.Manifest.Number != i+1 || e.Current != (i == 4) {
			t.Errorf("edition %d is number %d, current %v", i, e.Manifest.Number, e.Current)
		}
	}
	_, to, err := Rollback(out, 2021, "")
	if err != nil || to.Manifest.Number != 4 || current(t, out) != "two" {
		t.Errorf("rolled back to %d, %v", to.Manifest.Number, err)
	}
	if _, to, err := Rollback(out, 2021, "1"); err != nil || to.Manifest.Number != 1 || current(t, out) != "one" {
		t.Errorf("rolled back to %d, %v", to.Manifest.Number, err)
	}
	if _, _, err := Rollback(out, 2021, ""); err == nil {
		t.Error("rolled back behind the first")
	}
}

func TestKeep(t *testing.T) {
	out := t.TempDir()
	for i, content := range []string{"one", "two", "three", "four"} {
		publish(t, out, content, 1_700_000_000+int64(i))
	}
	if _, _, err := Rollback(out, 2021, "1"); err != nil {
		t.Fatal(err)
	}
	stranger := filepath.Join(out, "2021", editions, "别的")
	if err := os.Mkdir(stranger, 0o755); err != nil {
		t.Fatal(err)
	}
	draft, err := Begin(out, 2021)
	if err != nil {
		t.Fatal(err)
	}
	defer draft.Discard()
	removed, err := draft.Keep(2)
	if err != nil || len(removed) != 2 {
		t.Errorf("removed %v, %v", removed, err)
	}
	if all, _ := List(out, 2021); len(all) != 2 || all[0].Manifest.Number != 1 || all[1].Manifest.Number != 4 {
		t.Errorf("kept %d", len(all))
	}
	if _, err := os.Stat(stranger); err != nil || current(t, out) != "one" {
		t.Errorf("current %q, %v", current(t, out), err)
	}
}

// TestFind finds an edition as a person may name it.
func TestFind(t *testing.T) {
	out := t.TempDir()
	one := publish(t, out, "one", 1_700_000_000)
	two := publish(t, out, "two", 1_700_000_001)
	for name, want := range map[string]Published{"": two, "current": two, "1": one, one.Digest[:8]: one, filepath.Base(two.Folder): two, one.Folder: one} {
		if e, ok, err := Find(out, 2021, name); err != nil || !ok || e.Manifest.Digest != want.Digest {
			t.Errorf("%q: %v %v %s", name, ok, err, e.Name)
		}
	}
	for _, name := range []string{"3", "20231114", "nothing", out} {
		if _, _, err := Find(out, 2021, name); err == nil {
			t.Errorf("%q was found", name)
		}
	}
	if _, ok, err := Find(out, 2020, ""); ok || err != nil {
		t.Errorf("2020: %v %v", ok, err)
	}
}
