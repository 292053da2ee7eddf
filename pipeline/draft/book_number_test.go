package draft

import (
	"encoding/xml"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
	"workreport/queries"
)

// tableOptions are options() with 546 trained, quoted 500余人次, and 4386.52万元.
func tableOptions() Options {
	o := options()
	add := func(id, title, unit string, value *big.Rat, how queries.Quote) {
		o.Catalogue.Figures = append(o.Catalogue.Figures, figure.Figure{
			Spec:  queries.Figure{ID: id, Title: title, Unit: unit, Says: []string{title + "{}" + unit}, Quote: how},
			Value: value, ValueText: quote.Exact(value, o.Catalogue.Rounding.Policy), Quoted: quote.Write(value, how, unit, o.Catalogue.Rounding)})
	}
	add("training", "参加学习培训", "人次", big.NewRat(546, 1), queries.Quote{Hedge: "余", Place: 100})
	add("funds", "项目资金", "万元", big.NewRat(438652, 100), queries.Quote{Hedge: "余", Place: 1000})
	return o
}

// TestUnitsInTheHeadOfATable refreshes cells whose unit stands in the cell before,
// in a Word table and in a workbook: the writing is kept, the unit is not doubled.
func TestUnitsInTheHeadOfATable(t *testing.T) {
	for _, c := range [][3]string{
		{"参加学习培训（人次）", "700余", "500余"},
		{"参加学习培训（人次）", "546", "546"},
		{"参加学习培训", "700余", "500余"}, // a count under its own title
		{"项目资金（万元）", "5386.5", "4386.5"},
		{"项目资金（万元）", "约5000", "约4400"}, // 5 % of 4000 is 200
		{"项目资金（万元）", "5000余", "4000余"},
		{"项目资金（万元）", "4387", "4387"}, // right by rounding
		{"项目资金（元）", "5386.5万", "4386.5万"},
		{"项目资金（万元）", "5386.5万元", "4386.5万元"},
		{"项目资金（万元）", "3千余万元", "4千余万元"},
		{"办复率（%）", "98.5", "100"},
		{"办复率（%）", "98.5%", "100%"},
	} {
		cell := func(text string) string {
			return `<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>` + p(r(text)) + `</w:tc>`
		}
		table := `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid><w:tr>` + cell(c[0]) + cell(c[1]) + `</w:tr></w:tbl>`
		for name, content := range map[string][]byte{
			"a.docx": wordFile(t, table, nil),
			"a.xlsx": bookFile(t, nil, row(1, inline("A1", c[0]), inline("B1", c[1]))),
		} {
			got := refreshed(t, name, content, tableOptions(), Revision{Plain: true})
			equal(t, name, got.After.Text.String, c[0]+"\n"+c[2])
			if last := got.After.Findings[len(got.After.Findings)-1]; len(got.Left) > 0 || !last.Verdict.Right() {
				t.Errorf("%s %s|%s: %s", name, c[0], c[1], told(got))
			}
		}
	}
}

// formatted is a workbook with a number under a format of its own, with the words
// before it.
func formatted(t *testing.T, head, value, code string) []byte {
	t.Helper()
	var format strings.Builder
	if err := xml.EscapeText(&format, []byte(code)); err != nil {
		t.Fatal(err)
	}
	styles := strings.Replace(bookStyles, `formatCode="0&quot;件&quot;"`, `formatCode="`+format.String()+`"`, 1)
	return bookFile(t, map[string]string{"xl/styles.xml": styles}, row(1, inline("A1", head), number("B1", value, 5)))
}

// TestNumbersOfCellsStayNumbers refreshes number cells under the usual formats: the
// cell holds the value and its format rounds it; where that would be wrong the
// cell is left.
func TestNumbersOfCellsStayNumbers(t *testing.T) {
	const left = "是数值单元格，请在 Excel 里改，应为"
	for _, c := range []struct{ head, value, code, held, told string }{
		{"立案提案（件）", "282", "General", "228", "282→228"},
		{"立案提案（件）", "282", "0.00", "228", "282.00→228.00"},
		{"立案提案（件）", "1282", "#,##0", "228", "1,282→228"},
		{"立案提案", "282", `0"件"`, "228", "282件→228件"},
		{"参加学习培训（人次）", "700", "General", "546", "700→546"},
		{"参加学习培训", "700", `0"余人次"`, "700", left + "500余人次"}, // 546余 is more than 546
		{"参加学习培训", "10.7", `0.0"百人次"`, "10.7", left + "5.5百人次"},
		{"办复率", "0.98", "0.00%", "1", "98.00%→100.00%"},
		{"办复率", "0.98", "0.0%", "1", "98.0%→100.0%"},
		{"办复率（%）", "98.5", "0.0", "100", "98.5→100.0"},
		{"办复率", "98", "General", "98", "单位不同"}, // its unit is not told
		{"办复率", "0.98", "General", "0.98", "单位不同"},
		{"立案提案（人次）", "228", "General", "228", left + "228件"},
		{"项目资金（万元）", "5386.5", "0.0", "4386.52", "5386.5→4386.5"},
		{"项目资金（万元）", "5386.5", "General", "4386.5", "5386.5→4386.5"},
		{"项目资金（万元）", "5386.52", "#,##0.00", "4386.52", "5,386.52→4,386.52"},
		{"项目资金（万元）", "5386.52", "0", "4386.52", "5387→4387"},
		{"项目资金（亿元）", "0.54", "0", "0.54", left + "0.4"}, // would show 0
		{"项目资金（亿元）", "0.54", "0.0", "0.438652", "0.5→0.4"},
	} {
		got := refreshed(t, "a.xlsx", formatted(t, c.head, c.value, c.code), tableOptions(), revision)
		name := fmt.Sprintf("%s|%s under %s", c.head, c.value, c.code)
		if cell := fmt.Sprintf(`<c r="B1" s="5"><v>%s</v></c>`, c.held); !strings.Contains(partsOf(t, got.Content)["xl/worksheets/sheet1.xml"], cell) {
			t.Errorf("%s holds\n%s", name, partsOf(t, got.Content)["xl/worksheets/sheet1.xml"])
		}
		if told := told(got); !strings.Contains(told, c.told) {
			t.Errorf("%s: %s, want %s", name, told, c.told)
		}
		if again := refreshed(t, "a.xlsx", got.Content, tableOptions(), revision); len(again.Changes) > 0 {
			t.Errorf("%s: a second refresh changes %s", name, told(again))
		}
	}
}

// TestSharesOfCells: 194 of 195 are 99.487179…%, which 0% shows as 99% and 0.00% as
// 99.49%; 1999 of 2000 are 99.95%, which 0.0% would show as 100.0%.
func TestSharesOfCells(t *testing.T) {
	for _, c := range []struct {
		value      *big.Rat
		code, told string
		held       string
	}{
		{big.NewRat(19400, 195), "0%", "90%→99%", "0.9948717948717949"},
		{big.NewRat(19400, 195), "0.00%", "90.00%→99.49%", "0.9948717948717949"},
		{big.NewRat(19990, 200), "0.0%", "是数值单元格，请在 Excel 里改，应为99.95%", "0.9"},
	} {
		o := options()
		o.Catalogue.Figures[4].Value = c.value
		got := refreshed(t, "a.xlsx", formatted(t, "办复率", "0.9", c.code), o, revision)
		if cell := partsOf(t, got.Content)["xl/worksheets/sheet1.xml"]; !strings.Contains(told(got), c.told) || !strings.Contains(cell, "<v>"+c.held+"</v>") {
			t.Errorf("%s under %s: %s\n%s", c.value.RatString(), c.code, told(got), cell)
		}
	}
}
