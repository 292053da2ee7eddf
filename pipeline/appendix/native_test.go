package appendix

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// chartXML is as much of a chart part as the tests read.
type chartXML struct {
	Title string `xml:"chart>title>tx>rich>p>r>t"`
	Area  struct {
		Plots []plotXML `xml:",any"`
	} `xml:"chart>plotArea"`
}

type plotXML struct {
	XMLName  xml.Name
	BarDir   value       `xml:"barDir"`
	Grouping value       `xml:"grouping"`
	Series   []seriesXML `xml:"ser"`
}

type seriesXML struct {
	Name   chartRef `xml:"tx>strRef"`
	Texts  chartRef `xml:"cat>strRef"`
	Days   chartRef `xml:"cat>numRef"`
	Values chartRef `xml:"val>numRef"`
}

type value struct {
	Val string `xml:"val,attr"`
}

type chartRef struct {
	F      string   `xml:"f"`
	Texts  []cached `xml:"strCache>pt"`
	Values []cached `xml:"numCache>pt"`
}

type cached struct {
	Index int    `xml:"idx,attr"`
	V     string `xml:"v"`
}

// drawnAs are the elements that draw a kind of chart.
var drawnAs = map[string]string{
	"column": "barChart col clustered", "bar": "barChart bar clustered", "funnel": "barChart bar clustered",
	"stack": "barChart col stacked", "calendar": "barChart col clustered", "line": "lineChart  standard", "donut": "doughnutChart  ",
}

// TestNativeChartsShowTheTable follows what each chart of the workbook refers to
// down to the cells: rounded to what Excel shows, they are the numbers that the
// table shows, once each, and never a total.
func TestNativeChartsShowTheTable(t *testing.T) {
	for _, d := range []Document{sample(), awkward()} {
		data := written(t, XLSX, d)
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		kinds, n := map[string]bool{}, 0
		for i, table := range d.Tables {
			if table.Len() == 0 {
				continue
			}
			n++
			kinds[table.Spec.Chart.Kind] = true
			var chart chartXML
			if err := xml.Unmarshal(entryOf(t, data, fmt.Sprintf("xl/charts/chart%d.xml", n)), &chart); err != nil {
				t.Fatal(err)
			}
			if want := fmt.Sprintf("图%d　%s", d.Pictures[i].Number, table.Spec.Title); chart.Title != want && chart.Title != want+"（单位：万元）" {
				t.Errorf("title %q, want %q", chart.Title, want)
			}
			compareChart(t, f, chart, table)
		}
		if parts := countCharts(t, data); parts != n {
			t.Errorf("%d charts of %d tables", parts, n)
		}
		if len(d.Tables) > 1 && len(kinds) != len(drawnAs) {
			t.Errorf("only the kinds %v are tried", kinds)
		}
	}
}

func countCharts(t *testing.T, data []byte) (n int) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "xl/charts/chart") {
			n++
		}
	}
	return n
}

func compareChart(t *testing.T, f *excelize.File, chart chartXML, table figure.Table) {
	t.Helper()
	kind := table.Spec.Chart.Kind
	at := slices.IndexFunc(chart.Area.Plots, func(p plotXML) bool { return len(p.Series) > 0 })
	plot := chart.Area.Plots[at]
	as := plot.XMLName.Local + " " + plot.BarDir.Val + " " + plot.Grouping.Val
	if want := drawnAs[kind]; as != want && !(kind == "column" && table.Len() == 40 && as == drawnAs["bar"]) {
		t.Errorf("%s is drawn as %s", kind, as)
	}
	columns := table.Spec.Chart.Y
	if slices.Contains([]string{"column", "bar", "line"}, kind) && table.Spec.Columns[len(table.Spec.Columns)-1].Last {
		columns = append(slices.Clone(columns), columns[0]+"_last")
	}
	if len(plot.Series) != len(columns) {
		t.Fatalf("%s has %d series, want %v", kind, len(plot.Series), columns)
	}
	for i, s := range plot.Series {
		if name, want := cellsOf(t, f, s.Name)[0], table.Column(columns[i]).Title; !strings.HasPrefix(name, want) {
			t.Errorf("%s: series %q, want %q", kind, name, want)
		}
		rows := rowsOf(t, f, s, table)
		numbers := cellsOf(t, f, s.Values)
		for point, row := range rows {
			if got, want := excelShows(t, numbers[point], table.Shown(row, columns[i])), table.Shown(row, columns[i]); got != want {
				t.Errorf("%s, %s, row %d: the chart shows %q, the table %q", kind, columns[i], row, got, want)
			}
		}
		if sorted := slices.IsSortedFunc(rows, func(a, b int) int {
			x, _ := table.Number(a, columns[0])
			y, _ := table.Number(b, columns[0])
			if x == nil || y == nil {
				return 0
			}
			return y.Cmp(x)
		}); kind == "bar" && !sorted && table.Len() < 200 {
			t.Error("the longest bar is not on top")
		}
		slices.Sort(rows)
		for row := range table.Len() {
			if row >= len(rows) || rows[row] != row {
				t.Fatalf("%s shows the rows %v of %d", kind, rows, table.Len())
			}
		}
	}
}

// rowsOf are the rows of the table that the points of a series stand for, by
// their categories.
func rowsOf(t *testing.T, f *excelize.File, s seriesXML, table figure.Table) (rows []int) {
	t.Helper()
	names := map[string]int{}
	for row := range table.Len() {
		names[table.Shown(row, table.Spec.Chart.X)] = row
	}
	texts := s.Texts
	if s.Days.F != "" {
		texts = s.Days
	}
	for _, name := range cellsOf(t, f, texts) {
		if s.Days.F != "" {
			days, err := strconv.Atoi(name)
			if err != nil {
				t.Fatal(err)
			}
			name = date(1899, 12, 30).AddDate(0, 0, days).Format("2006-01-02")
		}
		row, ok := names[name]
		if !ok {
			t.Fatalf("%q is no row of %s", name, table.Spec.Title)
		}
		rows = append(rows, row)
	}
	return rows
}

var area = regexp.MustCompile(`'([^']*)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)`)

// cellsOf are the raw values of the cells that a chart refers to, which are also
// those that it carries along.
func cellsOf(t *testing.T, f *excelize.File, r chartRef) (values []string) {
	t.Helper()
	for _, a := range area.FindAllStringSubmatch(r.F, -1) {
		first, _ := strconv.Atoi(a[3])
		last, _ := strconv.Atoi(a[5])
		for row := first; row <= last; row++ {
			v, err := f.GetCellValue(a[1], a[2]+fmt.Sprint(row), excelize.Options{RawCellValue: true})
			if err != nil || a[2] != a[4] {
				t.Fatal(a[0], err)
			}
			values = append(values, v)
		}
	}
	carried := make([]string, len(values))
	for _, p := range append(r.Texts, r.Values...) {
		carried[p.Index] = p.V
	}
	if !slices.Equal(carried, values) {
		t.Errorf("%s carries %q, the cells have %q", r.F, carried, values)
	}
	return values
}

// excelShows is a raw value as Excel shows it, with as many places as like.
func excelShows(t *testing.T, raw, like string) string {
	t.Helper()
	if raw == "" {
		return ""
	}
	x, ok := new(big.Rat).SetString(raw)
	if !ok {
		t.Fatalf("%q is no number", raw)
	}
	numeral, percent := strings.CutSuffix(like, "%")
	sign := ""
	if percent {
		x.Mul(x, big.NewRat(100, 1))
		sign = "%"
	}
	_, decimals, _ := strings.Cut(numeral, ".")
	return quote.Round(x, len(decimals), contract.HalfUp) + sign
}
