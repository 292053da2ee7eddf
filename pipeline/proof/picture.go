package proof

import (
	"cmp"
	"encoding/xml"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// label is a number written in a picture, and where.
type label struct {
	text string
	x, y float64
	ends bool // at its place, as the marks of an upright axis do
}

// picture holds the numbers written in a picture to the table: each is a value, the
// sum of a stack, or a mark of an axis, which stand in a line, evenly.
func (g grid) picture(f *finding, content []byte) {
	labels, err := labelsOf(content)
	if err != nil {
		f.say("不是完好的 SVG：%v", err)
		return
	}
	if g.Spec.Chart.Kind == "calendar" {
		return // its numbers are colours
	}
	values, words, titles := g.values(), g.words(), g.titles()
	upright := slices.Contains([]string{"column", "line", "stack"}, g.Spec.Chart.Kind)
	var marks []label
	for _, l := range labels {
		found := written.FindStringSubmatch(strings.ReplaceAll(plain(l.text), ",", ""))
		if found == nil || !g.isUnit(found[2]) {
			continue
		}
		x, _ := new(big.Rat).SetString(found[1])
		text := plain(l.text)
		named := slices.Contains(titles, text) || slices.ContainsFunc(words, func(name string) bool { return strings.Contains(name, text) })
		switch {
		case values[x.RatString()]:
			f.numbers++
		case named:
		case upright && l.ends:
			marks = append(marks, l)
		default:
			f.say("表“%s”：图上的“%s”不是表里的数", g.Spec.Title, l.text)
		}
	}
	if !even(marks) {
		f.say("表“%s”：图上坐标轴的刻度不匀", g.Spec.Title)
	}
}

// written is a number and what is written behind it.
var written = regexp.MustCompile(`^(-?\d+(?:\.\d+)?)(\D.*)?$`)

// isUnit tells whether a number with this behind it is a value: a name may begin
// with a number too.
func (g grid) isUnit(behind string) bool {
	if behind == "" || strings.HasPrefix(behind, "%") || strings.HasPrefix(behind, "万元") {
		return true
	}
	units := []string{g.Spec.Unit}
	for _, c := range g.Spec.Columns {
		units = append(units, c.Unit)
	}
	return slices.ContainsFunc(units, func(unit string) bool { return plain(unit) != "" && strings.HasPrefix(behind, plain(unit)) })
}

// values are the numbers of the table, as fractions, and the sums of a stack.
func (g grid) values() map[string]bool {
	values := map[string]bool{}
	for _, cells := range append(slices.Clone(g.rows), g.totals) {
		sum := new(big.Rat)
		for j, c := range g.Spec.Columns {
			if j >= len(cells) || cells[j].words {
				continue
			}
			for _, text := range append(cells[j].value.texts, cells[j].full) {
				if x, ok := number(strings.TrimSuffix(strings.Trim(text, "第位"), "%")); ok {
					values[x.RatString()] = true
				}
			}
			if x, ok := number(cells[j].shown); ok && slices.Contains(g.Spec.Chart.Y, c.Name) {
				sum.Add(sum, x)
			}
		}
		if g.Spec.Chart.Kind == "stack" {
			values[sum.RatString()] = true
		}
	}
	return values
}

// titles are the headings that stand in the picture; of years, the numbers alone.
func (g grid) titles() []string {
	var titles []string
	for _, c := range g.Spec.Columns {
		title := plain(c.Title)
		titles = append(titles, title, strings.TrimSuffix(title, "年"))
	}
	return titles
}

// words are the names of the rows, which may be numbers, or be broken into lines
// that are.
func (g grid) words() []string {
	var words []string
	for _, cells := range g.rows {
		for _, c := range cells {
			if c.words {
				words = append(words, plain(c.shown))
			}
		}
	}
	return words
}

func labelsOf(content []byte) (labels []label, err error) {
	var l label
	inside := false
	err = eachToken(content, func(token xml.Token) {
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "text" {
				inside, l = true, labelAt(token)
			}
		case xml.CharData:
			if inside {
				l.text += string(token)
			}
		case xml.EndElement:
			if token.Name.Local == "text" {
				inside, labels = false, append(labels, l)
			}
		}
	})
	return labels, err
}

var translation = regexp.MustCompile(`translate\(([-\d.]+)[ ,]+([-\d.]+)\)`)

func labelAt(e xml.StartElement) (l label) {
	for _, a := range e.Attr {
		n, _ := strconv.ParseFloat(a.Value, 64)
		switch a.Name.Local {
		case "x":
			l.x += n
		case "y":
			l.y += n
		case "text-anchor":
			l.ends = a.Value == "end"
		case "transform":
			if found := translation.FindStringSubmatch(a.Value); found != nil {
				x, _ := strconv.ParseFloat(found[1], 64)
				y, _ := strconv.ParseFloat(found[2], 64)
				l.x, l.y = l.x+x, l.y+y
			}
		}
	}
	return l
}

// even tells whether the marks of an axis stand one above the other, each as high
// as its number says.
func even(marks []label) bool {
	if len(marks) < 2 {
		return true
	}
	slices.SortFunc(marks, func(a, b label) int { return cmp.Compare(a.y, b.y) })
	first, last := marks[0], marks[len(marks)-1]
	high, span := last.y-first.y, numberOf(last)-numberOf(first)
	for _, l := range marks {
		off := (l.y-first.y)/high - (numberOf(l)-numberOf(first))/span
		if math.Abs(l.x-first.x) > 1 || !(math.Abs(off) < 0.01) {
			return false
		}
	}
	return true
}

func numberOf(l label) float64 {
	x, _ := strconv.ParseFloat(written.FindStringSubmatch(strings.ReplaceAll(plain(l.text), ",", ""))[1], 64)
	return x
}
