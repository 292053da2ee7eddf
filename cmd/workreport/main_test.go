package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"workreport": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
		"schedule":   scheduleOnFake,
	})
}

// TestScripts runs the program as a user does. Each script stands in a folder
// with the sample data.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: false,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		Setup:               sampleData,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":    code,
			"replace": replace,
		},
	})
}

// cache is shared by the scripts, so that each chart is drawn once.
var cache string

func sampleData(env *testscript.Env) error {
	if cache == "" {
		folder, err := os.MkdirTemp("", "workreport-cache-*")
		if err != nil {
			return err
		}
		cache = folder
	}
	env.Setenv("XDG_CACHE_HOME", cache)
	env.Setenv("HOME", env.WorkDir)
	for name, content := range map[string]string{"old.doc": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 512)} {
		if err := os.WriteFile(filepath.Join(env.WorkDir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	if err := os.CopyFS(filepath.Join(env.WorkDir, "docs"), os.DirFS("../../docs")); err != nil {
		return err
	}
	return os.CopyFS(filepath.Join(env.WorkDir, "data"), os.DirFS("../../data"))
}

// code runs workreport and wants an exit code: code 3 run --data x.
func code(ts *testscript.TestScript, neg bool, args []string) {
	want := args[0]
	err := ts.Exec("workreport", args[1:]...)
	got := "0"
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.String()[len("exit status "):]
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %s, want %s", got, want)
	}
}

// replace changes a text in a file: replace FILE OLD NEW.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	path := ts.MkAbs(args[0])
	text, err := os.ReadFile(path)
	ts.Check(err)
	changed := strings.Replace(string(text), args[1], args[2], 1)
	if changed == string(text) {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, []byte(changed), 0o644))
}

var fenced = regexp.MustCompile("(?s)```sh\n(.*?)```")

// TestREADME executes every command of the README, in order, in a folder with
// the sample data; make is asked what it would do.
func TestREADME(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	commands := 0
	for _, block := range fenced.FindAllStringSubmatch(string(readme), -1) {
		for _, line := range strings.Split(strings.TrimSpace(block[1]), "\n") {
			line, _, _ = strings.Cut(line, "  #")
			commands++
			switch command := strings.TrimSpace(line); {
			case strings.HasPrefix(command, "make "):
				script.WriteString("exec make -n -C " + root + " " + strings.TrimPrefix(command, "make ") + "\n")
			case strings.HasPrefix(command, "bin/workreport "):
				script.WriteString("exec workreport " + strings.TrimPrefix(command, "bin/workreport ") + "\n")
			default:
				t.Errorf("the README has a command that no test knows how to run: %s", command)
			}
		}
	}
	if commands < 8 {
		t.Fatalf("only %d commands in the README", commands)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "readme.txtar"), []byte(script.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Dir: folder, Setup: sampleData})
}

func TestPad(t *testing.T) {
	if got := pad("提案a", 8) + "|"; got != "提案a   |" {
		t.Errorf("got %q", got)
	}
}
