package edition

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// publish builds an edition with one file.
func publish(t *testing.T, out, content string, at int64) Published {
	t.Helper()
	draft, err := Begin(out, 2021)
	if err != nil {
		t.Fatal(err)
	}
	defer draft.Discard()
	if err := os.WriteFile(filepath.Join(draft.Folder, "figures.csv"), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	p, err := draft.Publish(Manifest{Year: 2021, Time: time.Unix(at, 0).UTC()})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func current(t *testing.T, out string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(out, "2021", "current", "figures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPublish(t *testing.T) {
	out := t.TempDir()
	first := publish(t, out, "one", 1_600_000_000)
	if !first.New || current(t, out) != "one" || !strings.HasPrefix(filepath.Base(first.Folder), "20200913T122640-"+first.Digest[:12]) {
		t.Errorf("first %+v", first)
	}
	again := publish(t, out, "one", 1_700_000_000)
	if again.New || again.Folder != first.Folder {
		t.Errorf("the same files were published again: %+v", again)
	}
	second := publish(t, out, "two", 1_800_000_000)
	if !second.New || current(t, out) != "two" || second.Digest == first.Digest {
		t.Errorf("second %+v", second)
	}
	if err := os.WriteFile(filepath.Join(second.Folder, "figures.csv"), []byte("altered"), 0o644); err != nil {
		t.Fatal(err)
	}
	if third := publish(t, out, "two", 1_900_000_000); !third.New || current(t, out) != "two" {
		t.Errorf("an altered edition was taken for the one published: %+v", third)
	}
	if old, err := os.ReadFile(filepath.Join(first.Folder, "figures.csv")); err != nil || string(old) != "one" {
		t.Errorf("the first edition holds %q, %v", old, err)
	}
}

func TestWhatIsNotPublishedLeavesNoTrace(t *testing.T) {
	out := t.TempDir()
	publish(t, out, "one", 1_600_000_000)
	draft, err := Begin(out, 2021)
	if err != nil {
		t.Fatal(err)
	}
	if err := draft.Discard(); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(filepath.Join(out, "2021"))
	if len(entries) != 3 || current(t, out) != "one" { // current, editions and the lock
		t.Errorf("left %v", entries)
	}
}
