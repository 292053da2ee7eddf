package charts

import (
	"encoding/json"
	"math/big"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
	"workreport/queries"
)

// The measures of a trend's panels, in pixels.
const (
	panelGap    = 28
	panelBelow  = 14
	panelHeight = 96 // of the columns alone
	yearsHeight = 26 // of the years below
	valueHeight = 24 // of the values above the highest column
)

// trend draws one small panel a figure over the years, each on a scale of its
// own that begins at nought, this year's column in the first colour. A rank, of
// which less is more, is a line with the first place at the top. Every value is
// written, as the table writes it.
func trend(t figure.Table, width int) (option, int) {
	across := panelsAcross(t, width)
	wide := (width - panelGap*(across-1)) / across
	titles := make([]string, t.Len())
	lines := 1
	for row := range titles {
		spec := t.Courses[row].Spec
		titles[row] = wrap(withUnitOf(spec.Title, countUnit(spec)), wide, textSize)
		lines = max(lines, 1+strings.Count(titles[row], "\n"))
	}
	head := lineHeight*lines + 4
	high := head + valueHeight + panelHeight + yearsHeight
	frame := charts.NewPie() // which brings no axes
	frame.SetGlobalOptions(append(common(t.Spec.ID), legend(nil))...)
	o := finish(frame)
	o["tooltip"] = option{"show": false} // nothing is hidden
	var names, grids, xAxes, yAxes, all []any
	for row := range t.Len() {
		left, top := share(row%across*(wide+panelGap), width), row/across*(high+panelBelow)
		names = append(names, option{"text": titles[row], "left": left, "top": top, "padding": 0,
			"textStyle": option{"fontSize": textSize, "fontWeight": "normal", "lineHeight": lineHeight, "color": textColor}})
		grids = append(grids, option{"left": left, "top": top + head + valueHeight, "width": share(wide, width), "height": panelHeight})
		xAxes = append(xAxes, yearsAxis(t, row))
		yAxes = append(yAxes, hiddenAxis(t, row))
		all = append(all, panelSeries(t, row))
	}
	o["title"], o["grid"], o["xAxis"], o["yAxis"], o["series"] = names, grids, xAxes, yAxes, all
	rows := (t.Len() + across - 1) / across
	return o, rows*(high+panelBelow) - panelBelow
}

// share is so many pixels of a width in per cent, so that a live chart fills its box.
func share(n, of int) string {
	return quote.Round(big.NewRat(int64(100*n), int64(of)), 3, contract.HalfUp) + "%"
}

// panelsAcross is how many panels stand side by side: as many as leave each value
// its room.
func panelsAcross(t figure.Table, width int) int {
	widest := 0
	for row := range t.Len() {
		for _, year := range t.Spec.Chart.Y {
			widest = max(widest, textWidth(t.Shown(row, year), labelSize))
		}
	}
	need := max(widest+6, textWidth("2021", labelSize)+4) * len(t.Spec.Chart.Y)
	return max(1, min(3, (width+panelGap)/(need+panelGap), t.Len()))
}

func yearsAxis(t figure.Table, row int) option {
	var years []string
	for _, year := range t.Spec.Chart.Y {
		years = append(years, strings.TrimSuffix(t.Column(year).Title, "年"))
	}
	return option{"type": "category", "gridIndex": row, "data": years, "axisTick": option{"show": false},
		"axisLine":  option{"onZero": false, "lineStyle": option{"color": axisColor}},
		"axisLabel": option{"interval": 0, "fontSize": labelSize, "color": textColor}}
}

// hiddenAxis is the scale of one panel, which is not written: the values are.
func hiddenAxis(t figure.Table, row int) option {
	o := option{"type": "value", "gridIndex": row, "show": false, "min": 0, "max": "dataMax"}
	if isRank(t.Courses[row].Spec) {
		o["inverse"], o["max"] = true, json.Number(quote.Exact(new(big.Rat).Add(worst(t, row), big.NewRat(1, 1)), t.Rounding.Policy))
	}
	return o
}

func worst(t figure.Table, row int) *big.Rat {
	most := new(big.Rat)
	for _, year := range t.Spec.Chart.Y {
		if x, ok := t.Number(row, year); ok && x.Cmp(most) > 0 {
			most = x
		}
	}
	return most
}

func panelSeries(t figure.Table, row int) option {
	spec := t.Courses[row].Spec
	o := option{"type": "bar", "name": spec.Title, "xAxisIndex": row, "yAxisIndex": row, "barMaxWidth": barWidth, "barCategoryGap": "36%",
		"label": option{"show": true, "position": "top", "fontSize": labelSize, "color": textColor}}
	if isRank(spec) {
		o["type"], o["symbol"], o["symbolSize"] = "line", "circle", 8
		o["lineStyle"] = option{"color": axisColor, "width": 2}
	}
	var data []any
	for i, year := range t.Spec.Chart.Y {
		color := lastColor
		if i == len(t.Spec.Chart.Y)-1 {
			color = palette[0]
		}
		data = append(data, option{"value": plain(t, row, year), "label": option{"formatter": t.Shown(row, year)}, "itemStyle": option{"color": color}})
	}
	o["data"] = data
	return o
}

// plain is the value as a number, as far as it is written.
func plain(t figure.Table, row int, year string) any {
	text := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(t.Shown(row, year), "第"), "位"), "%")
	if text == "" {
		return "-"
	}
	return json.Number(text)
}

func isRank(spec queries.Figure) bool { return spec.Quote.Hedge == "rank" }

// countUnit is the unit where the value is not written with it.
func countUnit(spec queries.Figure) string {
	if spec.Unit == "%" || isRank(spec) {
		return ""
	}
	return spec.Unit
}
