package appendix

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"text/template"

	"github.com/xuri/excelize/v2"

	"workreport/charts"
	"workreport/pipeline/figure"
	"workreport/queries"
)

// native is a chart that the spreadsheet program draws out of the cells of a
// sheet, as parts/chart.xml.tmpl sets it down.
type native struct {
	Title, Axis caption
	Shape       string // column, bar, line or donut
	Stacked     bool
	Categories  cells
	Series      []nativeSeries
	Gap         int    // between categories, in per cent of a bar
	Scale       string // format of the axis of values
	Step        int    // between its marks; 0 leaves it to the program
	Every       bool   // every category is named
	Legend      string // where it stands, "" for none
	Ink         string
	Height      int // in pixels
}

type caption struct {
	Text, Font, Ink string
	Size            int // hundredths of a point
	Upright         bool
}

// cells are what a chart refers to, with what stood in them when it was made:
// a viewer that only shows the chart has no need of the sheet.
type cells struct {
	Cells, Format string
	Dates         bool
	Count         int
	Points        []point
}

type point struct {
	Index        int
	Text, Format string
}

type nativeSeries struct {
	Index        int
	Name, Values cells
	Color, Ink   string
	Colors       []string // of the points, where each has its own
	Last         bool
	Labelled     bool
	Silent       []int  // points without a label
	Format       string // of the labels
	Position     string // of the labels; "" is on the ring of a donut
}

const (
	chartInk   = "333D47"
	barMargins = 110 // pixels, above and below the bars
	lineRoom   = 12  // pixels for a line of text

	// Excel takes some 8,000 characters for the references of a series. Bars that
	// need more to be ranked stay in the order of the table.
	longestReference = 2000
)

// heightOf is how high a chart wants to be, in pixels.
func heightOf(p charts.Plan) int {
	if p.Kind != "bar" && p.Kind != "funnel" {
		return 340
	}
	return barMargins + len(p.Rows)*max(24, 18*len(p.Series))
}

// nativeOf plans the chart of a table that stands on the sheet.
func (b *book) nativeOf(sheet string, p charts.Plan, t figure.Table, g grid, title string, height int) native {
	column := func(name string) int {
		return slices.IndexFunc(t.Spec.Columns, func(c queries.Column) bool { return c.Name == name })
	}
	names := column(t.Spec.Chart.X)
	categories := b.cells(sheet, names, p.Rows)
	if len(categories.Cells) > longestReference {
		slices.Sort(p.Rows)
		categories = b.cells(sheet, names, p.Rows)
	}
	n := native{Shape: p.Kind, Gap: 60, Every: true, Ink: chartInk, Height: height,
		Title:      caption{Text: title, Font: "黑体", Size: 1200, Ink: "000000"},
		Axis:       caption{Text: clean(p.Axis), Font: "宋体", Size: 900, Ink: chartInk},
		Categories: categories}
	position, room := "outEnd", height
	switch p.Kind {
	case "stack":
		n.Shape, n.Stacked, position = "column", true, "ctr"
	case "line":
		position = "t"
	case "calendar":
		n.Shape, n.Gap, n.Categories.Dates, n.Categories.Format = "column", 20, true, dayFormat
	case "donut":
		position, n.Legend = "", "r"
		n.Title.Text += "（单位：" + clean(p.Unit) + "）" // there is no axis to say it
	case "bar", "funnel":
		n.Shape = "bar"
		room = (height - barMargins) / len(p.Rows)
		n.Every = room >= lineRoom
	}
	if n.Axis.Upright = n.Shape != "bar"; n.Axis.Upright && p.Kind != "calendar" {
		n.Gap = gap(len(p.Rows), len(p.Series), n.Stacked)
	}
	if len(p.Series) > 1 {
		n.Legend = "b"
	}
	n.Scale, n.Step = scale(t, p)
	for i, s := range p.Series {
		drawn := b.nativeSeries(sheet, column(s.Column), s, p, g)
		drawn.Index, drawn.Position = i, position
		if drawn.Ink = chartInk; n.Stacked {
			drawn.Ink = s.Ink[1:]
		}
		if room/len(p.Series) < lineRoom && (i > 0 || !n.Every) {
			drawn.Labelled = false
		}
		n.Series = append(n.Series, drawn)
	}
	return n
}

// nativeSeries are the cells of column j, drawn as the plan has it.
func (b *book) nativeSeries(sheet string, j int, s charts.Series, p charts.Plan, g grid) nativeSeries {
	drawn := nativeSeries{Name: b.cells(sheet, j, []int{-1}), Values: b.cells(sheet, j, p.Rows), Color: s.Color[1:], Last: s.Last}
	for _, color := range p.Colors {
		drawn.Colors = append(drawn.Colors, color[1:])
	}
	for at, row := range p.Rows {
		if !s.Labels[row] {
			drawn.Silent = append(drawn.Silent, at)
		}
	}
	drawn.Labelled = len(drawn.Silent) < len(p.Rows)
	for k, at := range drawn.Values.Points {
		format := g.Rows[p.Rows[at.Index]].Cells[j].Format
		drawn.Values.Points[k].Format = format
		if k == 0 {
			drawn.Format = format
		}
	}
	return drawn
}

// gap keeps a few columns from growing broad: at most 44 pixels, as in the
// pictures, as far as the format goes.
func gap(categories, series int, stacked bool) int {
	if stacked {
		series = 1
	}
	return min(max(60, 580*100/categories/44-series*100), 500)
}

// scale is the format of the axis of values, and the step between its marks
// where the program's own would put fractions between small counts.
func scale(t figure.Table, p charts.Plan) (format string, step int) {
	farthest := new(big.Rat)
	for row := range t.Len() {
		sum := new(big.Rat)
		for _, s := range p.Series {
			x, ok := t.Number(row, s.Column)
			if !ok {
				continue
			}
			x = new(big.Rat).Abs(x)
			if p.Kind == "stack" {
				x.Add(x, sum)
			}
			if x.Cmp(sum) > 0 {
				sum = x
			}
		}
		if sum.Cmp(farthest) > 0 {
			farthest = sum
		}
	}
	switch t.Column(p.Series[0].Column).Format {
	case queries.Ratio, queries.Share:
		return "0%", 0
	case queries.Money:
		return "General", 0
	}
	if farthest.Cmp(big.NewRat(8, 1)) < 0 {
		return "0", 1
	}
	return "0", 0
}

// cells refers to the cells of column j in rows of the table; row -1 is its header.
func (b *book) cells(sheet string, j int, rows []int) cells {
	name, c := column26(j+1), cells{Count: len(rows)}
	var areas []string
	for at := 0; at < len(rows); {
		end := at + 1
		for end < len(rows) && rows[end] == rows[end-1]+1 {
			end++
		}
		areas = append(areas, fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheet, name, headRow+1+rows[at], name, headRow+1+rows[end-1]))
		at = end
	}
	for at, row := range rows {
		text, err := b.GetCellValue(sheet, address(j+1, headRow+1+row), excelize.Options{RawCellValue: true})
		b.check(err)
		if text != "" {
			c.Points = append(c.Points, point{Index: at, Text: text})
		}
	}
	if c.Cells = strings.Join(areas, ","); len(areas) > 1 {
		c.Cells = "(" + c.Cells + ")"
	}
	return c
}

var chartPart = template.Must(template.New("chart.xml.tmpl").Funcs(template.FuncMap{"x": escape}).ParseFS(parts, "parts/chart.xml.tmpl"))

func (n native) part() []byte {
	var part bytes.Buffer
	if err := chartPart.Execute(&part, n); err != nil {
		panic(err) // of plain data there is none
	}
	return part.Bytes()
}
