package charts

import (
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"workreport/pipeline/figure"
)

// bar draws horizontal bars, the longest on top; rows of one value stay in the
// order of the table, rows without a value come last.
func bar(t figure.Table, width int) (option, int) {
	return horizontal(t, width, ranked(t, t.Spec.Chart.Y[0]))
}

func horizontal(t figure.Table, width int, rows []int) (option, int) {
	all, names := seriesOf(t), categories(t)
	var labels []string
	lines, right := 1, 0
	for _, row := range rows {
		label := wrap(names[row], width*3/10, textSize)
		labels, lines = append(labels, label), max(lines, 1+strings.Count(label, "\n"))
		for _, s := range all {
			right = max(right, textWidth(t.Shown(row, s.column), labelSize))
		}
	}
	top := 36 + legendHeight(all, width)
	name, number := namesAxis(), valuesAxis("", "")
	bar := charts.NewBar()
	bar.SetGlobalOptions(append(common(t.Spec.ID), tooltip("axis"), legend(all), grid(8, top, right+12, 8),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", AxisLabel: &opts.AxisLabel{Show: opts.Bool(false)},
			AxisLine: number.AxisLine, SplitLine: number.SplitLine}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true), Name: axisName(t, all),
			NameLocation: "start", NameGap: 12, AxisLabel: name.AxisLabel, AxisLine: name.AxisLine}))...)
	bar.XYReversal().SetXAxis(labels)
	for _, s := range all {
		data := barData(t, s.column)
		sorted := make([]opts.BarData, len(rows))
		for i, row := range rows {
			sorted[i] = data[row]
		}
		bar.AddSeries(s.name, sorted, valueLabel(true, "right"), barStyle(s.color, 24))
	}
	return finish(bar), top + 12 + len(rows)*max(lineHeight*lines+8, 8+18*len(all))
}

func inOrder(t figure.Table) []int {
	rows := make([]int, t.Len())
	for row := range rows {
		rows[row] = row
	}
	return rows
}

// ranked are the rows of a table, the greatest value first.
func ranked(t figure.Table, column string) []int {
	filled := func(row int) bool { _, ok := t.Number(row, column); return ok }
	rows := inOrder(t)
	slices.SortStableFunc(rows, func(a, b int) int {
		switch {
		case filled(a) && filled(b):
			x, _ := t.Number(a, column)
			y, _ := t.Number(b, column)
			return y.Cmp(x)
		case filled(a):
			return -1
		case filled(b):
			return 1
		}
		return 0
	})
	return rows
}
