package charts

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"workreport/pipeline/figure"
)

// upright are the measures of a chart with its names below it, in pixels.
type upright struct {
	names  []string // broken into lines that fit
	lines  int      // of the longest name
	slot   int      // width for one name
	top    int      // room for the legend and the unit
	height int
}

// layUpright gives each category its share of the width, and the picture the
// height that its longest name asks for.
func layUpright(t figure.Table, all []series, width int) upright {
	u := upright{names: categories(t), slot: (width - 60) / t.Len(), top: 42 + legendHeight(all, width)}
	for i, name := range u.names {
		u.names[i] = wrap(name, u.slot-4, textSize)
		u.lines = max(u.lines, 1+strings.Count(u.names[i], "\n"))
	}
	u.height = u.top + 250 + lineHeight*u.lines
	return u
}

const columnLines = 3 // of the longest name below a column

// column draws vertical bars, last year's beside this year's. Names that would
// become towers of characters are given horizontal bars instead.
func column(t figure.Table, width int) (option, int) {
	all := seriesOf(t)
	u := layUpright(t, all, width)
	if u.lines > columnLines {
		return horizontal(t, width, inOrder(t))
	}
	bar := charts.NewBar()
	bar.SetGlobalOptions(append(common(t.Spec.ID), tooltip("axis"), legend(all), grid(12, u.top, 16, 8),
		charts.WithXAxisOpts(namesAxis()), charts.WithYAxisOpts(valuesAxis(axisName(t, all), unit(t, all[0].column))))...)
	bar.SetXAxis(u.names)
	gap, written := columnLabels(t, all, u.slot)
	for i, s := range all {
		bar.AddSeries(s.name, barData(t, s.column), valueLabel(written(i), "top"), barStyle(s.color, barWidth), barGap(gap))
	}
	return finish(bar), u.height
}

// columnLabels says which series have their values written. Values that do not
// fit side by side: bars closer together, else this year's alone, if they have
// the room.
func columnLabels(t figure.Table, all []series, slot int) (gap int, written func(series int) bool) {
	gap = 30
	if crowded := slot * 7 / 10 / len(all); !labelsFit(t, all, crowded) && labelsFit(t, all, slot*88/100/len(all)) {
		gap = 12
	}
	side := min(barWidth, slot*(100-gap)/100/len(all))
	each := labelsFit(t, all, side) || len(all) == 1 && labelsFit(t, all, slot)
	one := firstAlone(all) && labelsFit(t, all[:1], slot)
	return gap, func(series int) bool { return each || one && series == 0 }
}

// firstAlone tells whether the first series is the one that matters.
func firstAlone(all []series) bool { return len(all) == 1 || all[1].last }

// labelsFit tells whether all the values of the series are narrower than room.
func labelsFit(t figure.Table, all []series, room int) bool {
	for _, s := range all {
		for row := range t.Len() {
			if textWidth(t.Shown(row, s.column), labelSize) > room {
				return false
			}
		}
	}
	return true
}

func barData(t figure.Table, column string) []opts.BarData {
	data := make([]opts.BarData, t.Len())
	for row := range data {
		data[row].Value = value(t, row, column)
	}
	return data
}

const barWidth = 44 // of the widest bar

func barStyle(color string, widest int) charts.SeriesOpts {
	return charts.WithSeriesOpts(func(s *charts.SingleSeries) {
		s.ItemStyle = &opts.ItemStyle{Color: color}
		s.BarMaxWidth, s.BarGap, s.BarCategoryGap = pixels(widest), "8%", "30%"
	})
}

// barGap is the gap between categories, in per cent of their width.
func barGap(percent int) charts.SeriesOpts {
	return charts.WithSeriesOpts(func(s *charts.SingleSeries) { s.BarCategoryGap = pixels(percent) + "%" })
}
