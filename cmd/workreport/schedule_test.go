package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"workreport/pipeline/schedule"
)

// scheduleOnFake is the command schedule for scripts, on a machine where it is
// always the first of April 2022: systemd runs where there is a folder units, its
// programs write to the file calls what they are asked, and fail where there is a
// file fail.
func scheduleOnFake() {
	ctx := context.Background()
	m := machine{systemd: isDir("units"), system: os.Getenv("KIND") != "user", folder: "units"}
	m.program = func() (string, error) { return "/opt/workreport/workreport", nil }
	m.now = func() time.Time { return time.Date(2022, 4, 1, 12, 0, 0, 0, time.Local) }
	m.call = func(_ context.Context, name string, args ...string) (string, error) {
		calls, err := os.OpenFile("calls", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
		if err != nil {
			return "", err
		}
		defer calls.Close()
		line := strings.Join(append([]string{name}, args...), " ")
		fmt.Fprintln(calls, line)
		if verb, err := os.ReadFile("fail"); err == nil && strings.Contains(line, strings.TrimSpace(string(verb))) {
			return args[len(args)-1] + ": Access denied", errors.New("exit status 1")
		}
		return "", nil
	}
	if os.Getenv("KIND") == "temporary" {
		m.temporary = []string{"/opt"}
	}
	c := scheduleCommand(m)
	a, err := c.parse(os.Args[1:], os.Stdout)
	if err == nil {
		err = c.run(ctx, a, os.Stdout, os.Stderr)
	}
	os.Exit(complain(ctx, err, os.Stderr))
}

// TestTimerFires installs units that are due in a moment, waits for them, and
// removes them: under the systemd of the machine, or of a user alone.
func TestTimerFires(t *testing.T) {
	m := thisMachine()
	if said, err := m.systemctl(t.Context(), "is-system-running"); !m.systemd || said == "offline" || strings.Contains(said, "Failed") {
		if m.systemd || os.Geteuid() != 0 {
			t.Skipf("no systemd answers: %s, %v", said, err)
		}
		underOwnManager(t)
		return
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Skip(err)
	}
	base, err := os.MkdirTemp(home, "workreport-test-*") // a unit sees its own /tmp
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { os.RemoveAll(base) })
	folder := filepath.Join(base, `政协 50% $HOME ${x} ;`)
	p := schedule.Plan{Year: 2999, Program: filepath.Join(folder, "workreport"), Folder: folder, Data: filepath.Join(folder, `d "q" '' \ `),
		Out: filepath.Join(folder, `out\`), Queries: filepath.Join(folder, "%h"), System: m.system, Namespaces: !m.system && m.namespaces(t.Context())}
	if err := os.MkdirAll(p.Data, 0o755); err != nil {
		t.Fatal(err)
	}
	stub := "#!/bin/sh\nprintf '%s\\n' \"$@\" >'out\\'/$1\ntest $1 = run && touch \"$6/touched\"\ngrep -c : /proc/net/dev >'out\\'/net-$1\ntest $1 = notify\n"
	if err := os.WriteFile(p.Program, []byte(stub), 0o755); err != nil {
		t.Fatal(err)
	}
	p.When = time.Now().Add(6 * time.Second)
	var out strings.Builder
	defer func() { t.Log(out.String()) }()
	a := arguments{year: p.Year, data: p.Data}
	if err := m.install(t.Context(), p, a, &out); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := m.remove(context.Background(), a, &out); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(filepath.Join(m.folder, "workreport-2999*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
		if known, err := m.systemctl(context.Background(), "list-units", "--all", "--plain", "--no-legend", "workreport-2999*"); known != "" || err != nil {
			t.Errorf("systemd still knows %s, %v", known, err)
		}
	}()
	units, err := p.Units()
	if err != nil {
		t.Fatal(err)
	}
	if got := m.state(t.Context(), p, units); !strings.HasSuffix(got, "定时器已启用") {
		t.Error(got)
	}
	for name, want := range map[string][]string{"run": p.RunArguments(), "notify": p.NotifyArguments()} {
		got := waitFor(t, filepath.Join(p.Out, "net-"+name), filepath.Join(p.Out, name))
		if diff := cmp.Diff(strings.Join(want, "\n")+"\n", got); diff != "" {
			t.Errorf("%s got other arguments:\n%s", name, diff)
		}
	}
	if !m.system && !p.Namespaces {
		t.Log("units of this user cannot be shut off")
		return
	}
	if net, _ := os.ReadFile(filepath.Join(p.Out, "net-run")); string(net) != "1\n" {
		t.Errorf("the run sees %s networks", net)
	}
	if _, err := os.Stat(filepath.Join(p.Data, "touched")); err == nil {
		t.Error("the records could be written to")
	}
}

// waitFor waits until there is a file, and reads another.
func waitFor(t *testing.T, written, path string) string {
	t.Helper()
	for range 300 {
		if _, err := os.Stat(written); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

// underOwnManager runs the test again under a systemd for one user, started for it.
func underOwnManager(t *testing.T) {
	for _, name := range []string{"unshare", "setpriv", "dbus-daemon", "systemctl"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip("no systemd runs, and none can be started:", err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("unshare", "-m", "-C", "timeout", "90", "sh", "testdata/manager.sh", self, "-test.v", "-test.run", "^TestTimerFires$").CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 77 {
		t.Skipf("no systemd runs, and none can be started: %s", said)
	}
	if t.Logf("%s", said); err != nil {
		t.Error(err)
	}
}

// TestRunsAsTheOwnerOfTheRecords holds that root gives a new folder to that owner.
func TestRunsAsTheOwnerOfTheRecords(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root installs for others")
	}
	for uid, want := range map[int]string{0: "", 65534: "nobody", 4242424: "4242424"} {
		folder := t.TempDir()
		if err := os.Chown(folder, uid, -1); err != nil {
			t.Fatal(err)
		}
		got, err := owner(folder)
		if err != nil || got != want {
			t.Errorf("%d is %q, want %q: %v", uid, got, want, err)
		}
		out := filepath.Join(folder, "new", "out")
		if err := makeFolder(out, got); err != nil {
			t.Error(err)
		}
		for _, made := range []string{out, filepath.Dir(out)} {
			if of, err := owner(made); err != nil || of != want {
				t.Errorf("%s is of %q, %v", made, of, err)
			}
		}
	}
}
