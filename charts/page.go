package charts

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/queries"
)

// PageData is what the page shows. The contract says which columns of the records
// are shown, under which titles.
type PageData struct {
	Edition  contract.Edition
	Contract contract.Contract
	Figures  []figure.Figure
	Charts   []Chart
	Checks   []figure.Check
	Digest   string // of the edition's numbers, as people compare it
}

var (
	//go:embed page.html.tmpl
	pageTemplate string
	//go:embed page.css
	pageStyle string
	//go:embed page.js
	pageScript string
)

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"join":   func(texts []string) string { return strings.Join(texts, "、") },
	"change": change,
	"day":    day,
}).Parse(pageTemplate))

// Page writes one HTML file that needs no network: the key figures, the drawn
// charts in the order given with their definitions, sources, data, queries and
// records, and the checks. With scripts off the charts are pictures, and only the
// records are not listed. The same data give the same bytes.
func Page(w io.Writer, data PageData) error {
	var buf bytes.Buffer
	v, err := view(data)
	if err == nil {
		err = page.Execute(&buf, v)
	}
	if err != nil {
		return fmt.Errorf("图表网页没有写成：%w", err)
	}
	_, err = w.Write(buf.Bytes())
	return err
}

type pageView struct {
	PageData
	Policy          string // Content-Security-Policy
	Style           template.CSS
	Echarts, Script template.JS
	Cards           []card
	Sections        []section
	Records         template.JS
	Broken          []figure.Check // checks that do not hold
}

// card is a key figure and where it comes from.
type card struct {
	figure.Figure
	Behind []behind
}

// section is a part of the report, in its own sections.
type section struct {
	Title string
	Parts []part
}

type part struct {
	Title  string // "" where the section is not divided
	Charts []chartView
}

type chartView struct {
	Chart
	Unit, Sentence    string
	Behind            []behind
	Long              bool // the table is printed in several columns
	Broad             bool // the table has so many columns that print sets them close
	Picture           template.HTML
	PageOption, Phone template.JS
	Head, Below       []head // Below is a second line of headings, of years
	Rows              [][]cell
	Total             []cell
}

// head is a heading of the table over as many columns and lines.
type head struct {
	Text          string
	Columns, Rows int
	Number        bool
}

type cell struct {
	Text   string
	Number bool
}

func view(data PageData) (pageView, error) {
	v := pageView{PageData: data, Style: template.CSS(pageStyle), Echarts: template.JS(echarts), Script: template.JS(pageScript)}
	records := archive{contract: data.Contract, Behind: map[string]pointers{}}
	for _, f := range figure.Highlights(data.Figures) {
		v.Cards = append(v.Cards, card{f, records.behindFigure(f, data.Figures)})
	}
	// style-src serves browsers that do not know its two halves. ECharts and its
	// pictures need style attributes.
	v.Policy = fmt.Sprintf("default-src 'none'; script-src %s %s; style-src 'unsafe-inline'; style-src-elem %s; "+
		"style-src-attr 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
		sourceHash(echarts), sourceHash(pageScript), sourceHash(pageStyle))
	for _, c := range data.Charts {
		title, within, _ := strings.Cut(c.Table.Spec.Section, "/")
		if n := len(v.Sections); n == 0 || v.Sections[n-1].Title != title {
			v.Sections = append(v.Sections, section{Title: title})
		}
		last := &v.Sections[len(v.Sections)-1]
		if n := len(last.Parts); n == 0 || last.Parts[n-1].Title != within {
			last.Parts = append(last.Parts, part{Title: within})
		}
		of := &last.Parts[len(last.Parts)-1]
		of.Charts = append(of.Charts, viewChart(c, &records))
	}
	for _, c := range data.Checks {
		if !c.Holds() {
			v.Broken = append(v.Broken, c)
		}
	}
	text, err := records.json()
	v.Records = template.JS(text)
	return v, err
}

func sourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func viewChart(c Chart, records *archive) chartView {
	t := c.Table
	v := chartView{Chart: c, Unit: unit(t, t.Spec.Chart.Y[0]), Sentence: sentence(t), Behind: records.behindTable(t), PageOption: template.JS(c.Option), Phone: template.JS(c.Narrow)}
	v.Picture = template.HTML(ownIDs(c.SVG, c.Number))
	v.Head, v.Below = heads(t)
	v.Long = t.Len() > 40 && len(v.Head) <= 2
	v.Broad = len(t.Spec.Columns) > 8
	for row := range t.Len() {
		var cells []cell
		for _, column := range t.Spec.Columns {
			text := t.Shown(row, column.Name)
			if text == "" && isNumber(t, column.Name) {
				text = "—"
			}
			cells = append(cells, cell{text, isNumber(t, column.Name)})
		}
		v.Rows = append(v.Rows, cells)
	}
	if len(t.Spec.Total) > 0 && t.Len() > 0 {
		for i, column := range t.Spec.Columns {
			text := t.TotalShown(column.Name)
			switch {
			case i == 0:
				text = "合计"
			case text == "" && isNumber(t, column.Name):
				text = "—"
			}
			v.Total = append(v.Total, cell{text, isNumber(t, column.Name)})
		}
	}
	return v
}

// ownIDs renames the ids inside a picture, which are the same in every picture
// and must differ on one page.
func ownIDs(svg []byte, number int) []byte {
	for _, before := range []string{`id="`, `url(#`} {
		svg = bytes.ReplaceAll(svg, []byte(before+"zr0-"), fmt.Appendf(nil, "%schart%d-", before, number))
	}
	return svg
}

// heads are the headings of the columns, each with its unit where that is not
// the table's; the two years of one column stand below its title.
func heads(t figure.Table) (first, below []head) {
	for _, c := range t.Spec.Columns {
		over, title := t.Heading(c.Name)
		named := title
		if over != "" {
			named = over
		}
		if u := unit(t, c.Name); isNumber(t, c.Name) && u != t.Spec.Unit && u != "%" {
			named = withUnitOf(named, u)
		}
		if over == "" {
			first = append(first, head{named, 1, 2, isNumber(t, c.Name)})
			continue
		}
		if !c.Last {
			first = append(first, head{named, 2, 1, false})
		}
		below = append(below, head{title, 1, 1, true})
	}
	if below == nil {
		for i := range first {
			first[i].Rows = 1
		}
	}
	return first, below
}

func isNumber(t figure.Table, column string) bool {
	format := t.Column(column).Format
	return format != queries.Text && format != queries.Date
}

// change says how a figure stands to last year's, and what that was by last
// year's own definition where it was another; "" where there is nothing to say.
func change(f figure.Figure) string {
	text, unit := "", f.Spec.Unit
	if unit == "%" || unit == "位" {
		unit = "" // the change says 个百分点 or 上升2位 itself
	}
	switch f.ChangeText {
	case "":
	case "持平":
		text = "与上年持平"
	default:
		text = "较上年 " + f.ChangeText + unit
	}
	var more []string
	if f.ChangeRateText != "" && text != "与上年持平" {
		more = append(more, f.ChangeRateText)
	}
	if f.Then != nil {
		more = append(more, "口径有变："+f.Then.Said())
	}
	if len(more) == 0 {
		return text
	}
	return text + "（" + strings.Join(more, "；") + "）"
}

// day writes a date as documents do: 2021年4月7日.
func day(t time.Time) string { return t.Format("2006年1月2日") }
