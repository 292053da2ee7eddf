package charts

import (
	"slices"

	"workreport/pipeline/figure"
)

// Plan is what the picture of a table shows, and in which order, for a form that
// draws it in its own way.
type Plan struct {
	Kind   string // one of queries.ChartKinds; bar also for columns whose names have no room
	Rows   []int  // of the table, in the order of drawing
	Series []Series
	Colors []string // of the rows, where each has its own
	Axis   string   // what the axis of values measures, with its unit
	Unit   string
}

// Series is a column of values and how it is drawn.
type Series struct {
	Column, Color, Ink string // Ink is readable on Color
	Last               bool   // last year's
	Labels             []bool // whether the value of a row is written, by row of the table
}

// PlanOf is the plan of a table that has rows and asks for a chart.
func PlanOf(t figure.Table) Plan {
	all := seriesOf(t)
	if slices.Contains([]string{"donut", "funnel", "calendar"}, t.Spec.Chart.Kind) {
		all = all[:1]
	}
	p := Plan{Kind: t.Spec.Chart.Kind, Rows: inOrder(t), Axis: axisName(t, all), Unit: unit(t, all[0].column)}
	slot := (pageWidth - 60) / t.Len()
	labels := func(int, int) bool { return true }
	switch p.Kind {
	case "bar":
		p.Rows = ranked(t, all[0].column)
	case "column":
		if layUpright(t, all, pageWidth).lines > columnLines {
			p.Kind = "bar"
			break
		}
		_, written := columnLabels(t, all, slot)
		labels = func(i, _ int) bool { return written(i) }
	case "line":
		labels = func(i, _ int) bool { return pointsLabelled(t, all, i, slot) }
	case "stack":
		sums := rowSums(t, all)
		labels = func(i, row int) bool { return layerHolds(t, row, all[i].column, sums, slot) }
	case "donut":
		for row := range p.Rows {
			p.Colors = append(p.Colors, palette[row%len(palette)])
		}
	case "funnel":
		for row := range p.Rows {
			p.Colors = append(p.Colors, stepColor(row))
		}
	case "calendar":
		labels = func(int, int) bool { return false }
	}
	for i, s := range all {
		drawn := Series{Column: s.column, Color: s.color, Ink: ink(s.color), Last: s.last}
		for row := range t.Len() {
			drawn.Labels = append(drawn.Labels, labels(i, row))
		}
		p.Series = append(p.Series, drawn)
	}
	return p
}
