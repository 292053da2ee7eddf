package schedule

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"workreport/pipeline/contract"
)

var morning = time.Date(2022, 4, 24, 6, 0, 0, 0, time.UTC)

func office() Plan {
	return Plan{Year: 2021, Program: "/opt/workreport/workreport", Folder: "/srv/政协 办公室", Data: "/srv/政协 办公室/data",
		Out: "/srv/政协 办公室/out", AllowRejected: 3, When: morning, System: true, User: "office"}
}

func TestMomentIsTheDayBeforeTheSession(t *testing.T) {
	for _, c := range []struct{ session, at, want string }{
		{"2022-04-25", "06:00", "2022-04-24 06:00"},
		{"2022-03-01", "5:30", "2022-02-28 05:30"},
		{"2024-03-01", "23:59", "2024-02-29 23:59"},
		{"2023-01-01", "00:00", "2022-12-31 00:00"},
	} {
		day, err := time.Parse(time.DateOnly, c.session)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Moment(contract.Edition{SessionDate: day, Unattended: contract.Unattended{At: c.at}}, time.UTC)
		if err != nil || got.Format("2006-01-02 15:04") != c.want {
			t.Errorf("%s %s: %s, %v", c.session, c.at, got, err)
		}
	}
}

func TestUnits(t *testing.T) {
	user := office()
	user.System, user.User, user.Namespaces = false, "", true
	user.Queries, user.Template, user.AllowRejected = "/srv/政协 办公室/queries", "/srv/政协 办公室/样式.docx", 0
	for file, p := range map[string]Plan{"testdata/system.golden": office(), "testdata/user.golden": user} {
		units, err := p.Units()
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for i, u := range units {
			if u.Name != Names(p.Year)[i] || !Ours(u.Text) {
				t.Errorf("%s is not named or marked as it should be", u.Name)
			}
			got.WriteString("==== " + u.Name + "\n" + u.Text)
		}
		line, err := p.Cron()
		if err != nil {
			t.Fatal(err)
		}
		got.WriteString("==== crontab\n" + line + "\n")
		golden(t, file, got.String())
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (UPDATE=1 rewrites it):\n%s", path, diff)
	}
}

func TestPathsThatNoUnitCanHold(t *testing.T) {
	for _, c := range []struct {
		change func(*Plan)
		want   string
		cron   bool // whether cron can
	}{
		{func(p *Plan) { p.Data = "/srv/a\nb" }, "换行", false},
		{func(p *Plan) { p.Folder = "/srv/a\x1bb" }, "控制字符", false},
		{func(p *Plan) { p.Out = "/srv/\xd5\xfe" }, "UTF-8", false},
		{func(p *Plan) { p.Queries = "queries" }, "从根写起", false},
		{func(p *Plan) { p.Program = `/opt/a"b` }, "引号或反斜线", true},
		{func(p *Plan) { p.Out = p.Data }, "同一个文件夹", true},
	} {
		p := office()
		c.change(&p)
		if _, err := p.Units(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("units: %v, want %s", err, c.want)
		}
		if _, err := p.Cron(); (err == nil) != c.cron {
			t.Errorf("cron: %v", err)
		}
	}
}

// TestSystemdAcceptsTheUnits asks systemd-analyze about units of both kinds, in
// plain and in awkward folders.
func TestSystemdAcceptsTheUnits(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	for _, name := range []string{"plain", `政协 50% $HOME ${x} $$ ;`} {
		for _, kind := range []string{"system", "user", "user without namespaces"} {
			folder := filepath.Join(t.TempDir(), name)
			p := Plan{Year: 2021, Program: filepath.Join(folder, "workreport"), Folder: folder, Data: filepath.Join(folder, `d "q" '' \ `),
				Out: filepath.Join(folder, `out\`), Queries: filepath.Join(folder, ";"), When: morning, System: kind == "system", Namespaces: kind == "user"}
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(p.Program, []byte("#!/bin/sh\n"), 0o755); err != nil {
				t.Fatal(err)
			}
			units, err := p.Units()
			if err != nil {
				t.Fatal(err)
			}
			args := []string{"verify", "--man=no"}
			if !p.System {
				args = append(args, "--user")
			}
			for _, u := range units {
				path := filepath.Join(folder, u.Name)
				if err := os.WriteFile(path, []byte(u.Text), 0o644); err != nil {
					t.Fatal(err)
				}
				args = append(args, path)
			}
			said, err := exec.Command(analyze, args...).CombinedOutput()
			if strings.Contains(string(said), "workreport-2021") {
				t.Errorf("%s, %s: %v\n%s", kind, name, err, said)
			}
		}
	}
}
