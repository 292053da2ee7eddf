package draft

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"workreport/pipeline/quote"
)

const (
	partHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	sheetNS   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	officeRel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	rowsOf    = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// bookStyles has, by number: 0 general, 1 0.00%, 2 0%, 3 a date, 4 #,##0,
// 5 0"件", 6 0.0, 7 yyyy年m月d日, 8 0!.0,"万", 9 Chinese numerals.
const bookStyles = `<styleSheet ` + sheetNS + `><numFmts count="4"><numFmt numFmtId="176" formatCode="0&quot;件&quot;"/><numFmt numFmtId="177" formatCode="0.0_ "/><numFmt numFmtId="178" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="179" formatCode="0!.0,&quot;万&quot;"/></numFmts><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="10" fontId="0" fillId="0" borderId="0"/><xf numFmtId="9" fontId="0" fillId="0" borderId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0"/><xf numFmtId="176" fontId="0" fillId="0" borderId="0"/><xf numFmtId="177" fontId="0" fillId="0" borderId="0"/><xf numFmtId="178" fontId="0" fillId="0" borderId="0"/><xf numFmtId="179" fontId="0" fillId="0" borderId="0"/></cellXfs></styleSheet>`

// bookFile is a workbook with a sheet for each content of sheetData and what
// follows it; the second one is hidden. more are further parts.
func bookFile(t testing.TB, more map[string]string, sheets ...string) []byte {
	t.Helper()
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + rowsOf + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + rowsOf + `styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="` + rowsOf + `sharedStrings+xml"/>`
	links, list := `<Relationship Id="rId90" Type="`+officeRel+`styles" Target="styles.xml"/><Relationship Id="rId91" Type="`+officeRel+`sharedStrings" Target="sharedStrings.xml"/>`, ""
	parts := [][2]string{{"_rels/.rels", partHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + officeRel + `officeDocument" Target="xl/workbook.xml"/></Relationships>`}}
	for i, sheet := range sheets {
		types += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, rowsOf)
		links += fmt.Sprintf(`<Relationship Id="rId%d" Type="%sworksheet" Target="/xl/worksheets/sheet%d.xml"/>`, i+1, officeRel, i+1)
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, []string{"汇总", "底稿", "说明"}[i], i+1, []string{"", ` state="hidden"`, ""}[i], i+1)
		before, after, _ := strings.Cut(sheet, "</sheetData>")
		parts = append(parts, [2]string{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), partHead + `<worksheet ` + sheetNS + `><sheetData>` + before + `</sheetData>` + after + `</worksheet>`})
	}
	parts = append(parts,
		[2]string{"[Content_Types].xml", partHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + types + `</Types>`},
		[2]string{"xl/_rels/workbook.xml.rels", partHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links + `</Relationships>`},
		[2]string{"xl/workbook.xml", partHead + `<workbook ` + sheetNS + `><bookViews><workbookView/></bookViews><sheets>` + list + `</sheets></workbook>`},
		[2]string{"xl/styles.xml", partHead + bookStyles}, [2]string{"xl/sharedStrings.xml", partHead + bookShared})
	for name, content := range more {
		if at := slices.IndexFunc(parts, func(p [2]string) bool { return p[0] == name }); at >= 0 {
			parts[at][1] = content
		} else {
			parts = append(parts, [2]string{name, content})
		}
	}
	slices.SortFunc(parts, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Deflate, Modified: time.Date(2022, 4, 1, 8, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, part[1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const bookShared = `<sst ` + sheetNS + ` count="4" uniqueCount="4"><si><t>立案提案（件）</t></si><si><r><t>全年立案提案2</t></r><r><rPr><b/><sz val="11"/><color rgb="FFFF0000"/><rFont val="宋体"/></rPr><t xml:space="preserve">82件， </t></r><r><rPr><i/></rPr><t>讲党课9次。</t></r><rPh sb="0" eb="1"><t>777</t></rPh></si><si><t>A&amp;B_x000D_
全年编发《社情民意》50期</t></si><si><t>界别协商</t></si></sst>`

func shared(at string, i int) string { return fmt.Sprintf(`<c r="%s" t="s"><v>%d</v></c>`, at, i) }

func inline(at, text string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, at, text)
}

func number(at, value string, style int) string {
	return fmt.Sprintf(`<c r="%s" s="%d"><v>%s</v></c>`, at, style, value)
}

func row(n int, cells ...string) string {
	return fmt.Sprintf(`<row r="%d">%s</row>`, n, strings.Join(cells, ""))
}

// hardSheets is a workbook with cells of every kind.
var hardSheets = []string{
	row(1, shared("A1", 0), number("B1", "228", 0)) +
		row(2, shared("A2", 1)) +
		row(3, inline("A3", "办复率"), number("B3", "0.99487179487179505", 1), `<c r="C3"><f>B1/229</f><v>0.9956</v></c>`) +
		row(5, number("A5", "44260", 3), number("B5", "44260.5", 7), number("C5", "0.5", 3), `<c r="D5" t="d"><v>2021-03-05T00:00:00</v></c>`) +
		row(6, number("A6", "1234567", 4), number("B6", "16", 5), number("C6", "-0.04", 6), number("D6", "12345678", 8), number("E6", "1E2", 0), number("F6", "0.10000000000000001", 0)) +
		row(7, `<c r="A7" t="b"><v>1</v></c><c r="B7" t="e"><v>#REF!</v></c><c r="C7" t="str"><f>"讲党课"&amp;8</f><v>讲党课8次</v></c><c r="D7"><f>SUM(B1)</f></c><c r="E7" s="1"/><c r="F7" t="str"><v>八_x0041_</v></c>`) +
		`</sheetData><mergeCells count="1"><mergeCell ref="A8:C8"/></mergeCells>`,
	row(4, shared("C4", 2)),
	`<row><c t="inlineStr"><is><t>其中界别协商16次</t></is></c><c><v>71</v></c></row>`,
}

func readBookFile(t testing.TB, content []byte) Text {
	t.Helper()
	text, err := Read("draft.xlsx", content)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestWorkbookIsReadAsItIsShown(t *testing.T) {
	text := readBookFile(t, bookFile(t, nil, hardSheets...))
	var got []string
	offset := 0
	for line := range strings.Lines(text.String) {
		sheet, cell := text.cell(offset)
		got = append(got, sheet+cell+" "+strings.TrimSuffix(line, "\n"))
		offset += len(line)
	}
	want := []string{
		"汇总A1 立案提案（件）", "汇总B1 228", "汇总A2 全年立案提案282件， 讲党课9次。",
		"汇总A3 办复率", "汇总B3 99.49%", "汇总C3 0.9956",
		"汇总A5 2021-03-05", "汇总B5 2021-03-05", "汇总D5 2021-03-05", // C5 is a time of day
		"汇总A6 1,234,567", "汇总B6 16件", "汇总C6 0.0", "汇总D6 12345678", "汇总E6 100", "汇总F6 0.1",
		"汇总C7 讲党课8次", "汇总F7 八A",
		"底稿C4 A&B\t\t全年编发《社情民意》50期", "说明A1 其中界别协商16次", "说明B1 71",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if want := "工作表“底稿”是隐藏的，也读了|有 1 个公式还没有算出值，没有读；请在 Excel 或 WPS 里打开并保存后再核对"; strings.Join(text.notices, "|") != want {
		t.Errorf("notices %q", text.notices)
	}
}

func TestWorkbookIsChecked(t *testing.T) {
	var got []string
	for _, f := range check(t, readBookFile(t, bookFile(t, nil, hardSheets...)), options()).Findings {
		if f.Class == quote.Figure {
			got = append(got, fmt.Sprintf("%s %s %s", f.PlaceText(), f.Text, f.Verdict))
		}
	}
	for _, want := range []string{"工作表“汇总”B1 228 一致", "工作表“汇总”A2第7字 282件 不一致", "工作表“汇总”A2第16字 9次 不一致", "工作表“汇总”B3 99.49% 不一致",
		"工作表“底稿”C4第16字 50期 一致", "工作表“说明”A1第7字 16次 一致", "工作表“汇总”C7第4字 8次 一致"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s among\n%s", want, strings.Join(got, "\n"))
		}
	}
}

// TestWordsBesideANumber holds what a number of a table is taken for, and that
// it is taken for nothing where that is not sure.
func TestWordsBesideANumber(t *testing.T) {
	for name, c := range map[string]struct{ sheet, want string }{
		"the unit in brackets": {row(1, inline("A1", "立案提案（件）"), number("B1", "228", 0)), "B1 228件 一致"},
		"the unit before":      {row(1, inline("A1", "立案提案"), inline("B1", "件"), number("C1", "229", 0)), "C1 229件 不一致"},
		"the unit behind":      {row(1, inline("A1", "立案提案"), number("B1", "228", 0), inline("C1", "件")), "B1 228件 一致"},
		"the unit in the title": {row(1, inline("A1", "项目"), inline("B1", "数量（件）")) + row(2, inline("A2", "立案提案"), number("B2", "228", 0)),
			"B2 228件 一致"},
		"years in the titles": {row(1, inline("A1", "指标"), inline("B1", "2020年"), inline("C1", "2021年"), inline("D1", "增长（%）")) +
			row(2, inline("A2", "立案提案（件）"), number("B2", "204", 0), number("C2", "228", 0), number("D2", "11.8", 0)) +
			row(3, inline("A3", "讲党课（次）"), number("B3", "10", 0), number("C3", "9", 0), number("D3", "-10", 0)),
			"B2 204件 无据|C2 228件 一致|D2 11.8 无据|B3 10次 无据|C3 9次 不一致|D3 10 无据"},
		"years as numbers": {row(1, inline("A1", "指标"), number("B1", "2020", 0), number("C1", "2021", 0)) + row(2, inline("A2", "立案提案（件）"), number("B2", "204", 0), number("C2", "228", 0)),
			"B2 204件 无据|C2 228件 一致"},
		"two columns of what": {row(1, inline("A1", "界别"), inline("B1", "立案提案（件）"), inline("C1", "讲党课（次）")) + row(2, inline("A2", "工商联"), number("B2", "12", 0), number("C2", "3", 0)),
			"B2 12件 无据|C2 3 无据"},
		"titles over one row": {row(1, inline("A1", "立案提案（件）"), inline("B1", "讲党课（次）")) + row(2, number("A2", "228", 0), number("B2", "9", 0)),
			"A2 228件 一致|B2 9次 不一致"},
		"titles over rows":  {row(1, inline("A1", "立案提案（件）")) + row(2, number("A2", "100", 0)) + row(3, number("A3", "128", 0)), "A2 100 无据|A3 128 无据"},
		"a new row":         {row(1, inline("A1", "立案提案（件）")) + row(2, inline("B2", "合计"), number("C2", "100", 0)), "C2 100 无据"},
		"the row above":     {row(1, inline("B1", "立案提案（件）")) + row(2, number("A2", "100", 0)), "A2 100 无据"},
		"a blank between":   {row(1, inline("A1", "立案提案（件）"), number("C1", "100", 0)), "C1 100 无据"},
		"a number between":  {row(1, inline("A1", "立案提案（件）"), number("B1", "228", 0), number("C1", "100", 0)), "B1 228件 一致|C1 100 无据"},
		"merged words":      {row(1, inline("A1", "立案提案（件）"), `<c r="B1"/>`, number("C1", "228", 0)) + `</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>`, "C1 228件 一致"},
		"merged down":       {row(1, inline("A1", "立案提案（件）")) + row(2, number("B2", "228", 0)) + `</sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>`, "B2 228件 一致"},
		"a share in a cell": {row(1, inline("A1", "办复率（%）"), number("B1", "99.5", 0)) + row(2, inline("A2", "办复率达到"), number("B2", "1", 2)), "B1 99.5% 不一致|B2 100%% 一致"},
	} {
		var got []string
		for _, f := range check(t, readBookFile(t, bookFile(t, nil, c.sheet)), options()).Findings {
			if f.Class == quote.Figure {
				got = append(got, fmt.Sprintf("%s %s%s %s", f.Cell, f.Text, f.Unit, f.Verdict))
			}
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %s", name, strings.Join(got, "|"))
		}
	}
}

func TestNumberFormats(t *testing.T) {
	for code, want := range map[string]string{
		"General": "1234.5", "0": "1235", "0.00": "1234.50", "#,##0.0": "1,234.5", "0%": "123450%", "0.0%": "123450.0%", `0.0"万元"`: "1234.5万元", `General"件"`: "1234.5件",
		`_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `: "1,234.50", `0.0_);[Red]\(0.0\)`: "1234.5", `[$¥-804]#,##0.00`: "1,234.50", `\约0`: "约1235",
		`0!.0,"万"`: "1234.5", "0.0,": "1234.5", "# ?/?": "1234.5", "0.00E+00": "1234.5", "@": "1234.5", `G/通用格式`: "1234.5", `[DBNum1][$-804]General`: "1234.5", `"无"`: "1234.5", "": "1234.5", `"`: "1234.5", `\`: "1234.5", "[": "1234.5",
	} {
		f := formatOf(code)
		if got := f.shown("1234.5"); got != want || f.date {
			t.Errorf("%s: %s, want %s, a date: %v", code, got, want, f.date)
		}
		value, ok := f.read(want)
		if again := f.shown(value); !ok || again != want {
			t.Errorf("%s: %s is read as %s and shown as %s", code, want, value, again)
		}
	}
	for _, code := range []string{"yyyy-mm-dd", `[$-804]aaaa;@`, "m/d", "[h]:mm", `上午/下午h"时"mm"分"`, `yyyy"年"`} {
		if f := formatOf(code); f.date != (code != `[$-804]aaaa;@`) {
			t.Errorf("%s: a date: %v", code, f.date)
		}
	}
	percent := formatOf("0%")
	if value, ok := percent.read("99.5%"); ok {
		t.Errorf("0%% would show %s as 100%%", value)
	}
	if value, ok := formatOf("0.00%").read("99.5%"); !ok || value != "0.995" {
		t.Errorf("99.5%% is kept as %s", value)
	}
	for text, ok := range map[string]bool{"280余件": false, "280": false, "280件": true, "-3件": true, "2.5件": false} {
		if _, got := formatOf(`0"件"`).read(text); got != ok {
			t.Errorf("%s: %v", text, got)
		}
	}
}
