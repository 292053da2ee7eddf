package outline_test

import (
	"bytes"
	"context"
	"io"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"workreport/pipeline"
	"workreport/pipeline/contract"
	"workreport/pipeline/draft"
	"workreport/pipeline/figure"
	"workreport/pipeline/outline"
	"workreport/queries"
)

func sampleCatalogue(t *testing.T) (c figure.Catalogue) {
	t.Helper()
	d, err := pipeline.LoadDefinitions("../../data", "")
	if err != nil {
		t.Fatal(err)
	}
	err = pipeline.With(context.Background(), d, "../../data", 2021, func(y *pipeline.Year) error { c = y.Catalogue(); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// forms are what an outline is written as, by the name of the file.
func forms(t *testing.T, o outline.Outline) map[string][]byte {
	t.Helper()
	list := map[string][]byte{}
	for name, write := range map[string]func(io.Writer) error{"a.txt": o.Text, "a.md": o.Markdown, "a.docx": o.DOCX} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		list[name] = b.Bytes()
	}
	return list
}

// TestSampleYear wants each quoted figure in the outline of the sample year once,
// tied and right, in every form, and nothing else that a person must look at.
func TestSampleYear(t *testing.T) {
	c := sampleCatalogue(t)
	o := outline.Of(c)
	quoted := 0
	for _, f := range c.Figures {
		if len(f.Spec.Says) > 0 {
			quoted++
		}
	}
	files := forms(t, o)
	golden(t, "testdata/outline-2021.golden", string(files["a.txt"]))
	for name, content := range files {
		text, err := draft.Read(name, content)
		if err != nil {
			t.Fatal(err)
		}
		r, err := draft.Check(context.Background(), text, draft.Options{Catalogue: c, Against: "data"})
		if err != nil {
			t.Fatal(err)
		}
		times := map[string]int{}
		for _, f := range r.Findings {
			switch {
			case f.Verdict.Right() && strings.Contains(f.Why, "措辞相近"):
				t.Errorf("%s: %s is tied by loose wording: %s", name, f.Text, f.Sentence)
			case f.Verdict.Right():
				times[f.Figure.Spec.ID]++
			case f.Verdict != draft.NoStatistic:
				t.Errorf("%s: %s %s: %v", name, f.Text, f.Verdict, f.Lines())
			}
		}
		for id, n := range times {
			if n != 1 {
				t.Errorf("%s: %s is quoted %d times", name, id, n)
			}
		}
		if len(times) != quoted || quoted != 51 || len(r.NotQuoted) > 0 || len(r.AllNotices()) > 0 {
			t.Errorf("%s: %d of %d figures; not quoted %v; %v", name, len(times), quoted, r.NotQuoted, r.AllNotices())
		}
		doubts, err := o.Prove(context.Background(), name, content, draft.Options{Catalogue: c, Against: "data"})
		if len(doubts) > 0 || err != nil {
			t.Errorf("%s: %v %v", name, doubts, err)
		}
		if again := forms(t, outline.Of(c))[name]; !bytes.Equal(again, content) {
			t.Errorf("%s: other bytes the second time", name)
		}
	}
}

func count(id, section, unit string, value int64, says ...string) figure.Figure {
	f := figure.Figure{Spec: queries.Figure{ID: id, Title: "数" + id, Section: section, Unit: unit, Says: says}}
	if value > 0 {
		f.Value, f.Rows = big.NewRat(value, 1), value
		f.ValueText = f.Value.RatString()
		f.Quoted = f.ValueText + unit
	}
	return f
}

// TestComposition: sections that come back are put together, headings without a
// number get one, seven wordings are 4 + 3, one with a comma is set off by
// semicolons, a list without names gets a blank, no value is no sentence.
func TestComposition(t *testing.T) {
	c := figure.Catalogue{Year: 2022, Organisation: "政协某县委员会", Figures: []figure.Figure{
		count("a", "履职/提案", "件", 7, "立案提案{}件"),
		count("b", "自身建设", "项", 3, "等{}项制度"),
		count("c", "履职/（二）调研", "份", 0, "形成调研报告{}份"),
		count("d", "履职/协商", "次", 5, "召开协商会，共协商{}次"),
		count("e", "履职/协商", "条", 6, "提出建议{}条"),
		count("f", "履职/提案", "件", 8, "等{}件建议", "办理建议{}件"),
	}}
	for i := range 7 {
		c.Figures = append(c.Figures, count(string(rune('p'+i)), "三、宣传", "篇", 1, "稿"+string(rune('A'+i))+"{}篇"))
	}
	o := outline.Of(c)
	var got []string
	for _, line := range o.Lines {
		got = append(got, line.Text)
	}
	want := []string{"政协某县委员会常务委员会工作报告", "（2022年度初稿）",
		"一、履职", "（一）提案", "立案提案7件，办理建议8件。", "（二）协商", "召开协商会，共协商5次；提出建议6条。",
		"二、自身建设", "《×××》等3项制度。",
		"三、宣传", "稿A1篇，稿B1篇，稿C1篇，稿D1篇。稿E1篇，稿F1篇，稿G1篇。",
		"还没有数据的数字", "下列数字没有记录支持，没有写进正文。补上记录后可以重新写出初稿；不用的，删去这一部分。", "数c（c）"}
	if diff := cmp.Diff(want, got); diff != "" || o.Blanks != 1 {
		t.Errorf("%d blanks; %s", o.Blanks, diff)
	}
}

// TestDoubts: two figures of the same words cannot be told apart; a third number
// in a wording is nobody's. Each is said with the line that would decide it.
func TestDoubts(t *testing.T) {
	c := figure.Catalogue{Year: 2022, Organisation: "政协某县委员会", Rounding: contract.Rounding{Policy: contract.HalfUp}, Figures: []figure.Figure{
		count("first", "一、甲", "件", 7, "办理建议提案{}件"),
		count("second", "一、甲", "件", 7, "办理建议提案{}件"),
		count("third", "二、乙", "份", 4, "走访38户并写成调研报告{}份"),
	}}
	o := outline.Of(c)
	for name, content := range forms(t, o) {
		doubts, err := o.Prove(context.Background(), name, content, draft.Options{Catalogue: c, Against: "data"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range doubts {
			got = append(got, d.Number+" "+d.Decision)
		}
		want := []string{"7件 办理建议提案【7件】,first,", "7件 办理建议提案【7件】,second,", "38户 走访【38户】并写成调研报告4,编号,"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestDOCXIsValid asks Microsoft's own validator about a Word document.
func TestDOCXIsValid(t *testing.T) {
	validator, err := filepath.Abs("../../charts/assets/node_modules/.bin/ooxml-validator")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(validator); err != nil {
		t.Skip("ooxml-validator is not installed (make test installs it)")
	}
	o := outline.Of(figure.Catalogue{Year: 2022, Organisation: "政协<某>县委员会", Figures: []figure.Figure{count("a", "甲/乙", "件", 7, "立案提案{}件")}})
	path := filepath.Join(t.TempDir(), "a.docx")
	if err := os.WriteFile(path, forms(t, o)["a.docx"], 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(validator, path).CombinedOutput()
	if err != nil || !strings.Contains(strings.ReplaceAll(string(out), " ", ""), `"ok":true`) {
		t.Errorf("%v\n%s", err, out)
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
