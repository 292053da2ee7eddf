package appendix

import (
	"math/big"
	"slices"
	"strings"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
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
	changes := g.withChanges(t)
	if changes != nil {
		g = *changes
	}
	if len(t.Sources) > 0 {
		g.Notes = append(g.Notes, "来源："+strings.Join(t.Sources, "、"))
	}
	g.Meaning = t.Spec.Note
	if changes == nil {
		g.Notes = append(g.Notes, totalChanges(t)...)
	}
	if t.Len() == 0 {
		g.Notes = append(g.Notes, "本年没有记录。")
	}
	g.SheetNotes = append(slices.Clone(g.Notes), blanks(g, t.Spec.Compare, "空白")...)
	g.Notes = append(g.Notes, blanks(g, t.Spec.Compare, "“—”")...)
	g.fit()
	return g
}

// withChanges is the grid with, behind the columns of both years, how much each
// count or sum changed; nil where it has no room for them on its page. They come
// last, so that column j of the table stays column j.
func (g grid) withChanges(t figure.Table) *grid {
	wider := g
	wider.Columns, wider.Rows = slices.Clone(g.Columns), slices.Clone(g.Rows)
	for _, c := range lastColumns(t) {
		wider.Columns = append(wider.Columns, column{Title: titleOver(t, c) + "增减", Align: "right"})
		for i, r := range wider.Rows {
			value := t.Number
			if r.Total {
				value = func(_ int, column string) (*big.Rat, bool) { return t.Total(column) }
			}
			wider.Rows[i].Cells = append(slices.Clip(r.Cells), changeCell(t, c, i, value))
		}
	}
	area, lines := upright, 2
	if _, least := g.needs(lines); total(least) > area {
		area, lines = landscape, 4
	}
	if _, least := wider.needs(lines); total(least) > area {
		return nil
	}
	return &wider
}

// lastColumns are last year's columns of counts and sums.
func lastColumns(t figure.Table) []queries.Column {
	return slices.DeleteFunc(slices.Clone(t.Spec.Columns), func(c queries.Column) bool {
		return !c.Last || c.Format != queries.Integer && c.Format != queries.Money
	})
}

func titleOver(t figure.Table, last queries.Column) string {
	over, _ := t.Heading(last.Name)
	return over
}

// totalChanges says how much the totals changed, for a table without room to say
// it row by row.
func totalChanges(t figure.Table) []string {
	var changes []string
	for _, c := range lastColumns(t) {
		if change := changeCell(t, c, 0, func(_ int, column string) (*big.Rat, bool) { return t.Total(column) }); change.Number != nil {
			changes = append(changes, titleOver(t, c)+change.Text)
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return []string{"合计比上年增减：" + strings.Join(changes, "，") + "。"}
}

// changeCell is how much the column of c changed in a row, with its sign.
func changeCell(t figure.Table, c queries.Column, i int, value func(int, string) (*big.Rat, bool)) cell {
	now, haveNow := value(i, strings.TrimSuffix(c.Name, "_last"))
	last, haveLast := value(i, c.Name)
	if !haveNow || !haveLast {
		return words(none)
	}
	change := new(big.Rat).Sub(now, last)
	text := quote.Exact(change, t.Rounding.Policy)
	if c.Format == queries.Money {
		text = t.MoneyShown(change)
	}
	x := number(text, "", shown(c, change))
	x.Format = "+" + x.Format + ";-" + x.Format + ";" + x.Format
	if change.Sign() > 0 {
		x.Text = "+" + x.Text
	}
	return x
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
