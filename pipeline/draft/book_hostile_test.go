package draft

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
)

// TestHostileWorkbooks gives what no office would keep; each must end in a clear
// error, soon.
func TestHostileWorkbooks(t *testing.T) {
	const long = 5 << 20
	for name, c := range map[string]struct {
		sheet string
		more  map[string]string
		want  string
	}{
		"nothing in it":          {"", nil, "里面没有文字"},
		"only what is no text":   {row(1, `<c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1"/>`), nil, "里面没有文字"},
		"a row far below":        {`<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>`, nil, "读不懂；请在 Excel 或 WPS 里打开后另存为 .xlsx"},
		"a column far right":     {row(1, number("ZZZZ1", "1", 0)), nil, "读不懂"},
		"rows that run back":     {row(2, number("A2", "1", 0)) + row(1, number("A1", "1", 0)), nil, "读不懂"},
		"a cell twice":           {row(1, number("A1", "1", 0), number("A1", "2", 0)), nil, "读不懂"},
		"a cell in a cell":       {row(1, `<c r="A1"><c r="B1"><v>1</v></c></c>`), nil, "读不懂"},
		"a cell outside of rows": {number("A1", "1", 0), nil, "读不懂"},
		"a text that is not":     {row(1, shared("A1", 9)), nil, "读不懂"},
		"cut off":                {`<row r="1"><c r="A1"><v>1`, nil, "读不懂"},
		"an entity":              {row(1, `<c r="A1" t="str"><v>&a;</v></c>`), nil, "读不懂"},
		"nested deep":            {strings.Repeat("<x>", 100_000), nil, "读不懂"},
		"many cells":             {row(1) + strings.Repeat("<row><c><v>1</v></c></row>", maxCells+1), nil, "不像是一份报告"},
		"one text in all cells":  {strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 1000), map[string]string{"xl/sharedStrings.xml": `<sst ` + sheetNS + `><si><t>` + strings.Repeat("万", 10_000) + `</t></si></sst>`}, "不像是一份报告"},
		"a long text":            {row(1, inline("A1", strings.Repeat("x", long))), nil, "不像是一份报告"},
		"many shared texts":      {row(1, shared("A1", 0)), map[string]string{"xl/sharedStrings.xml": `<sst ` + sheetNS + `>` + strings.Repeat("<si/>", maxRuns+1) + `</sst>`}, "文字太多"},
		"many runs":              {row(1, shared("A1", 0)), map[string]string{"xl/sharedStrings.xml": `<sst ` + sheetNS + `><si>` + strings.Repeat("<t>1</t>", maxRuns+1) + `</si></sst>`}, "文字太多"},
		"many styles":            {row(1, number("A1", "1", 0)), map[string]string{"xl/styles.xml": `<styleSheet ` + sheetNS + `><cellXfs>` + strings.Repeat("<xf/>", lastStyle+1) + `</cellXfs></styleSheet>`}, "styles.xml 读不懂"},
		"a broken main part":     {"", map[string]string{"xl/workbook.xml": `<workbook ` + sheetNS + `><sheets>`}, "读不懂"},
		"a bomb":                 {strings.Repeat(" ", 4*MaxFile+1), nil, "解开后太大"},
	} {
		content := bookFile(t, c.more, c.sheet)
		began := time.Now()
		_, err := Read("draft.xlsx", content)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// TestNumbersOutOfRange reads numbers that are none, or that no cell can show.
func TestNumbersOutOfRange(t *testing.T) {
	for value, want := range map[string]string{
		"1e999999999": "", "NaN": "", "INF": "", "0x10": "", "-": "", "1e300": "1.0E+300", "1e-300": "0.00", "-0": "0.00", "999999999999999999": "1.0E+18",
	} {
		text, err := Read("a.xlsx", bookFile(t, nil, row(1, inline("A1", "数"), number("B1", value, 1), number("C1", value, 3))))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSuffix(strings.TrimPrefix(text.String, "数\n"), "\n"); strings.TrimSuffix(got, "%") != want {
			t.Errorf("%s: %q, want %q", value, got, want)
		}
	}
}

func TestWordCommentsAreForWord(t *testing.T) {
	r := check(t, readBookFile(t, bookFile(t, nil, hardSheets...)), options())
	if err := Comment(io.Discard, r); err == nil || !strings.Contains(err.Error(), "只有 Word 文档（.docx）能加批注") {
		t.Error(err)
	}
	var page bytes.Buffer
	if err := HTML(&page, "汇总.xlsx", r); err != nil || !strings.Contains(page.String(), `<span class="where">汇总!B3</span>`) {
		t.Errorf("%v\n%s", err, page.String())
	}
	var list bytes.Buffer
	if err := JSON(&list, r); err != nil || !strings.Contains(list.String(), `"sheet": "汇总",
      "cell": "B3",`) {
		t.Errorf("%v\n%s", err, list.String())
	}
}
