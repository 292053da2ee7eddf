package charts

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"workreport/pipeline/figure"
)

// calendar draws the days of a year, darker where the number is greater: weeks
// from left to right, on a phone from top to bottom. A day without a row is blank.
func calendar(t figure.Table, width int) (option, int) {
	y := t.Spec.Chart.Y[0]
	data := make([]opts.HeatMapData, t.Len())
	for row, day := range categories(t) {
		data[row] = opts.HeatMapData{Name: day, Value: []any{day, value(t, row, y)}}
	}
	calendar := opts.Calendar{Range: []string{t.Shown(0, t.Spec.Chart.X)[:4]}, CellSize: "auto",
		Left: "56", Top: "28", Right: "12", Bottom: "44",
		ItemStyle:  &opts.ItemStyle{Color: emptyColor, BorderColor: "#ffffff", BorderWidth: 2},
		SplitLine:  &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: axisColor, Width: 1}},
		DayLabel:   &opts.CalendarLabel{FontSize: 12, Color: textColor},
		MonthLabel: &opts.CalendarLabel{FontSize: labelSize, Color: textColor},
		YearLabel:  &opts.CalendarLabel{Show: opts.Bool(false)}}
	height := 28 + 7*16 + 44
	if width < pageWidth {
		calendar.Orient, height = "vertical", 28+53*15+44
	}
	chart := charts.NewHeatMap()
	chart.AddCalendar(&calendar)
	chart.SetGlobalOptions(append(common(t.Spec.ID), tooltip("item"), legend(nil))...)
	chart.AddSeries(t.Column(y).Title, data, charts.WithCoordinateSystem("calendar"),
		charts.WithItemStyleOpts(opts.ItemStyle{BorderColor: "#ffffff", BorderWidth: 2}))
	o := finish(chart)
	side, gap, size := 14, 10, labelSize
	if width < pageWidth { // five steps in one line
		side, gap, size = 10, 6, 12
	}
	o["visualMap"] = option{"type": "piecewise", "orient": "horizontal", "left": "center", "bottom": 4, "itemSymbol": "rect",
		"itemWidth": side, "itemHeight": side, "itemGap": gap, "textGap": side / 2, "textStyle": option{"fontSize": size, "color": textColor}, "pieces": scale(t, y)}
	return o, height
}

// oneYear refuses days of several years.
func oneYear(t figure.Table) error {
	for _, day := range categories(t) {
		if first := t.Shown(0, t.Spec.Chart.X); len(day) < 4 || day[:4] != first[:4] {
			return fmt.Errorf("日历图只画一个年份的日期，表里既有 %.4s 年的，又有 %.4s 年的", first, day)
		}
	}
	return nil
}

// scale are the steps from few to many, each named; go-echarts has no names for them.
func scale(t figure.Table, column string) []option {
	most, _, ok := extremes(t, column)
	if !ok {
		return nil
	}
	greatest, _ := t.Number(most, column)
	top := greatest.Num().Int64()
	width := max(1, (top+int64(len(blues))-1)/int64(len(blues)))
	var steps []option
	for low := int64(1); low <= top; low += width {
		high := low + width - 1
		label := fmt.Sprintf("%d–%d%s", low, high, unit(t, column))
		if width == 1 {
			label = fmt.Sprintf("%d%s", low, unit(t, column))
		}
		steps = append(steps, option{"min": low, "max": high, "label": label})
	}
	for i := range steps {
		steps[i]["color"] = blues[(len(blues)-1)*(i+1)/len(steps)]
	}
	return steps
}
