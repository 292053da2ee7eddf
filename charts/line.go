package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"workreport/pipeline/figure"
)

// symbols mark the points of the lines, so that these differ in more than colour.
var symbols = []string{"circle", "rect", "triangle", "diamond"}

// line draws a course over time, last year's as a dashed line behind this
// year's. An empty cell is a gap.
func line(t figure.Table, width int) (option, int) {
	all := seriesOf(t)
	u := layUpright(t, all, width)
	chart := charts.NewLine()
	chart.SetGlobalOptions(append(common(t.Spec.ID), tooltip("axis"), legend(all), grid(12, u.top, 16, 8),
		charts.WithXAxisOpts(namesAxis()), charts.WithYAxisOpts(valuesAxis(axisName(t, all), unit(t, all[0].column))))...)
	chart.SetXAxis(u.names)
	for i, s := range all {
		style := opts.LineStyle{Color: s.color, Width: 2.5}
		if s.last {
			style.Type, style.Width = "dashed", 2
		}
		chart.AddSeries(s.name, lineData(t, s.column), pointLabel(i == 0 && firstAlone(all) && labelsFit(t, all[:1], u.slot)),
			charts.WithLineStyleOpts(style), charts.WithItemStyleOpts(opts.ItemStyle{Color: s.color}),
			charts.WithLineChartOpts(opts.LineChart{Symbol: symbols[i%len(symbols)], SymbolSize: 7, ShowSymbol: opts.Bool(true)}))
	}
	return finish(chart), u.height
}

func lineData(t figure.Table, column string) []opts.LineData {
	data := make([]opts.LineData, t.Len())
	for row := range data {
		data[row].Value = value(t, row, column)
	}
	return data
}

// pointLabel stands on a pale ground, so that the line behind it does not blur it.
func pointLabel(show bool) charts.SeriesOpts {
	return charts.WithLabelOpts(opts.Label{Show: opts.Bool(show), Position: "top", Formatter: "{c}",
		FontSize: labelSize, Color: textColor, BackgroundColor: "rgba(255,255,255,0.8)"})
}
