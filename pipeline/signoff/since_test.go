package signoff

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
)

// published is an output folder with so many editions of 2021.
func published(t *testing.T, editions int) (out string, all []edition.Edition) {
	t.Helper()
	out = t.TempDir()
	for i := range editions {
		d, err := edition.Begin(out, 2021)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(d.Folder, "figures.csv"), []byte{byte('1' + i)}, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Publish(edition.Manifest{Year: 2021, Time: time.Unix(int64(1_600_000_000+i), 0)}); err != nil {
			t.Fatal(err)
		}
		if err := d.Discard(); err != nil {
			t.Fatal(err)
		}
	}
	all, err := edition.List(out, 2021)
	if err != nil {
		t.Fatal(err)
	}
	return out, all
}

func TestSince(t *testing.T) {
	out, all := published(t, 3)
	now := all[2]
	kept := func(name string) journal.Checked { return journal.Checked{Edition: name} }
	for name, c := range map[string]struct {
		against edition.Edition
		named   string
		last    journal.Checked
		known   bool
		from    int // the number of the edition, 0 for none
		words   string
	}{
		"named":           {now, "1", kept(all[1].Name), true, 1, "从指定的一期算起：2021年第1期（数字编号 "},
		"named itself":    {now, "3", kept(all[1].Name), true, 0, "指定的就是这一期"},
		"last":            {now, "", kept(all[0].Name), true, 1, "从上次核对无误的一期算起：2021年第1期（数字编号 "},
		"last itself":     {now, "", kept(now.Name), true, 0, "和上次核对时是同一期"},
		"last is gone":    {now, "", kept("20200101T000000-0"), true, 2, "上次核对无误的一期（20200101T000000-0）已经不在，从上一期算起：2021年第2期"},
		"never":           {now, "", journal.Checked{}, false, 2, "没有这份稿子核对无误的记录，从上一期算起：2021年第2期"},
		"never, first":    {all[0], "", journal.Checked{}, false, 0, "没有这份稿子核对无误的记录，也没有上一期可比"},
		"against records": {edition.Edition{}, "1", journal.Checked{}, false, 0, "按现在的记录，不是已发布的一期，没有比较"},
	} {
		from, words, ok, err := Since(out, 2021, c.against, c.named, c.last, c.known)
		if err != nil || ok != (c.from > 0) || from.Manifest.Number != c.from || !strings.HasPrefix(words, c.words) {
			t.Errorf("%s: edition %d, %v, %v, %q", name, from.Manifest.Number, ok, err, words)
		}
	}
	if _, _, ok, err := Since(out, 2021, now, "没有的一期", journal.Checked{}, false); err == nil || ok {
		t.Error("an edition that is not there is taken")
	}
	if err := os.WriteFile(filepath.Join(all[1].Folder, "figures.csv"), []byte("9"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, words, ok, err := Since(out, 2021, now, "", journal.Checked{}, false); ok || err != nil || !strings.HasPrefix(words, "2021年第2期（数字编号 ") || !strings.HasSuffix(words, "发布以后被改动了，没有比较") {
		t.Errorf("an altered edition: %v %v %q", ok, err, words)
	}
}
