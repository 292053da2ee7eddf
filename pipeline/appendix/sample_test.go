package appendix

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
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

// record makes columns of []string or []int64; a negative number is an empty cell.
func record(names []string, columns ...any) arrow.Record {
	var fields []arrow.Field
	for i, name := range names {
		field := arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true}
		if _, ok := columns[i].([]int64); ok {
			field.Type = arrow.PrimitiveTypes.Int64
		}
		fields = append(fields, field)
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	for i, values := range columns {
		switch values := values.(type) {
		case []string:
			b.Field(i).(*array.StringBuilder).AppendValues(values, nil)
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
		Spec: queries.Table{ID: "by_sector", Title: "立案提案按界别", Unit: "件", Total: []string{"filed", "replied", "money"}, Note: "界别以立案时为准。",
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
		Pictures: []Picture{{Number: 1, Title: "立案提案按界别", Alt: "柱形图，教育界最多", PNG: []byte(pixel), Width: 800, Height: 450}},
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
