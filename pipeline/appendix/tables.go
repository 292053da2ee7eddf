package appendix

import (
	"math/big"
	"slices"
	"strings"

	"workreport/pipeline/figure"
	"workreport/queries"
)

// The width of the text area (版心) of an upright and of a landscape page, in
// mm: GB/T 9704-2012, 5.1 and 5.2.1.
const (
	upright   = 156.0
	landscape = 225.0
)

func tableSections(tables []figure.Table) []section {
	var sections []section
	for i, t := range tables {
		g := tableGrid(t)
		g.Number = i + 1
		sections = append(sections, section{Grid: &g})
	}
	return sections
}

func tableGrid(t figure.Table) grid {
	g := grid{Caption: t.Spec.Title}
	if t.Spec.Unit != "" {
		g.Unit = "单位：" + t.Spec.Unit
	}
	for _, c := range t.Spec.Columns {
		over, title := t.Heading(c.Name)
		heading := column{Title: title, Over: over, Align: "right"}
		switch c.Format {
		case queries.Text:
			heading.Align = "left"
		case queries.Date:
			heading.Align = "center"
		}
		named := &heading.Title
		if over != "" {
			named = &heading.Over
		}
		if c.Unit != "" && c.Unit != "%" && c.Unit != t.Spec.Unit && !strings.HasSuffix(*named, c.Unit) {
			*named += "（" + c.Unit + "）"
		}
		g.Columns = append(g.Columns, heading)
	}
	for i := range t.Len() {
		r := row{}
		for _, c := range t.Spec.Columns {
			r.Cells = append(r.Cells, tableCell(t, i, c))
		}
		g.Rows = append(g.Rows, r)
	}
	if len(t.Spec.Total) > 0 && t.Len() > 0 {
		g.Rows = append(g.Rows, totalRow(t))
	}
	if len(t.Sources) > 0 {
		g.Notes = append(g.Notes, "来源："+strings.Join(t.Sources, "、"))
	}
	g.Meaning = t.Spec.Note
	if t.Len() == 0 {
		g.Notes = append(g.Notes, "本年没有记录。")
	}
	g.SheetNotes = append(slices.Clone(g.Notes), blanks(g, t.Spec.Compare, "空白")...)
	g.Notes = append(g.Notes, blanks(g, t.Spec.Compare, "“—”")...)
	g.fit()
	return g
}

// blanks says what a missing number means in a table that has it, and how it is
// written.
func blanks(g grid, compared bool, sign string) []string {
	var rows, total bool
	for _, r := range g.Rows {
		for _, c := range r.Cells {
			rows, total = rows || c.Missing() && !r.Total, total || c.Missing() && r.Total
		}
	}
	var notes []string
	switch {
	case rows && compared:
		notes = append(notes, sign+"表示该年没有这一类记录。")
	case rows:
		notes = append(notes, sign+"表示没有数据或者不适用。")
	}
	if total {
		notes = append(notes, "合计行中的“—”表示该栏各行不能相加。")
	}
	return notes
}

func tableCell(t figure.Table, i int, c queries.Column) cell {
	text := t.Shown(i, c.Name)
	switch c.Format {
	case queries.Text:
		return words(text)
	case queries.Date:
		return dated(text)
	}
	x, _ := t.Number(i, c.Name)
	return number(text, "", shown(c, x))
}

func totalRow(t figure.Table) row {
	r := row{Total: true}
	for i, c := range t.Spec.Columns {
		x, ok := t.Total(c.Name)
		switch {
		case ok:
			r.Cells = append(r.Cells, number(t.TotalShown(c.Name), "", shown(c, x)))
		case i == 0:
			r.Cells = append(r.Cells, words("合计"))
		case c.Format == queries.Text || c.Format == queries.Date:
			r.Cells = append(r.Cells, words(""))
		default:
			r.Cells = append(r.Cells, words(none))
		}
	}
	return r
}

// shown is x in the unit of the table: money is kept in 元 and shown in 万元.
func shown(c queries.Column, x *big.Rat) *big.Rat {
	if x == nil || c.Format != queries.Money {
		return x
	}
	return new(big.Rat).Quo(x, big.NewRat(10000, 1))
}

// fit gives every column a width: its contents if all of them fit, else the
// least it can do with and a part of the rest, longer texts the larger part. A
// grid that an upright page cannot hold is wide; there a heading may take up to
// four lines.
func (g *grid) fit() {
	area := upright
	natural, least := g.needs(2)
	if total(least) > upright {
		g.Wide, area = true, landscape
		for lines := 3; lines <= 4 && total(least) > landscape; lines++ {
			natural, least = g.needs(lines)
		}
	}
	all, must := total(natural), total(least)
	for j := range g.Columns {
		switch {
		case all <= area:
			g.Columns[j].Width = natural[j] + (area-all)/float64(len(g.Columns))
		case must <= area:
			g.Columns[j].Width = least[j] + (natural[j]-least[j])*(area-must)/(all-must)
		default:
			g.Columns[j].Width = least[j] * area / must
		}
	}
}

// needs are the widths in mm at which nothing wraps, and the least widths: no
// number wraps, a heading takes so many lines, a text as many as it wants.
func (g *grid) needs(lines int) (natural, least []float64) {
	// A half-width character of 10.5 pt; both cell margins and one character to
	// spare, for fonts whose digits are wider.
	const half = 10.5 * 25.4 / 72 / 2
	const padding = 4.0 + half
	for j, c := range g.Columns {
		widest := 4
		for _, r := range g.Rows {
			widest = max(widest, breadth(r.Cells[j].Text))
		}
		heading := max(breadth(c.Title), (breadth(c.Over)+1)/2)
		short := widest
		if c.Align == "left" {
			short = min(short+1, 12) // capitals are wide
		}
		short = max(short, (heading+lines-1)/lines+1)
		if c.Over != "" {
			short = max(short, breadth(c.Title)) // a year stays whole
		}
		natural = append(natural, float64(min(max(widest, heading), 60))*half+padding)
		least = append(least, float64(short)*half+padding)
	}
	return natural, least
}
