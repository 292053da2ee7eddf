package draft

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/queries"
)

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// wordFile is a Word document with the body, footnotes and further parts given.
func wordFile(t testing.TB, body string, more map[string]string) []byte {
	t.Helper()
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	const kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + kinds + `document.main+xml"/>`
	links := ""
	for i, kind := range []string{"footnotes", "header", "comments"} {
		name := kind
		if kind == "header" {
			name = "header1"
		}
		if _, ok := more["word/"+name+".xml"]; ok {
			types += `<Override PartName="/word/` + name + `.xml" ContentType="` + kinds + kind + `+xml"/>`
			links += fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s.xml"/>`, i+1, kind, name)
		}
	}
	parts := []struct{ name, content string }{
		{"[Content_Types].xml", head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + types + `</Types>`},
		{"_rels/.rels", head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", head + `<w:document ` + wordNS + `><w:body>` + body + `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`},
		{"word/_rels/document.xml.rels", head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links + `</Relationships>`},
	}
	for _, name := range []string{"word/footnotes.xml", "word/header1.xml", "word/comments.xml"} {
		if content, ok := more[name]; ok {
			parts = append(parts, struct{ name, content string }{name, head + content})
		}
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: time.Date(2022, 4, 1, 8, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, part.content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func p(runs ...string) string { return `<w:p>` + strings.Join(runs, "") + `</w:p>` }

func r(text string) string {
	return `<w:r><w:rPr><w:b/></w:rPr><w:t>` + text + `</w:t></w:r>`
}

const footnotes = `<w:footnotes ` + wordNS + `><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>其中化解各类矛盾72件。</w:t></w:r></w:p></w:footnote></w:footnotes>`

// hardBody is a draft as Word makes it: a number over three runs, tracked
// changes, a table, a field, a text box, a footnote, entities.
var hardBody = strings.Join([]string{
	p(r("全年立案提案2"), r("8"), `<w:r><w:t>2件，A&amp;B两&#x4E2A;词</w:t></w:r>`),
	p(r("全年共编发《社情民意》"), `<w:del w:id="90" w:author="甲" w:date="2022-01-01T00:00:00Z"><w:r><w:delText>40</w:delText></w:r></w:del><w:ins w:id="91" w:author="甲" w:date="2022-01-01T00:00:00Z">`+r("50期")+`</w:ins>`, r("，讲党课 9 次。")),
	`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>` + p(r("召开界别协商16次")) + `</w:tc><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>` + p(r("12")) + `</w:tc></w:tr></w:tbl>`,
	p(r("办复率达到"), `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> REF 999 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+r("99%")+`<w:r><w:fldChar w:fldCharType="end"/></w:r>`, r("。")),
	p(r("界别协商"), `<w:r><w:footnoteReference w:id="1"/></w:r>`, r("成效明显。")),
	p(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" cy="400000"/><wp:docPr id="7" name="框"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent>` + p(`<w:r><w:t>讲党课8次</w:t></w:r>`) + `</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>` + p(`<w:r><w:t>讲党课8次</w:t></w:r>`) + `</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`),
}, "")

// options are figures for the drafts of these tests.
func options() Options {
	f := func(id, title, unit string, value int64, says ...string) figure.Figure {
		x := big.NewRat(value, 1)
		return figure.Figure{Spec: queries.Figure{ID: id, Title: title, Unit: unit, Says: says, Note: title + "的定义。"}, Value: x,
			ValueText: x.RatString(), Quoted: x.RatString() + unit, Sources: []string{"提案"}}
	}
	return Options{Against: "测试", Catalogue: figure.Catalogue{Year: 2021, Rounding: contract.Rounding{Policy: contract.HalfUp, PercentPlaces: 2}, Figures: []figure.Figure{
		f("filed", "立案提案", "件", 228, "全年立案提案{}件", "立案{}件"),
		f("bulletins", "编发《社情民意》", "期", 50, "编发《社情民意》{}期"),
		f("lectures", "讲党课", "次", 8, "讲党课{}次"),
		f("consultations", "界别协商", "次", 16, "召开界别协商{}次"),
		f("rate", "办复率", "%", 100, "办复率达到{}%"),
		f("conflicts", "化解矛盾", "件", 27, "化解各类矛盾{}件"),
	}}}
}

func checked(t testing.TB, content []byte) Report {
	t.Helper()
	text, err := Read("draft.docx", content)
	if err != nil {
		t.Fatal(err)
	}
	return check(t, text, options())
}

func TestWordIsReadAsItIs(t *testing.T) {
	header := `<w:hdr ` + wordNS + `>` + p(`<w:r><w:t>第3稿</w:t></w:r>`) + `</w:hdr>`
	report := checked(t, wordFile(t, hardBody, map[string]string{"word/footnotes.xml": footnotes, "word/header1.xml": header}))
	var got []string
	for _, f := range report.Findings {
		id := ""
		if f.Figure != nil {
			id = f.Figure.Spec.ID
		}
		got = append(got, fmt.Sprintf("%s %d:%d run %d %s %s %s", f.Where, f.Line, f.Column, report.Text.run(f.Start), f.Text, f.Verdict, id))
	}
	want := []string{
		"正文 1:7 run 1 282件 不一致 filed",
		"正文 1:15 run 3 两个 无据 ",
		"正文 2:12 run 3 50期 一致 bulletins", // the deletion is passed over
		"正文 2:20 run 4 9 次 不一致 lectures",
		"表格 3:7 run 1 16次 一致 consultations",
		"表格 4:1 run 1 12 无据 ",
		"正文 5:6 run 5 99% 不一致 rate", // the field's code, REF 999, is no text
		"文本框 8:4 run 1 8次 一致 lectures",
		"脚注 11:9 run 1 72件 不一致 conflicts",
		"页眉 12:1 run 1 第3 非统计 ",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if len(report.Notices) != 1 || !strings.Contains(report.Notices[0], "修订") {
		t.Errorf("notices %q", report.Notices)
	}
}

// PartsOf is partsOf for the tests outside the package.
var PartsOf = partsOf

// partsOf are the parts of a package, by name.
func partsOf(t testing.TB, content []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(in)
		list[f.Name] = string(text)
	}
	return list
}

func commented(t testing.TB, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Comment(&b, checked(t, content)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCommentsLeaveAllElseAlone(t *testing.T) {
	comments := `<w:comments ` + wordNS + `><w:comment w:id="4" w:author="乙">` + p(`<w:r><w:t>旧批注</w:t></w:r>`) + `</w:comment></w:comments>`
	for name, more := range map[string]map[string]string{
		"without comments": {"word/footnotes.xml": footnotes},
		"with comments":    {"word/footnotes.xml": footnotes, "word/comments.xml": comments},
	} {
		before := wordFile(t, hardBody, more)
		after := commented(t, before)
		was, is := partsOf(t, before), partsOf(t, after)
		for part, content := range was {
			switch part {
			case "word/document.xml", "word/comments.xml":
			case "[Content_Types].xml", "word/_rels/document.xml.rels":
				if name == "with comments" && is[part] != content {
					t.Errorf("%s: %s changed", name, part)
				}
			default:
				if is[part] != content {
					t.Errorf("%s: %s changed", name, part)
				}
			}
		}
		if got := strings.Count(is["word/comments.xml"], "<w:comment "); got != map[string]int{"without comments": 6, "with comments": 7}[name] {
			t.Errorf("%s: %d comments:\n%s", name, got, is["word/comments.xml"])
		}
		// the text is the same, and the numbers are where they were
		if a, b := checked(t, before), checked(t, after); a.Text.String != b.Text.String {
			t.Errorf("%s: the text changed:\n%s\n%s", name, a.Text.String, b.Text.String)
		}
		if again := commented(t, before); !bytes.Equal(again, after) {
			t.Errorf("%s: two runs differ", name)
		}
		accepted(t, name, before)
		accepted(t, name+", commented", after)
		accepted(t, name+", commented twice", commented(t, after))
	}
}

// TestCommentsStandAtTheNumber holds each comment's range to the number it is on.
func TestCommentsStandAtTheNumber(t *testing.T) {
	after := partsOf(t, commented(t, wordFile(t, hardBody, map[string]string{"word/footnotes.xml": footnotes})))["word/document.xml"]
	for id, want := range []string{"282件", "两&#x4E2A;", "9 次", "12", "99%", ""} {
		_, rest, _ := strings.Cut(after, fmt.Sprintf(`<w:commentRangeStart w:id="%d"/>`, id))
		inside, _, found := strings.Cut(rest, fmt.Sprintf(`<w:commentRangeEnd w:id="%d"/>`, id))
		var text strings.Builder
		for _, piece := range strings.Split(inside, "<w:t") {
			if _, words, ok := strings.Cut(piece, ">"); ok && !strings.HasPrefix(piece, "ab") {
				words, _, _ = strings.Cut(words, "</w:t>")
				if !strings.Contains(words, "<") {
					text.WriteString(words)
				}
			}
		}
		if !found || text.String() != want {
			t.Errorf("comment %d stands on %q, want %q", id, text.String(), want)
		}
	}
}

// accepted asks Microsoft's validator whether Word would open a file without repair.
func accepted(t *testing.T, name string, content []byte) {
	t.Helper()
	if faults := faultsOf(t, content); faults != "" {
		t.Errorf("%s: %s", name, faults)
	}
}

// faultsOf are what Microsoft's validator finds wrong with a file, "" for nothing.
func faultsOf(t *testing.T, content []byte) string {
	t.Helper()
	validator, _ := filepath.Abs("../../charts/assets/node_modules/.bin/ooxml-validator")
	if _, err := os.Stat(validator); err != nil {
		t.Log("ooxml-validator is not installed: npm ci in charts/assets")
		return ""
	}
	file := filepath.Join(t.TempDir(), "draft.docx")
	if bytes.Contains(content, []byte("xl/workbook.xml")) {
		file = filepath.Join(t.TempDir(), "draft.xlsx")
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(validator, file).Output()
	var verdict struct {
		OK     bool
		Errors json.RawMessage
	}
	if json.Unmarshal(out, &verdict) != nil {
		t.Fatalf("the validator failed: %v\n%s", err, out)
	}
	if verdict.OK {
		return ""
	}
	return string(verdict.Errors)
}

// TestDraftSavedByLibreOffice comments on a file that LibreOffice has saved.
func TestDraftSavedByLibreOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("soffice is not installed")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "draft.docx"), wordFile(t, hardBody, map[string]string{"word/footnotes.xml": footnotes}), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"odt", "docx"} {
		from := map[string]string{"odt": "draft.docx", "docx": "draft.odt"}[to]
		cmd := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/office", "--headless", "--convert-to", to, from)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	content, err := os.ReadFile(filepath.Join(dir, "draft.docx"))
	if err != nil {
		t.Fatal(err)
	}
	report := checked(t, content)
	if c := report.Coverage(); c.Wrong != 4 || c.Right != 3 {
		t.Errorf("%+v\n%s", c, report.Text.String)
	}
	// LibreOffice has its own way with bold paragraph marks; the comments must add nothing to it
	if before, after := faultsOf(t, content), faultsOf(t, commented(t, content)); before != after {
		t.Errorf("faults before:\n%s\nafter:\n%s", before, after)
	}
}

func check(t testing.TB, text Text, o Options) Report {
	t.Helper()
	r, err := Check(t.Context(), text, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
