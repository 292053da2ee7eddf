package appendix

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"math/big"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/xuri/excelize/v2"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/queries"
)

// signed are numbers of which the negative ones are no empty cells.
type signed []int64

// record makes columns of []string, []int64, signed or []time.Time; a negative
// int64 is an empty cell.
func record(names []string, columns ...any) arrow.Record {
	var fields []arrow.Field
	for i, name := range names {
		field := arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true}
		switch columns[i].(type) {
		case []int64, signed:
			field.Type = arrow.PrimitiveTypes.Int64
		case []time.Time:
			field.Type = arrow.FixedWidthTypes.Date32
		}
		fields = append(fields, field)
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	for i, values := range columns {
		switch values := values.(type) {
		case []string:
			b.Field(i).(*array.StringBuilder).AppendValues(values, nil)
		case signed:
			b.Field(i).(*array.Int64Builder).AppendValues(values, nil)
		case []time.Time:
			for _, day := range values {
				b.Field(i).(*array.Date32Builder).Append(arrow.Date32FromTime(day))
			}
		case []int64:
			for _, v := range values {
				if v < 0 {
					b.Field(i).AppendNull()
					continue
				}
				b.Field(i).(*array.Int64Builder).Append(v)
			}
		}
	}
	return b.NewRecord()
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// The pixel is a PNG of one white dot.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"

func sample() Document {
	rounding := contract.Rounding{Policy: contract.HalfUp, PercentPlaces: 2}
	figures := []figure.Figure{
		{
			Spec: queries.Figure{ID: "filed", Title: "立案提案", Section: "三、民生福祉/提案信息", Unit: "件",
				Says: []string{"全年立案提案{}件"}, Note: "并案计入主案，不另计件。"},
			Value: big.NewRat(228, 1), Quoted: "228", ValueText: "228", Rows: 228, Last: big.NewRat(216, 1), LastText: "216",
			ChangeText: "+12", ChangeRateText: "+5.56%", Sources: []string{"提案"},
		}, {
			Spec: queries.Figure{ID: "rate", Title: "办复率", Section: "三、民生福祉/提案信息", Unit: "%",
				Says: []string{"办复率达到{}"}, Numerator: "filed", Denominator: "filed"},
			Value: big.NewRat(100, 1), Quoted: "100%", ValueText: "100", ChangeText: "+0.51个百分点",
		}, {
			Spec: queries.Figure{ID: "funds", Title: "项目资金", Section: "三、民生福祉/扶贫济困", Unit: "万元",
				Basis: "filed"},
			Value: big.NewRat(43865212, 10000), Quoted: "4000余万元", ValueText: "4386.5212", Sources: []string{"帮扶资金"},
		}, {
			Spec: queries.Figure{ID: "book", Title: "出版的书", Section: "四、团结协作", Unit: "部",
				Claim: "编辑出版《薯米之乡北义城》", AtLeast: 1},
			Value: big.NewRat(0, 1), ValueText: "0",
		},
	}
	tables := []figure.Table{{
		Rounding: rounding, Sources: []string{"提案"},
		Spec: queries.Table{ID: "by_sector", Title: "立案提案按界别", Unit: "件", Chart: &queries.Chart{Kind: "column", X: "sector", Y: []string{"filed", "replied"}}, Total: []string{"filed", "replied", "money"}, Note: "界别以立案时为准。",
			Columns: []queries.Column{
				{Name: "sector", Title: "界别", Format: queries.Text},
				{Name: "filed", Title: "立案", Format: queries.Integer},
				{Name: "replied", Title: "办复", Format: queries.Integer},
				{Name: "rate", Title: "办复率", Format: queries.Ratio, Numerator: "replied", Denominator: "filed"},
				{Name: "money", Title: "资金", Format: queries.Money, Unit: "万元"},
			}},
		Record: record([]string{"sector", "filed", "replied", "money"},
			[]string{"经济界", "农业界", "教育界"}, []int64{30, 37, 61}, []int64{20, 37, -1}, []int64{1234500, 80000, 0}),
	}}
	one := int64(1)
	trend := figure.Trend(2019, [][]figure.Figure{figures, figures, figures}, rounding)
	return Document{
		Edition: contract.Edition{Year: 2021, Organisation: "政协泽州县委员会", Session: "七届二次会议", SessionDate: date(2022, 4, 25),
			ProposalSession: "七届一次", Status: "草案", Notice: "本附录所用数据为虚构样例。", CutOff: date(2021, 12, 31), Rounding: rounding,
			Tolerances: contract.Tolerances{About: 5, Nearly: 10},
			Windows:    []contract.Window{{Name: "year", Title: "自然年度", First: date(2021, 1, 1), Last: date(2021, 12, 31)}}},
		Figures: figures,
		Tables:  tables,
		Trend:   &trend,
		Claims: []figure.Check{{Spec: queries.Check{Title: "返贫的人", Claim: "不让一人返贫致贫"},
			Violations: record([]string{"n"}, []int64{})}},
		Pictures: []Picture{{Number: 1, TableID: "by_sector", Title: "立案提案按界别", Alt: "柱形图，教育界最多", PNG: []byte(pixel), Width: 800, Height: 450}},
		Contract: contract.Contract{Sets: []contract.Set{{Name: "proposals", Title: "提案", Description: "每行一件。", PrimaryKey: []string{"no"},
			Fields: []contract.Field{
				{Name: "no", Title: "案号", Type: contract.String, Constraints: contract.Constraints{Required: true}},
				{Name: "phone", Title: "电话", Type: contract.String, Private: true},
				{Name: "result", Title: "审查结果", Type: contract.String, Constraints: contract.Constraints{Enum: []string{"立案", "并案"}}},
				{Name: "people", Title: "人数", Type: contract.Integer, Constraints: contract.Constraints{Minimum: &one}},
			}}}},
		Accounts: []Account{{Set: "proposals", File: "提案.xlsx", Sheet: "2021", Read: 260, Loaded: 258, Rejected: 2}},
	}
}

// hostile has in every text what a form could take for something else.
func hostile() Document {
	d := sample()
	bad := "=cmd()<script>alert(1)</script>\x00\x0b\ufffe\"'&]]>{{.}}\xff"
	d.Edition.Organisation, d.Edition.Notice, d.Edition.Session = bad, bad, bad
	d.Figures[0].Spec.Title, d.Figures[0].Spec.Note = bad, strings.Repeat("很长的说明", 3000)
	d.Figures[0].Spec.Section = bad + "/" + bad
	d.Figures[0].Sources = []string{"+1", "-1", "@x"}
	d.Tables[0].Spec.Title, d.Tables[0].Spec.Unit = "[a]:*?/\\'"+bad, bad
	d.Tables[0].Record = record([]string{"sector", "filed", "replied", "money"},
		[]string{bad, "+1+1", "@SUM(A1)"}, []int64{1, 2, 3}, []int64{1, 2, 3}, []int64{1, 2, 3})
	d.Tables = append(d.Tables, d.Tables[0])
	d.Pictures[0].Title, d.Pictures[0].Alt = bad, bad
	d.Contract.Sets[0].Fields[0].Title = bad
	d.Accounts[0].File = bad
	return d
}

// awkward has what breaks a layout: nothing, too much and too long, one of a
// kind, changes of nothing and below nothing, characters that fonts lack, and a
// chart of every kind.
func awkward() Document {
	d := sample()
	d.Edition.Rounding = contract.Rounding{Policy: contract.HalfEven}
	d.Edition.Organisation = "政协𠮷犇䶮县委员会"
	d.Figures[0].Last, d.Figures[0].LastText, d.Figures[0].ChangeText, d.Figures[0].ChangeRateText = big.NewRat(240, 1), "240", "-12", "-5%"
	d.Figures[2].Last, d.Figures[2].LastText, d.Figures[2].ChangeText, d.Figures[2].ChangeRateText = d.Figures[2].Value, "4386.5212", "持平", "0%"
	d.Tables, d.Pictures = nil, nil
	long := strings.Repeat("𠮷犇䶮县经济科技农业农村委员", 3)
	names := func(n int) (names []string) {
		for i := range n {
			label := []rune(fmt.Sprintf("%d%s", i, long))
			names = append(names, string(label[:30]))
		}
		return names
	}
	values := func(n, last int64) (values []int64) {
		for i := range n {
			values = append(values, (i*7919+last)%1000-1) // some are -1: no record
		}
		return values
	}
	add := func(kind string, unit string, y []string, columns []queries.Column, arrays ...any) {
		id := fmt.Sprintf("t%d", len(d.Tables))
		t := figure.Table{Rounding: d.Edition.Rounding, Sources: []string{"提案"},
			Spec: queries.Table{ID: id, Title: kind + "䶮", Unit: unit, Total: []string{"n"}, Columns: columns}}
		var stored []string
		for _, c := range columns {
			if c.Format != queries.Ratio && c.Format != queries.Share {
				stored = append(stored, c.Name)
			}
		}
		t.Spec.Chart = &queries.Chart{Kind: kind, X: columns[0].Name, Y: y}
		t.Record = record(stored, arrays...)
		d.Tables = append(d.Tables, t)
		d.Pictures = append(d.Pictures, Picture{Number: len(d.Tables), TableID: id, Title: t.Spec.Title, Alt: "图", PNG: []byte(pixel), Width: 700, Height: 400})
	}
	name := queries.Column{Name: "name", Title: "名称", Format: queries.Text}
	n := queries.Column{Name: "n", Title: "2021年件数", Format: queries.Integer}
	last := queries.Column{Name: "n_last", Title: "2020年件数", Format: queries.Integer, Last: true}
	m := queries.Column{Name: "m", Title: "办复", Format: queries.Integer}
	rate := queries.Column{Name: "rate", Title: "办复率", Format: queries.Ratio, Numerator: "m", Denominator: "n", Unit: "%"}
	money := queries.Column{Name: "n", Title: "金额", Format: queries.Money, Unit: "万元"}
	few := []string{"甲", "乙", "丙", "丁"}
	add("column", "件", []string{"n"}, []queries.Column{name, n}, []string{}, []int64{})
	add("bar", "件", []string{"n"}, []queries.Column{name, n, last}, names(200), values(200, 0), values(200, 3))
	add("column", "件", []string{"n"}, []queries.Column{name, n}, []string{long[:90]}, []int64{1})
	add("bar", "件", []string{"n"}, []queries.Column{name, n}, []string{"唯一"}, []int64{0})
	add("column", "件", []string{"n"}, []queries.Column{name, n, last}, names(40), values(40, 1), values(40, 2))
	add("column", "件", []string{"n"}, []queries.Column{name, n}, few, signed{-5, 0, 7, -1})
	add("column", "%", []string{"rate"}, []queries.Column{name, n, m, rate}, few, []int64{8, 1000, 3, 0}, []int64{1, 999, 1, 0})
	add("line", "件", []string{"n"}, []queries.Column{name, n, last}, few, []int64{3, -1, 0, 5}, []int64{2, 2, 2, -1})
	add("stack", "件", []string{"n", "m"}, []queries.Column{name, n, m}, few, []int64{30, 1, 0, -1}, []int64{3, 40, 0, 2})
	add("donut", "万元", []string{"n"}, []queries.Column{name, money}, few, []int64{12345600, 99, 0, 500000})
	add("funnel", "件", []string{"n"}, []queries.Column{name, n}, few, []int64{365, 211, 34, 7})
	add("calendar", "项", []string{"n"}, []queries.Column{{Name: "day", Title: "日期", Format: queries.Date}, n},
		[]time.Time{date(2021, 1, 4), date(2021, 3, 1), date(2021, 12, 31)}, []int64{1, 9, 2})
	return d
}

// forms are the writers, in the order docx, xlsx, html.
var forms = []struct {
	name  string
	write func(io.Writer, Document) error
	text  func(*testing.T, []byte) string
}{{"docx", DOCX, docxText}, {"xlsx", XLSX, xlsxText}, {"html", HTML, htmlText}}

func written(t *testing.T, write func(io.Writer, Document) error, d Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The texts have one cell or paragraph a line.

func docxText(t *testing.T, data []byte) string {
	return partText(t, data, "word/document.xml") + partText(t, data, "word/footnotes.xml")
}

// partText leaves out the codes of fields.
func partText(t *testing.T, data []byte, part string) string {
	decoder := xml.NewDecoder(bytes.NewReader(entryOf(t, data, part)))
	var b strings.Builder
	code := false
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			code = token.Name.Local == "instrText"
		case xml.CharData:
			if !code {
				b.Write(token)
			}
		case xml.EndElement:
			code = false
			if token.Name.Local == "p" || token.Name.Local == "br" {
				b.WriteByte('\n')
			}
		}
	}
}

func xlsxText(t *testing.T, data []byte) string {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for j, cell := range row {
				b.WriteString(cell + "\n")
				if formula, _ := f.GetCellFormula(sheet, address(j+1, i+1)); formula != "" {
					t.Errorf("%s has the formula %q", sheet, formula)
				}
			}
		}
	}
	return b.String()
}

var tags = regexp.MustCompile(`(?s)<style>.*?</style>|</(td|th|p|h[1-4]|div|title|li|figcaption)>|<[^>]*>`)

func htmlText(t *testing.T, data []byte) string {
	return html.UnescapeString(tags.ReplaceAllStringFunc(string(data), func(tag string) string {
		if strings.HasPrefix(tag, "</") {
			return "\n"
		}
		return ""
	}))
}

func entryOf(t *testing.T, data []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
