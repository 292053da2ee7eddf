package charts

import (
	"encoding/json"
	"math/big"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
	"workreport/queries"
)

// stack draws columns in layers, one a Y column, with the sum above each column.
func stack(t figure.Table, width int) (option, int) {
	all := seriesOf(t)
	u := layUpright(t, all, width)
	sums := rowSums(t, all)
	bar := charts.NewBar()
	bar.SetGlobalOptions(append(common(t.Spec.ID), tooltip("axis"), legend(all), grid(12, u.top, 16, 8),
		charts.WithXAxisOpts(namesAxis()), charts.WithYAxisOpts(valuesAxis(axisName(t, all), unit(t, all[0].column))))...)
	bar.SetXAxis(u.names)
	for _, s := range all {
		data := barData(t, s.column)
		for row := range data {
			data[row].Label = &opts.Label{Show: opts.Bool(layerHolds(t, row, s.column, sums, u.slot)),
				Position: "inside", Formatter: "{c}", FontSize: labelSize, Color: ink(s.color)}
		}
		bar.AddSeries(s.name, data, barStyle(s.color, barWidth), charts.WithSeriesOpts(func(s *charts.SingleSeries) {
			s.Stack = "all"
			s.ItemStyle.BorderColor, s.ItemStyle.BorderWidth = "#ffffff", 1
		}))
	}
	if unit(t, all[0].column) != "%" {
		bar.Overlap(sumLabels(t, sums, all[0].column))
	}
	return finish(bar), u.height
}

func rowSums(t figure.Table, all []series) []*big.Rat {
	sums := make([]*big.Rat, t.Len())
	for row := range sums {
		sums[row] = new(big.Rat)
		for _, s := range all {
			if x, ok := t.Number(row, s.column); ok {
				sums[row].Add(sums[row], x)
			}
		}
	}
	return sums
}

// layerHolds tells whether a layer is large enough for its value to be written in it.
func layerHolds(t figure.Table, row int, column string, sums []*big.Rat, slot int) bool {
	const plot = 240 // pixels, about, for the highest column
	highest := new(big.Rat)
	for _, sum := range sums {
		if sum.Cmp(highest) > 0 {
			highest = sum
		}
	}
	x, ok := t.Number(row, column)
	if !ok || x.Sign() == 0 {
		return false
	}
	share, _ := new(big.Rat).Quo(x, highest).Float64()
	return share*plot >= labelSize+2 && textWidth(t.Shown(row, column), labelSize) <= min(44, slot*7/10)
}

// sumLabels is a line that is not seen and carries the sums.
func sumLabels(t figure.Table, sums []*big.Rat, column string) *charts.Line {
	data := make([]opts.LineData, len(sums))
	for row, sum := range sums {
		text := quote.Exact(sum, t.Rounding.Policy)
		if t.Column(column).Format == queries.Money {
			text = t.MoneyShown(sum)
		}
		data[row].Value = json.Number(text)
	}
	line := charts.NewLine()
	line.AddSeries("合计", data, valueLabel(true, "top"),
		charts.WithLineStyleOpts(opts.LineStyle{Opacity: opts.Float(0)}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: "transparent"}),
		charts.WithLineChartOpts(opts.LineChart{Symbol: "circle", SymbolSize: 1, ShowSymbol: opts.Bool(true)}))
	return line
}
