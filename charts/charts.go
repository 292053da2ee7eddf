// Package charts draws the tables that ask for a chart: as SVG and PNG for the
// appendix, and as one page that opens with no network. Tables come in; what
// stands in a picture is what the table shows, number for number. It counts
// nothing and decides nothing about the records.
package charts

import (
	"encoding/json"
	"fmt"
	"strings"

	"workreport/pipeline/figure"
	"workreport/queries"
)

// Chart is one numbered chart of the page and the appendix.
type Chart struct {
	Number        int
	Table         figure.Table
	Option        []byte // ECharts option, JSON
	Width, Height int    // of the SVG; the PNG has twice as many pixels each way
	Narrow        []byte // the option laid out for a phone
	NarrowHeight  int
	SVG, PNG      []byte // made by Draw
	Alt           string // what the chart shows, in words
}

// Title is the chart's title, which stands outside the picture: its table's.
func (c Chart) Title() string { return c.Table.Spec.Title }

// The widths, in CSS pixels, that charts are laid out for: a page of A4, where
// 14 pixels come out as 9 points, and a phone.
const (
	pageWidth  = 700
	phoneWidth = 340
)

// builders make the ECharts option of a table for a width, and say how high it is.
var builders = map[string]func(t figure.Table, width int) (option, int){
	"column":   column,
	"bar":      bar,
	"line":     line,
	"stack":    stack,
	"funnel":   funnel,
	"calendar": calendar,
	"donut":    donut,
	"trend":    trend,
}

// New makes the charts of the tables that ask for one, in the order given. The
// table of a trend asks for trend, which no header may.
func New(tables []figure.Table) ([]Chart, error) {
	var charts []Chart
	for _, t := range tables {
		if t.Spec.Chart == nil {
			continue
		}
		c := Chart{Number: len(charts) + 1, Table: t, Width: pageWidth}
		if err := c.build(); err != nil {
			return nil, fmt.Errorf("%s：%w", t.Spec.File, err)
		}
		charts = append(charts, c)
	}
	return charts, nil
}

func (c *Chart) build() error {
	spec := c.Table.Spec.Chart
	build := builders[spec.Kind]
	switch {
	case build == nil:
		return fmt.Errorf("没有“%s”这种图型，可用 %s", spec.Kind, strings.Join(queries.ChartKinds, "、"))
	case c.Table.Len() == 0:
		build = nothing
	}
	for _, y := range spec.Y {
		if unit(c.Table, y) != unit(c.Table, spec.Y[0]) {
			return fmt.Errorf("列 %s 和 %s 单位不同，不能画在一条轴上", spec.Y[0], y)
		}
	}
	if spec.Kind == "calendar" {
		if err := oneYear(c.Table); err != nil {
			return err
		}
	}
	wide, height := build(c.Table, pageWidth)
	narrow, narrowHeight := build(c.Table, phoneWidth)
	c.Height, c.NarrowHeight = height, narrowHeight
	c.Alt = alt(*c)
	var err error
	if c.Option, err = json.Marshal(wide); err != nil {
		return err
	}
	c.Narrow, err = json.Marshal(narrow)
	return err
}

// series is a column of values and how it is drawn.
type series struct {
	column, name, color string
	last                bool // last year's
}

// seriesOf lists the Y columns. A single one has last year's beside it where the table has that.
func seriesOf(t figure.Table) []series {
	var all []series
	for i, y := range t.Spec.Chart.Y {
		all = append(all, series{column: y, name: t.Column(y).Title, color: palette[i%len(palette)]})
	}
	for _, c := range t.Spec.Columns {
		if len(t.Spec.Chart.Y) == 1 && c.Last && c.Name == t.Spec.Chart.Y[0]+"_last" {
			all = append(all, series{column: c.Name, name: c.Title, color: lastColor, last: true})
		}
	}
	return all
}

// categories are the texts of the X column.
func categories(t figure.Table) []string {
	texts := make([]string, t.Len())
	for row := range texts {
		texts[row] = t.Shown(row, t.Spec.Chart.X)
	}
	return texts
}

// value is a cell for ECharts: the number that the reader sees, digit for digit,
// and "-", which is how ECharts writes nothing, where the cell is empty.
func value(t figure.Table, row int, column string) any {
	text := strings.TrimSuffix(t.Shown(row, column), "%")
	if text == "" {
		return "-"
	}
	return json.Number(text)
}

// axisName is the unit, with the title of the values where no legend gives it.
func axisName(t figure.Table, all []series) string {
	u := unit(t, all[0].column)
	if len(all) > 1 {
		return u
	}
	return withUnitOf(all[0].name, u)
}

// withUnitOf adds the unit to a title that does not end with it: 笔数（笔）, 参加人次.
func withUnitOf(title, unit string) string {
	if unit == "" || strings.HasSuffix(title, unit) {
		return title
	}
	return title + "（" + unit + "）"
}

func unit(t figure.Table, column string) string {
	switch c := t.Column(column); {
	case c.Unit != "":
		return c.Unit
	case c.Format == queries.Ratio || c.Format == queries.Share:
		return "%"
	case c.Format == queries.Money:
		return "万元"
	}
	return t.Spec.Unit
}
