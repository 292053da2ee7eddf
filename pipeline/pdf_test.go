package pipeline

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestPDF prints twice what is there to print with: the same bytes, and A4.
func TestPDF(t *testing.T) {
	if installed(browsers) == "" || installed(offices) == "" {
		t.Skip("there is no browser or no office suite to print with")
	}
	published := runInto(t, t.TempDir(), time.Unix(1_600_000_000, 0)).Published.Current
	printing := func() (files [2][]byte) {
		folder := t.TempDir()
		for _, name := range []string{"charts.html", "appendix.docx"} {
			content, err := os.ReadFile(filepath.Join(published, name))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		notes, err := printPDF(context.Background(), folder, time.Unix(1_650_000_000, 0))
		if err != nil || len(notes) > 0 {
			t.Fatal(err, notes)
		}
		for i, name := range []string{"charts.pdf", "appendix.pdf"} {
			if files[i], err = os.ReadFile(filepath.Join(folder, name)); err != nil {
				t.Fatal(err)
			}
		}
		return files
	}
	one, two := printing(), printing()
	for i := range one {
		if !bytes.HasPrefix(one[i], []byte("%PDF")) || !bytes.Equal(one[i], two[i]) {
			t.Errorf("print %d differs or is none", i)
		}
	}
}

func TestNothingToPrintWith(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	notes, err := printPDF(context.Background(), t.TempDir(), time.Time{})
	if err != nil || len(notes) != 2 || !strings.Contains(notes[0], "没有写 charts.pdf：这台机器上没有找到 Chromium；") || !strings.Contains(notes[1], "没有写 appendix.pdf：这台机器上没有找到 LibreOffice 或 Chromium；") {
		t.Errorf("%q, %v", notes, err)
	}
}

// A printer that fails, or writes nothing, is said in its own words; the edition goes on.
func TestPrinterThatFails(t *testing.T) {
	bin := t.TempDir()
	t.Setenv("PATH", bin+":/bin:/usr/bin")
	for script, want := range map[string]string{"echo broken >&2; echo half > charts.pdf; exit 3": "broken", "exit 0": "没有写出文件"} {
		if err := os.WriteFile(filepath.Join(bin, "chromium"), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		folder := t.TempDir()
		notes, err := printPDF(context.Background(), folder, time.Time{})
		if err != nil || len(notes) == 0 || !strings.Contains(notes[0], want) {
			t.Errorf("%s: %q, %v", script, notes, err)
		}
		if left, _ := filepath.Glob(filepath.Join(folder, "charts.pdf")); len(left) > 0 {
			t.Errorf("%s: left %v", script, left)
		}
	}
}

func TestTimeless(t *testing.T) {
	in := "/CreationDate (D:20261124202712+00'00')\n/ID [ <8C395C0FEBA86975188B10F4BF252517>\n<8C395C0FEBA86975188B10F4BF252517> ]\n/DocChecksum /4EED2AB5D84C7D9692C7549E986B44DD"
	none := strings.Repeat("0", 32)
	want := "/CreationDate (D:20220425000000+00'00')\n/ID [ <" + none + ">\n<" + none + "> ]\n/DocChecksum /" + none
	if got := string(timeless([]byte(in), time.Date(2022, 4, 25, 0, 0, 0, 0, time.UTC))); got != want {
		t.Errorf("got %s", got)
	}
}
