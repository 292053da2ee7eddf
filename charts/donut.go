package charts

import (
	"math/big"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// donut draws the parts of a whole, in the order of the table, with the total
// in the middle where the table has one. Shares are computed exactly. A phone has
// no room for the names around a ring and gets bars.
func donut(t figure.Table, width int) (option, int) {
	const height = 360
	y := t.Spec.Chart.Y[0]
	total := rowsTotal(t, y)
	if width < pageWidth {
		return horizontal(t, width, inOrder(t))
	}
	widest := 0
	data := make([]opts.PieData, t.Len())
	for row, name := range categories(t) {
		label := wrap(name, width/5, textSize) + "\n{c}" + unit(t, y)
		if x, ok := t.Number(row, y); ok && total.Sign() > 0 {
			label += " " + quote.Percent(new(big.Rat).Quo(x, total), t.Rounding)
		}
		color := palette[row%len(palette)]
		data[row] = opts.PieData{Name: name, Value: value(t, row, y), ItemStyle: &opts.ItemStyle{Color: color},
			Label: &opts.Label{Formatter: label}}
		for line := range strings.SplitSeq(label, "\n") {
			widest = max(widest, textWidth(strings.Replace(line, "{c}", t.Shown(row, y), 1), labelSize))
		}
	}
	radius := max(48, min(height*36/100, width/2-widest-56))
	settings := append(common(t.Spec.ID), tooltip("item"), legend(nil))
	if text := t.TotalShown(y); text != "" {
		settings = append(settings, charts.WithTitleOpts(opts.Title{Title: "合计\n" + withUnit(t, text, y), Left: "center", Top: "middle",
			TitleStyle: &opts.TextStyle{FontSize: textSize + 2, LineHeight: 24, FontWeight: "normal", Color: textColor}}))
	}
	chart := charts.NewPie()
	chart.SetGlobalOptions(settings...)
	chart.AddSeries(t.Column(y).Title, data,
		charts.WithPieChartOpts(opts.PieChart{Radius: []string{pixels(radius * 62 / 100), pixels(radius)}, Center: []string{"50%", "50%"}}),
		charts.WithItemStyleOpts(opts.ItemStyle{BorderColor: "#ffffff", BorderWidth: 2}),
		charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "outside", FontSize: labelSize, LineHeight: 18, Color: textColor}),
		charts.WithLabelLineOpts(opts.LabelLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: axisColor}}))
	return finish(chart), height
}

func rowsTotal(t figure.Table, column string) *big.Rat {
	total := new(big.Rat)
	for row := range t.Len() {
		if x, ok := t.Number(row, column); ok {
			total.Add(total, x)
		}
	}
	return total
}
