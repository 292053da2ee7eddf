package journal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func yearFolder(t *testing.T) (out, folder string) {
	t.Helper()
	out = t.TempDir()
	folder = filepath.Join(out, "2021")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return out, folder
}

func keep(t *testing.T, out, draft, sum, edition string) {
	t.Helper()
	if err := KeepChecked(out, 2021, Checked{Time: time.Unix(0, 0), Draft: draft, SHA256: sum, Edition: edition, Digest: "d" + edition}); err != nil {
		t.Fatal(err)
	}
}

func TestLastChecked(t *testing.T) {
	out, folder := yearFolder(t)
	if _, known, err := LastChecked(out, 2021, "甲.docx", "a"); known || err != nil {
		t.Fatal("remembers what was never kept", err)
	}
	keep(t, out, "稿子/甲.docx", "a", "1")
	keep(t, out, "甲.docx", "b", "2")
	keep(t, out, "乙.docx", "c", "3")
	file := filepath.Join(folder, DraftsFile)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(string(text), "\n"); first != `{"time":"1970-01-01T00:00:00Z","draft":"甲.docx","sha256":"a","edition":"1","digest":"d1"}` {
		t.Errorf("keeps %s", first)
	}
	if err := os.WriteFile(file, append([]byte("{\"time\":\n\x00\n{}\n"), append(text, `{"draft":"甲.docx","edi`...)...), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ draft, sum, want string }{
		{"甲.docx", "a", "1"}, // by content, though a newer one has the name
		{"丙.docx", "c", "3"}, // by content under another name
		{"甲.docx", "x", "2"}, // the newest of the name
		{"某处/甲.docx", "x", "2"},
		{"丙.docx", "x", ""},
	} {
		last, known, err := LastChecked(out, 2021, c.draft, c.sum)
		if last.Edition != c.want || known != (c.want != "") || err != nil {
			t.Errorf("%s %s: %+v %v %v, want %s", c.draft, c.sum, last, known, err, c.want)
		}
	}
}

// A file that grew too long is put aside, and is still read; the one put aside
// before it is gone.
func TestDraftsAreBounded(t *testing.T) {
	out, folder := yearFolder(t)
	for round := range 3 {
		keep(t, out, fmt.Sprintf("%d.docx", round), "", "1")
		file, err := os.OpenFile(filepath.Join(folder, DraftsFile), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteString(strings.Repeat(" ", maxLog) + "\n\n"); err != nil {
			t.Fatal(err)
		}
		file.Close()
	}
	entries, _ := os.ReadDir(folder)
	if len(entries) != 2 {
		t.Errorf("%v", entries)
	}
	for name, want := range map[string]bool{"0.docx": false, "1.docx": true, "2.docx": true} {
		if _, known, _ := LastChecked(out, 2021, name, "x"); known != want {
			t.Errorf("%s known: %v", name, known)
		}
	}
}

func TestKeptAtOnce(t *testing.T) {
	out, _ := yearFolder(t)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if err := KeepChecked(out, 2021, Checked{Draft: fmt.Sprint(i), SHA256: fmt.Sprint(i), Edition: "1"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i := range 40 {
		if last, known, _ := LastChecked(out, 2021, "", fmt.Sprint(i)); !known || last.Draft != fmt.Sprint(i) {
			t.Errorf("%d is lost", i)
		}
	}
}

func TestNowhereToKeep(t *testing.T) {
	out := t.TempDir()
	if err := KeepChecked(out, 2021, Checked{}); err == nil {
		t.Error("kept in a year without a folder")
	}
	if entries, _ := os.ReadDir(out); len(entries) > 0 {
		t.Error("made a folder")
	}
}
