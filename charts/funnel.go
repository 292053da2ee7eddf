package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"workreport/pipeline/figure"
)

// funnel draws the steps of a process in the order of the table, the first on top.
func funnel(t figure.Table, width int) (option, int) {
	y := t.Spec.Chart.Y[0]
	room := 0 // for the names and values at the right
	data := make([]opts.FunnelData, t.Len())
	for row, name := range categories(t) {
		name = wrap(name, width/4, textSize)
		data[row] = opts.FunnelData{Name: name, Value: value(t, row, y)}
		room = max(room, min(width/4, textWidth(name, textSize))+textWidth("　"+withUnit(t, t.Shown(row, y), y), textSize))
	}
	colors := make([]string, t.Len())
	for row := range colors {
		colors[row] = stepColor(row)
	}
	chart := charts.NewFunnel()
	chart.SetGlobalOptions(append(common(t.Spec.ID), tooltip("item"), legend(nil), charts.WithColorsOpts(colors))...)
	chart.AddSeries(t.Column(y).Title, data,
		charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "right", Formatter: "{b}　{c}" + unit(t, y),
			FontSize: textSize, Color: textColor, LineHeight: 18}),
		charts.WithLabelLineOpts(opts.LabelLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: axisColor}}),
		charts.WithSeriesOpts(func(s *charts.SingleSeries) {
			s.Sort, s.Left, s.Right, s.Top, s.Bottom = "none", "12", pixels(room+44), "12", "12"
		}))
	return finish(chart), 24 + 64*t.Len()
}

// stepColor gets paler from step to step.
func stepColor(row int) string { return blues[len(blues)-1-row%len(blues)] }
