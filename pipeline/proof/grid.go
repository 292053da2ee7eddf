package proof

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
	"workreport/queries"
)

// grid is a table as every form must show it.
type grid struct {
	figure.Table
	rows    [][]cell // the total last
	totals  []cell   // as the CSV has them, even of no rows; nil for a table without
	changes []string // titles of the columns of change that a document may add
}

// cell is what stands in a column of a row.
type cell struct {
	full  string // in the CSV
	shown string // in the documents
	words bool   // no number
	value value
}

func gridOf(t figure.Table) grid {
	g := grid{Table: t}
	last := slices.DeleteFunc(slices.Clone(t.Spec.Columns), func(c queries.Column) bool {
		return !c.Last || c.Format != queries.Integer && c.Format != queries.Money
	})
	for _, c := range last {
		over, _ := t.Heading(c.Name)
		g.changes = append(g.changes, over+"增减")
	}
	for row := range t.Len() {
		number := func(column string) (*big.Rat, bool) { return t.Number(row, column) }
		var cells []cell
		for _, c := range t.Spec.Columns {
			cells = append(cells, g.cell(c, t.Text(row, c.Name), t.Shown(row, c.Name), number))
		}
		g.rows = append(g.rows, g.withChanges(cells, last, number))
	}
	if len(t.Spec.Total) == 0 {
		return g
	}
	for i, c := range t.Spec.Columns {
		total := g.cell(c, t.TotalText(c.Name), t.TotalShown(c.Name), t.Total)
		if i == 0 {
			total.full = "合计"
			total.value.texts = append(total.value.texts, total.full)
			total.words = total.value.exact == nil
			total.shown = total.full
		}
		g.totals = append(g.totals, total)
	}
	if g.totals = g.withChanges(g.totals, last, t.Total); len(g.rows) > 0 {
		g.rows = append(g.rows, g.totals)
	}
	return g
}

func (g grid) cell(c queries.Column, full, shown string, number func(string) (*big.Rat, bool)) cell {
	of := cell{full: full, shown: shown, words: c.Format == queries.Text || c.Format == queries.Date}
	if of.words {
		return of
	}
	x, ok := number(c.Name)
	if !ok {
		return of
	}
	of.value = value{exact: inUnit(c, x), texts: []string{shown}}
	return of
}

// withChanges adds what each count and sum changed by.
func (g grid) withChanges(cells []cell, last []queries.Column, number func(string) (*big.Rat, bool)) []cell {
	for _, c := range last {
		now, haveNow := number(strings.TrimSuffix(c.Name, "_last"))
		before, haveBefore := number(c.Name)
		if !haveNow || !haveBefore {
			cells = append(cells, cell{})
			continue
		}
		change := new(big.Rat).Sub(now, before)
		text := quote.Exact(change, g.Rounding.Policy)
		if c.Format == queries.Money {
			text = g.MoneyShown(change)
		}
		if change.Sign() > 0 {
			text = "+" + text
		}
		cells = append(cells, cell{shown: text, value: value{exact: inUnit(c, change), texts: []string{text}}})
	}
	return cells
}

// inUnit is x in the unit of the table: money is kept in 元 and shown in 万元.
func inUnit(c queries.Column, x *big.Rat) *big.Rat {
	if c.Format != queries.Money {
		return x
	}
	return new(big.Rat).Quo(x, big.NewRat(10_000, 1))
}

// longest is how many characters a cell of a workbook holds.
const longest = 32767

// shownBy tells whether a cell of a document holds the cell.
func (c cell) shownBy(it item) bool {
	if !c.words {
		return c.value.shownBy(it)
	}
	if it.number {
		return dayOf(it.text) == c.shown
	}
	text, want := plain(it.text), plain(c.shown)
	return text == want || len(it.text) >= longest && strings.HasPrefix(want, text)
}

// csv holds tables/….csv to the table, and what documents show to what stands there.
func (g grid) csv(f *finding, content []byte) {
	rows := rowsOf(f, content)
	if rows == nil {
		return
	}
	want := g.rows
	if len(want) == 0 && g.totals != nil {
		want = append(want, g.totals)
	}
	if len(rows)-1 != len(want) {
		f.say("表“%s”：文件里有 %d 行，算出的是 %d 行", g.Spec.Title, len(rows)-1, len(want))
		return
	}
	for i, cells := range want {
		for j, c := range g.Spec.Columns {
			f.numbers++
			if got := rows[i+1][j]; plain(got) != plain(cells[j].full) && plain(got) != "'"+plain(cells[j].full) {
				f.differs(g.place(i, j), got, cells[j].full)
			}
			if of := cells[j]; !of.words && j > 0 && c.Format != queries.OfFigure && !sameNumber(of.full, of.shown) {
				f.say("%s：文件里是“%s”，文档里写“%s”", g.place(i, j), of.full, of.shown)
			}
		}
	}
}

// place names a cell for a message.
func (g grid) place(row, column int) string {
	title, name := "", ""
	if column < len(g.Spec.Columns) {
		title = g.Spec.Columns[column].Title
	} else {
		title = g.changes[column-len(g.Spec.Columns)]
	}
	if row < len(g.rows) {
		name = "（" + brief(g.rows[row][0].shown) + "）"
	}
	return fmt.Sprintf("表“%s”第%d行%s“%s”", g.Spec.Title, row+1, name, title)
}

// in holds the rows of a document to the table. A document may add the columns
// of change, where they have room.
func (g grid) in(f *finding, rows [][]item) {
	rows = g.unfolded(rows)
	if len(rows) != len(g.rows) {
		f.say("表“%s”：文件里有 %d 行，算出的是 %d 行", g.Spec.Title, len(rows), len(g.rows))
		return
	}
	for i, cells := range g.rows {
		if n := len(rows[i]); n != len(g.Spec.Columns) && n != len(cells) {
			f.say("表“%s”第%d行：文件里有 %d 栏，算出的是 %d 栏", g.Spec.Title, i+1, n, len(g.Spec.Columns))
			continue
		}
		for j, got := range rows[i] {
			f.numbers++
			if !cells[j].shownBy(got) {
				f.differs(g.place(i, j), got.text, cells[j].shown)
			}
		}
	}
}

// unfolded has the rows behind each other of a table of two columns that is set
// in several side by side.
func (g grid) unfolded(rows [][]item) [][]item {
	const columns = 2
	if len(g.Spec.Columns) != columns || len(rows) == 0 || len(rows[0]) < 2*columns || g.changes != nil {
		return rows
	}
	data := len(g.rows)
	if g.totals != nil {
		data--
	}
	var all [][]item
	for i, row := range rows {
		if len(all) >= data { // the total has a line of its own
			return append(all[:data:data], rows[i][:columns])
		}
		for from := 0; from+columns <= len(row); from += columns {
			all = append(all, row[from:from+columns])
		}
	}
	for len(all) > data && strings.TrimSpace(all[len(all)-1][0].text+all[len(all)-1][1].text) == "" {
		all = all[:len(all)-1] // the last line is not full
	}
	return all
}
