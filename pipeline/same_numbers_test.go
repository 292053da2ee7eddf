package pipeline

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"workreport/pipeline/contract"
	"workreport/pipeline/proof"
)

// copied is an edition to be damaged.
func copied(t *testing.T, r Result) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "edition")
	if err := os.CopyFS(folder, os.DirFS(r.Published.Folder)); err != nil {
		t.Fatal(err)
	}
	return folder
}

// TestFormsHoldTheSameNumbers has every number of the published files compared:
// figures and tables in CSV, JSON, Arrow, Parquet, DOCX, XLSX, both pages, and the
// labels of every SVG.
func TestFormsHoldTheSameNumbers(t *testing.T) {
	r := runInto(t, t.TempDir(), time.Unix(1_600_000_000, 0))
	p, err := proof.Check(context.Background(), r.Published.Folder, wanted(r))
	if err != nil {
		t.Fatal(err)
	}
	if t.Logf("%d numbers in %d files", p.Numbers, p.Files); p.Numbers < 10_000 || r.Proof.Numbers != p.Numbers {
		t.Errorf("only %d numbers were compared", p.Numbers)
	}
}

// replaced is text with the first from in it replaced; the test fails without it.
func replaced(t *testing.T, content []byte, from, to string) []byte {
	t.Helper()
	if !bytes.Contains(content, []byte(from)) {
		t.Fatalf("there is no %q", from)
	}
	return bytes.Replace(content, []byte(from), []byte(to), 1)
}

// repacked is a ZIP with one part changed; nil leaves it out.
func repacked(t *testing.T, content []byte, part string, change func([]byte) []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, entry := range in.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if entry.Name == part {
			text = change(text)
		}
		if text == nil {
			continue
		}
		w, err := out.Create(entry.Name)
		if err == nil {
			_, err = w.Write(text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestDamageIsFound changes one thing in one file of the sample's edition. The
// error names the file, the figure or the table with its row, and both numbers.
func TestDamageIsFound(t *testing.T) {
	r := runInto(t, t.TempDir(), time.Unix(1_600_000_000, 0))
	text := func(from, to string) func(*testing.T, []byte) []byte {
		return func(t *testing.T, content []byte) []byte { return replaced(t, content, from, to) }
	}
	part := func(name, from, to string) func(*testing.T, []byte) []byte {
		return func(t *testing.T, content []byte) []byte {
			return repacked(t, content, name, func(part []byte) []byte { return replaced(t, part, from, to) })
		}
	}
	row := `<tr><th scope="row">工商联界</th>`
	for name, c := range map[string]struct {
		file   string
		damage func(*testing.T, []byte) []byte
		want   []string
	}{
		"figure in CSV":            {"figures.csv", text("proposals_filed,立案提案,228,", "proposals_filed,立案提案,227,"), []string{"“立案提案”（proposals_filed）的“value”：文件里是“227”，算出的是“228”"}},
		"figure lost in CSV":       {"figures.csv", text("proposals_filed,", "proposals_field,"), []string{"没有数字“立案提案”（proposals_filed）"}},
		"figure in JSON":           {"figures.json", text(`"value": "228"`, `"value": "282"`), []string{"（proposals_filed）的“value”：文件里是“282”，算出的是“228”"}},
		"JSON":                     {"catalogue.json", text("{", "["), []string{"读不懂"}},
		"figure in the catalogue":  {"catalogue.json", text(`"value": "228"`, `"value": "229"`), []string{"（proposals_filed）的“value”：文件里是“229”，算出的是“228”"}},
		"figure in Arrow":          {"figures.arrow", text("\x00\x01\x97\x0d", "\x00\x01\x97\x0e"), []string{"（proposals_filed）的“value”：文件里是“244.777216”，算出的是“228”"}},
		"figure in Parquet":        {"figures.parquet", text("\x0d\x97\x01\x00", "\x0e\x97\x01\x00"), []string{"（proposals_filed）的“value”：文件里是“244.777216”，算出的是“228”"}},
		"Parquet cut short":        {"figures.parquet", func(_ *testing.T, b []byte) []byte { return b[:len(b)/2] }, []string{"Parquet"}},
		"table in CSV":             {"tables/surveys_by_committee.csv", text("提案委员会,3,3,122,", "提案委员会,3,3,121,"), []string{"第2行（提案委员会）“2021年参加人次”：文件里是“121”，算出的是“122”"}},
		"column lost in a CSV":     {"tables/surveys_by_committee.csv", text("提案委员会,3,3,122,112", "提案委员会,3,3,122"), []string{"不是完好的 CSV"}},
		"heading lost in a CSV":    {"problems.csv", func(*testing.T, []byte) []byte { return []byte(contract.BOM + ",,\n") }, []string{"没有表头"}},
		"accounts":                 {"intake.csv", text("articles,1005,0,1,0,1004,", "articles,1006,0,1,0,1004,"), []string{"共 1006 行，去向合计 1005 行"}},
		"records":                  {"intake.csv", text("articles,1005,0,1,0,1004,0,", "articles,1005,0,1,0,1003,1,"), []string{"articles：文件里入库 1003 条，实际入库 1004 条"}},
		"figure in the page":       {"appendix.html", text(">228件<", ">229件<"), []string{"（proposals_filed）的“数值”：文件里是“229件”，算出的是“228件”"}},
		"table in the page":        {"appendix.html", text(`提案委员会</td><td class="right">3<`, `提案委员会</td><td class="right">4<`), []string{"“各专委会调研视察”第2行（提案委员会）“2021年调研视察”：文件里是“4”，算出的是“3”"}},
		"markup not closed":        {"appendix.html", text("</main>", ""), []string{"不是完好的 HTML"}},
		"a row lost in the charts": {"charts.html", func(t *testing.T, b []byte) []byte { return withoutRow(t, b, row) }, []string{"行，算出的是"}},
		"figure in the document":   {"appendix.docx", part("word/document.xml", ">228件<", ">288件<"), []string{"（proposals_filed）的“数值”：文件里是“288件”，算出的是“228件”"}},
		"figure lost in it":        {"appendix.docx", part("word/document.xml", ">立案提案<", ">立案题案<"), []string{"没有数字“立案提案”（proposals_filed）"}},
		"wording in the document":  {"appendix.docx", part("word/document.xml", "提案228件", "提案229件"), []string{"“报告表述”", "提案228件"}},
		"a cell of the workbook":   {"appendix.xlsx", part("xl/worksheets/sheet8.xml", `<c r="B5" s="13"><v>16</v>`, `<c r="B5" s="13"><v>17</v>`), []string{"第1行", "文件里是“17”，算出的是“16”"}},
		"a text of the workbook":   {"appendix.xlsx", part("xl/sharedStrings.xml", "<t>提案委员会</t>", "<t>提岸委员会</t>"), []string{"文件里是“提岸委员会”，算出的是“提案委员会”"}},
		"a broken ZIP":             {"appendix.docx", func(_ *testing.T, b []byte) []byte { return b[:len(b)-100] }, []string{"不是完好的 ZIP"}},
		"a checksum":               {"appendix.docx", func(_ *testing.T, b []byte) []byte { b[len(b)/2] ^= 1; return b }, []string{"读不出来"}},
		"a part lost": {"appendix.docx", func(t *testing.T, b []byte) []byte {
			return repacked(t, b, "word/media/picture3.png", func([]byte) []byte { return nil })
		}, []string{"指向 word/media/picture3.png，没有这个部分"}},
		"a kind not listed":      {"appendix.docx", part("[Content_Types].xml", `Extension="png"`, `Extension="pgn"`), []string{"没有列在 [Content_Types].xml 里"}},
		"XML not closed":         {"appendix.docx", part("word/styles.xml", "</w:styles>", ""), []string{"word/styles.xml 不是完好的 XML"}},
		"a label of a picture":   {"charts/proposals_by_sector.svg", text(">25<", ">52<"), []string{"图上的“52”不是表里的数"}},
		"a picture cut short":    {"charts/proposals_by_sector.png", func(_ *testing.T, b []byte) []byte { return b[:len(b)*2/3] }, []string{"不是完好的 PNG"}},
		"a bit of a picture":     {"charts/proposals_by_sector.png", func(_ *testing.T, b []byte) []byte { b[len(b)/2] ^= 1; return b }, []string{"不是完好的 PNG"}},
		"an SVG not closed":      {"charts/proposals_by_sector.svg", text("</svg>", ""), []string{"不是完好的 SVG"}},
		"an empty file":          {"checks.csv", func(*testing.T, []byte) []byte { return nil }, []string{"是空的"}},
		"a PDF cut short":        {"appendix.pdf", func(*testing.T, []byte) []byte { return []byte("%PDF-1.7\n") }, []string{"不是完整的 PDF"}},
		"the axis of a picture":  {"charts/meetings_by_kind.svg", text(">15<", ">16<"), []string{"charts/meetings_by_kind.svg"}},
		"the headline of a page": {"charts.html", text("<strong>", "<strong>1"), []string{"的“概览”"}},
	} {
		t.Run(name, func(t *testing.T) {
			folder := copied(t, r)
			path := filepath.Join(folder, c.file)
			content, err := os.ReadFile(path)
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, c.damage(t, content), 0o600); err != nil {
				t.Fatal(err)
			}
			holds(t, folder, wanted(r), append(c.want, c.file, "没有发布", "../data/2021")...)
		})
	}
}

// withoutRow leaves a row out of the data table that has it.
func withoutRow(t *testing.T, page []byte, row string) []byte {
	t.Helper()
	from := bytes.Index(page, []byte(row))
	if from < 0 {
		t.Fatalf("there is no %q", row)
	}
	length := bytes.Index(page[from:], []byte("</tr>")) + len("</tr>")
	return append(page[:from:from], page[from+length:]...)
}

// holds has a damaged edition refused, in words that say all of that.
func holds(t *testing.T, folder string, want proof.Want, said ...string) {
	t.Helper()
	_, err := proof.Check(context.Background(), folder, want)
	if err == nil {
		t.Fatal("it was not found")
	}
	for _, text := range said {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("not said: %s\n%v", text, err)
		}
	}
}

// TestOtherFiguresAreFound: the files are right, and another value was computed;
// then a file is missing, and nothing was computed at all.
func TestOtherFiguresAreFound(t *testing.T) {
	r := runInto(t, t.TempDir(), time.Unix(1_600_000_000, 0))
	folder := copied(t, r)
	want := wanted(r)
	want.Figures = append(want.Figures[:0:0], want.Figures...)
	want.Figures[0].ValueText = "7"
	holds(t, folder, want, "figures.parquet 数字", "figures.arrow 数字", "figures.csv 数字", "算出的是“7”")
	if err := os.Remove(filepath.Join(folder, "tables", "surveys_by_committee.csv")); err != nil {
		t.Fatal(err)
	}
	holds(t, folder, wanted(r), "tables/surveys_by_committee.csv 没有写出")
	for i := range want.Figures {
		want.Figures[i].Value = nil
	}
	holds(t, folder, want, "报告引用的数字没有一个有值", "没有发布")
	want.Loaded = nil
	holds(t, folder, want, "没有一条记录入库")
}
