package charts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"workreport/pipeline/figure"
)

// Colours that differ to colour-blind eyes, after Okabe and Ito, and in grey:
// neighbours of the palette are far apart in lightness. This year's is the first
// of the palette, last year's a light grey beside it.
var (
	palette = []string{"#1d4e89", "#e69f00", "#0b7a75", "#f2d06b", "#c770a0", "#12263f", "#7fb8e0", "#a35c36", "#a9b0b8"}
	blues   = []string{"#c6d8ea", "#94b5d8", "#5f8fc0", "#2f689f", "#123e73"} // from few to many
)

const (
	lastColor  = "#b7c1cb"
	textColor  = "#333d47"
	axisColor  = "#8b95a0"
	splitColor = "#e7eaee"
	emptyColor = "#f1f3f5"
	fontStack  = "'Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
	textSize   = 14 // category names and legends
	labelSize  = 13 // values
	lineHeight = 18
)

// option is an ECharts option.
type option = map[string]any

// drawable is what every chart of go-echarts can do.
type drawable interface {
	Validate()
	JSON() map[string]interface{}
}

// finish adds what go-echarts has no setting for, or only one as text where
// ECharts calculates with a number, and takes away what it adds unasked.
func finish(chart drawable) option {
	chart.Validate()
	text, err := json.Marshal(chart.JSON())
	if err != nil {
		panic(err) // of plain data there is none
	}
	var o option
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&o); err != nil {
		panic(err)
	}
	delete(o, "toolbox")
	o["textStyle"] = option{"fontFamily": fontStack, "fontSize": textSize, "color": textColor}
	for _, axis := range []string{"xAxis", "yAxis"} {
		if axes, ok := o[axis].([]any); ok {
			axes[0].(option)["axisLabel"].(option)["lineHeight"] = lineHeight
			axes[0].(option)["axisTick"] = option{"show": false}
			axes[0].(option)["nameTextStyle"] = option{"align": "left", "fontSize": labelSize, "color": textColor}
		}
	}
	return o
}

// common are the settings that all charts share.
func common(id string) []charts.GlobalOpts {
	return []charts.GlobalOpts{
		charts.WithInitializationOpts(opts.Initialization{ChartID: id, BackgroundColor: "#ffffff"}),
		charts.WithAnimation(false),
		charts.WithColorsOpts(palette),
	}
}

// tooltip serves the page; a picture does not show it.
func tooltip(trigger string) charts.GlobalOpts {
	return charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: trigger,
		AxisPointer: &opts.AxisPointer{Type: "shadow"}})
}

// legend names the series above the picture; a single one needs no name.
func legend(all []series) charts.GlobalOpts {
	var names []string
	for _, s := range all {
		names = append(names, s.name)
	}
	return charts.WithLegendOpts(opts.Legend{Show: opts.Bool(len(all) > 1), Data: names, Top: "0", Left: "center",
		Icon: "rect", ItemWidth: 14, ItemHeight: 10, TextStyle: &opts.TextStyle{FontSize: textSize, Color: textColor}})
}

// legendHeight is what the legend takes of a picture, in lines that hold as
// many names as the width allows.
func legendHeight(all []series, width int) int {
	if len(all) < 2 {
		return 0
	}
	lines, used := 1, 0
	for _, s := range all {
		name := textWidth(s.name, textSize) + 30
		if used > 0 && used+name > width-10 {
			lines, used = lines+1, 0
		}
		used += name
	}
	return 22 * lines
}

func grid(left, top, right, bottom int) charts.GlobalOpts {
	return charts.WithGridOpts(opts.Grid{Left: pixels(left), Top: pixels(top), Right: pixels(right),
		Bottom: pixels(bottom), ContainLabel: opts.Bool(true)})
}

// namesAxis is the axis of categories; every one of them is written.
func namesAxis() opts.XAxis {
	return opts.XAxis{Type: "category",
		AxisLabel: &opts.AxisLabel{Show: opts.Bool(true), Interval: "0", FontSize: textSize, Color: textColor},
		AxisLine:  &opts.AxisLine{LineStyle: &opts.LineStyle{Color: axisColor}}}
}

// valuesAxis has the unit in its name; whole numbers get no fractions between them.
func valuesAxis(name, unit string) opts.YAxis {
	return opts.YAxis{Type: "value", Name: name, NameGap: 22, MinInterval: minInterval(unit),
		AxisLabel: &opts.AxisLabel{Show: opts.Bool(true), FontSize: labelSize, Color: textColor},
		AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: splitColor}}}
}

func minInterval(unit string) float64 {
	if unit == "%" || strings.HasSuffix(unit, "元") {
		return 0
	}
	return 1
}

// valueLabel writes the value of a bar or a point beside it.
func valueLabel(show bool, position string) charts.SeriesOpts {
	return charts.WithLabelOpts(opts.Label{Show: opts.Bool(show), Position: position, Formatter: "{c}",
		FontSize: labelSize, Color: textColor})
}

// nothing says that there is nothing to draw.
func nothing(t figure.Table, _ int) (option, int) {
	blank := charts.NewPie()
	blank.SetGlobalOptions(append(common(t.Spec.ID), charts.WithTitleOpts(opts.Title{Title: noRecords, Left: "center", Top: "middle",
		TitleStyle: &opts.TextStyle{FontSize: textSize, FontWeight: "normal", Color: axisColor}}))...)
	return finish(blank), 120
}

func pixels(n int) string { return strconv.Itoa(n) }

// textWidth is about how many pixels wide a line is at a font size: a Chinese
// character is as wide as it is high, a digit in Noto Sans 0.56 of that.
func textWidth(text string, size int) int {
	hundredths := 0
	for _, r := range text {
		if r < 0x2000 {
			hundredths += 56
		} else {
			hundredths += 100
		}
	}
	return (hundredths*size + 99) / 100
}

// wrap breaks a text into lines of at most width pixels and about equal length.
// Digits stay together, and no line begins with a closing mark.
func wrap(text string, width, size int) string {
	total := textWidth(text, size)
	width = max(width, 1) // many categories leave none
	if total <= width {
		return text
	}
	lines := (total + width - 1) / width
	target := max((total+lines-1)/lines, size)
	var done []string
	var current string
	for _, word := range words(text) {
		longer := current + word
		if current != "" && (textWidth(longer, size) > width || textWidth(current, size) >= target) {
			done, longer = append(done, current), word
		}
		current = longer
	}
	return strings.Join(append(done, current), "\n")
}

// words are the pieces of a text that a line may end after.
func words(text string) []string {
	var all []string
	for _, r := range text {
		last := len(all) - 1
		switch {
		case last >= 0 && strings.ContainsRune("、，。：；）》”％%", r),
			last >= 0 && r < 0x80 && all[last][len(all[last])-1] < 0x80:
			all[last] += string(r)
		default:
			all = append(all, string(r))
		}
	}
	return all
}

// ink is black or white, whichever reads better on a colour (WCAG relative luminance).
func ink(color string) string {
	if luminance(color) > 0.3 {
		return textColor
	}
	return "#ffffff"
}

func luminance(color string) float64 {
	rgb := linearRGB(color)
	return 0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2]
}

// linearRGB takes a colour of sRGB to intensities from 0 to 1.
func linearRGB(color string) (linear [3]float64) {
	var rgb [3]uint8
	if _, err := fmt.Sscanf(color, "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2]); err != nil {
		panic(err)
	}
	for i, c := range rgb {
		x := float64(c) / 255
		if linear[i] = math.Pow((x+0.055)/1.055, 2.4); x <= 0.04045 {
			linear[i] = x / 12.92
		}
	}
	return linear
}
