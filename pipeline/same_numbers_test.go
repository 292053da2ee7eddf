package pipeline

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"workreport/queries"
)

// sheetOf is a table read out of a document: what stands above it, and its rows
// without the headings.
type sheetOf struct {
	caption string
	head    []string // the last heading row
	rows    [][]string
}

// TestFormsHoldTheSameNumbers reads every number of the figures and tables out of
// the published files, each by a reader of its kind, and holds them to figures.csv
// and tables/*.csv: DOCX, XLSX, both pages, and the labels of every SVG.
func TestFormsHoldTheSameNumbers(t *testing.T) {
	r := runInto(t, t.TempDir(), time.Unix(1_600_000_000, 0))
	file := func(name string) []byte {
		content, err := os.ReadFile(filepath.Join(r.Published.Current, name))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	forms := map[string][]sheetOf{
		"appendix.docx": wordTables(t, file("appendix.docx")),
		"appendix.html": pageTables(t, file("appendix.html")),
		"appendix.xlsx": bookTables(t, file("appendix.xlsx")),
		"charts.html":   pageTables(t, file("charts.html")),
	}
	numbers := 0
	figures := rowsOf(t, file("figures.csv"))
	for _, form := range []string{"appendix.docx", "appendix.html", "appendix.xlsx"} {
		shown := map[string][]string{} // title → values
		for _, s := range forms[form] {
			for column, name := range map[string]string{"数字": "数值", "依据": "实际"} {
				title, value := slices.Index(s.head, column), slices.Index(s.head, name)
				for _, row := range s.rows {
					if title >= 0 && value >= 0 && len(row) > value {
						first, _, _ := strings.Cut(row[title], "\n")
						shown[first] = append(shown[first], row[value])
					}
				}
			}
		}
		for _, f := range figures[1:] {
			numbers++
			if got := shown[f[1]]; len(got) != 1 || !sameNumber(f[2], got[0]) {
				t.Errorf("%s: %s is %s, shown as %q", form, f[0], f[2], got)
			}
		}
	}
	for i, table := range r.Year.Tables {
		want := rowsOf(t, file("tables/"+table.Spec.ID+".csv"))
		columns := len(want[0])
		for form, all := range forms {
			prefix := fmt.Sprintf("表%d　", i+1)
			if form == "charts.html" {
				if table.Spec.Chart == nil {
					continue
				}
				prefix = "图"
			}
			var got [][]string
			for _, s := range all {
				if s.caption == prefix+table.Spec.Title || form == "charts.html" && strings.HasSuffix(s.caption, "　"+table.Spec.Title) {
					got = append(got, unfolded(s, columns)...)
				}
			}
			if len(got) != len(want)-1 {
				t.Errorf("%s: %s has %d rows, the CSV %d", form, table.Spec.ID, len(got), len(want)-1)
				continue
			}
			for row := range got {
				for column, full := range want[row+1] {
					numbers++
					if shown := got[row][column]; !sameNumber(full, shown) && !sameText(full, shown) {
						t.Errorf("%s: %s row %d column %s: %q, the CSV %q", form, table.Spec.ID, row+1, want[0][column], shown, full)
					}
				}
			}
		}
	}
	for _, c := range r.Charts {
		numbers += labelsAreOfTheTable(t, c.Table.Spec, rowsOf(t, file("tables/"+c.Table.Spec.ID+".csv")), string(file("charts/"+c.Table.Spec.ID+".svg")))
	}
	if t.Logf("%d numbers", numbers); numbers < 5000 {
		t.Errorf("only %d numbers were compared", numbers)
	}
}

func rowsOf(t *testing.T, content []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), bom))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

var aNumber = regexp.MustCompile(`-?\d+(?:\.\d+)?(?:E-?\d+)?`)

// sameNumber tells whether shown is the full number, rounded to its own places; a
// workbook's cell may hold a percentage as a part of one.
func sameNumber(full, shown string) bool {
	if aDay.MatchString(full) || !aNumber.MatchString(full) || !aNumber.MatchString(shown) {
		return false
	}
	a, _ := new(big.Rat).SetString(aNumber.FindString(full))
	text := aNumber.FindString(shown)
	b, _ := new(big.Rat).SetString(text)
	if strings.HasSuffix(full, "%") && !strings.HasSuffix(shown, "%") {
		off := new(big.Rat).Sub(a, new(big.Rat).Mul(b, big.NewRat(100, 1)))
		return off.Abs(off).Cmp(big.NewRat(1, 200)) <= 0
	}
	_, decimals, _ := strings.Cut(text, ".")
	half := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(decimals))), nil))
	half.Quo(half, big.NewRat(2, 1))
	difference := new(big.Rat).Sub(a, b)
	return difference.Abs(difference).Cmp(half) <= 0 && (len(decimals) > 0 || difference.Sign() == 0)
}

var aDay = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

// sameText tells whether shown is the text, a missing value, or a day as a
// workbook counts it.
func sameText(full, shown string) bool {
	if days, err := strconv.ParseFloat(shown, 64); err == nil && aDay.MatchString(full) {
		day, err := excelize.ExcelDateToTime(days, false)
		return err == nil && day.Format(time.DateOnly) == full
	}
	return full == shown || full == "" && shown == "—"
}

// unfolded are the first columns of each row; a table set in several columns side
// by side has its rows behind each other.
func unfolded(s sheetOf, columns int) [][]string {
	times := 1
	if len(s.head) >= 2*columns && s.head[0] == s.head[columns] {
		times = len(s.head) / columns
	}
	var rows [][]string
	for _, row := range s.rows {
		for part := range times {
			cells := row[part*columns : (part+1)*columns]
			if strings.Join(cells, "") != "" {
				rows = append(rows, cells)
			}
		}
	}
	return rows
}

// wordTables reads the tables of a Word document with the paragraph above each.
func wordTables(t *testing.T, content []byte) []sheetOf {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	var tables []sheetOf
	var caption, style, text string
	var row []string
	inTable, head, code := false, false, false
	for decoder := xml.NewDecoder(part); ; {
		token, err := decoder.Token()
		if err == io.EOF {
			return tables
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "tbl":
				inTable, tables = true, append(tables, sheetOf{caption: strings.TrimPrefix(caption, "续")})
			case "tr":
				row, head = nil, false
			case "tblHeader":
				head = true
			case "tc":
				text = ""
			case "p":
				if !inTable {
					text, style = "", ""
				}
			case "pStyle":
				style = token.Attr[0].Value
			case "instrText":
				code = true
			case "br":
				text += "\n"
			}
		case xml.CharData:
			if !code {
				text += string(token)
			}
		case xml.EndElement:
			last := len(tables) - 1
			switch token.Name.Local {
			case "instrText":
				code = false
			case "tc":
				row = append(row, text)
			case "tr":
				if head {
					tables[last].head = row
				} else if len(row) > 1 { // else a band
					tables[last].rows = append(tables[last].rows, row)
				}
			case "tbl":
				inTable = false
			case "p":
				if !inTable && (style == "Caption" || style == "Continued" || strings.HasPrefix(style, "Heading")) {
					caption = text
				}
			}
		}
	}
}

// pageTables reads the tables of a page with the caption above each.
func pageTables(t *testing.T, content []byte) []sheetOf {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	var tables []sheetOf
	caption := ""
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.H2 || n.DataAtom == atom.H3 || n.DataAtom == atom.H4 || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "class" && a.Val == "label" }):
			caption = textIn(n)
		case n.DataAtom == atom.Table:
			tables = append(tables, sheetOf{caption: caption})
		case n.DataAtom == atom.Tr:
			var cells []string
			for c := range n.ChildNodes() {
				if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
					cells = append(cells, textIn(c))
				}
			}
			last := &tables[len(tables)-1]
			if n.Parent.DataAtom == atom.Thead {
				last.head = cells
			} else if len(cells) > 1 {
				last.rows = append(last.rows, cells)
			}
		}
	}
	return tables
}

func textIn(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// bookTables reads the sheets of a workbook, numbers as they are kept.
func bookTables(t *testing.T, content []byte) []sheetOf {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var tables []sheetOf
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 1 && row[0] != "" && row[1] != "" })
		if at < 0 {
			continue
		}
		s := sheetOf{head: rows[at]}
		for _, row := range rows[:at] {
			if len(row) > 0 && strings.HasPrefix(row[0], "表") {
				s.caption = row[0]
			}
		}
		for _, row := range rows[at+1:] {
			if len(row) < 2 || row[0] == "" {
				break // the notes stand in one cell
			}
			s.rows = append(s.rows, append(row, make([]string, max(0, len(s.head)-len(row)))...))
		}
		tables = append(tables, s)
	}
	return tables
}

var svgText = regexp.MustCompile(`<text[^>]*>([^<]*)</text>`)

// labelsAreOfTheTable holds the numbers written in a picture to the table: each is
// a value, the sum of a stack, or a tick of the axis, which are evenly spaced.
func labelsAreOfTheTable(t *testing.T, spec queries.Table, rows [][]string, svg string) (compared int) {
	if spec.Chart.Kind == "calendar" {
		return 0 // its numbers are colours
	}
	var values []string
	for _, row := range rows[1:] {
		values = append(values, row...)
	}
	var ticks []*big.Rat
	for _, found := range svgText.FindAllStringSubmatch(svg, -1) {
		text := strings.ReplaceAll(found[1], ",", "")
		whole := regexp.MustCompile(`^-?\d+(\.\d+)?(件|%)?$`).MatchString(text)
		if !whole {
			continue
		}
		if slices.ContainsFunc(values, func(full string) bool { return sameNumber(full, text) }) || spec.Chart.Kind == "stack" && isSum(rows, spec, text) {
			compared++
			continue
		}
		x, _ := new(big.Rat).SetString(aNumber.FindString(text))
		ticks = append(ticks, x)
	}
	slices.SortFunc(ticks, (*big.Rat).Cmp)
	for i := 2; i < len(ticks); i++ {
		step := new(big.Rat).Sub(ticks[1], ticks[0])
		if gap := new(big.Rat).Sub(ticks[i], ticks[i-1]); !new(big.Rat).Quo(gap, step).IsInt() && !new(big.Rat).Quo(step, gap).IsInt() {
			t.Errorf("%s: the picture has numbers that are neither values nor ticks: %v", spec.ID, ticks)
			break
		}
	}
	if compared < len(rows)-2 && compared == 0 {
		t.Errorf("%s: the picture shows no value", spec.ID)
	}
	return compared
}

// isSum tells whether text is the sum of a row's layers.
func isSum(rows [][]string, spec queries.Table, text string) bool {
	return slices.ContainsFunc(rows[1:], func(row []string) bool {
		sum := new(big.Rat)
		for _, y := range spec.Chart.Y {
			at := slices.IndexFunc(spec.Columns, func(c queries.Column) bool { return c.Name == y })
			if x, ok := new(big.Rat).SetString(row[at]); ok {
				sum.Add(sum, x)
			}
		}
		return sum.RatString() == text
	})
}
