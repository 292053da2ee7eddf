package appendix

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// grid is a table as printed.
type grid struct {
	Number  int    // 表N; 0 for a list under its heading
	Caption string // above the table
	Unit    string // 单位：件
	Columns []column
	Rows    []row
	Notes   []string // below the table
	Meaning string   // what is counted: a footnote in the document, a note elsewhere
	Wide    bool     // wants a landscape page

	SheetNotes []string // instead of Notes in the workbook, where a missing number is an empty cell
}

// column is one column of a grid. Its width is in mm of print.
type column struct {
	Title string
	Over  string // heading over this column and its neighbour, which are two years of the same
	Width float64
	Align string // left, center, right
	Sheet bool   // shown in the workbook only, where print says it in a heading or beside the number
	Foot  bool   // a footnote in the document, to the first text of the row
}

// row is a row of cells, or a band: a heading across all columns.
type row struct {
	Band  string
	Total bool
	Cells []cell
}

// cell is what a cell shows, with its exact number where it is one. Format is
// the workbook's format for Number.
type cell struct {
	Text   string
	Number *big.Rat
	Format string
	Strong bool
	Note   string // a footnote
}

// Label is the caption with its number: 表1　立案提案按界别.
func (g grid) Label() string {
	if g.Number == 0 {
		return g.Caption
	}
	return fmt.Sprintf("表%d　%s", g.Number, g.Caption)
}

// Remarks are the lines below the grid where it has no footnotes.
func (g grid) Remarks() []string {
	if g.Meaning == "" {
		return g.Notes
	}
	return append([]string{"注：" + g.Meaning}, g.Notes...)
}

// Short tells whether a statistical table is to stay on one page.
func (g grid) Short() bool { return g.Caption != "" && len(g.Rows) <= 24 }

// Name is the title of a column where it stands in one line: 2021年会议数.
func (c column) Name() string { return c.Title + c.Over }

// Tall tells whether the headings take two lines.
func (g grid) Tall() bool {
	return slices.ContainsFunc(g.Columns, func(c column) bool { return c.Over != "" })
}

// Opens tells whether column j is the first of those that share a heading.
func (g grid) Opens(j int) bool {
	over := g.Columns[j].Over
	return over != "" && !(j > 0 && g.Columns[j-1].Over == over && g.Opens(j-1))
}

// printed is the grid without the columns that only the workbook shows, and a
// long table of two columns in several of them, to be read from left to right.
func (g grid) printed() grid {
	p := g.without(func(c column) bool { return c.Sheet })
	if p.Caption != "" && len(p.Columns) == 2 && len(p.Rows) > 60 {
		return p.folded(4)
	}
	return p
}

// without is the grid without some of its columns.
func (g grid) without(left func(column) bool) grid {
	p := g
	p.Columns, p.Rows = nil, make([]row, len(g.Rows))
	for i, r := range g.Rows {
		p.Rows[i] = row{Band: r.Band, Total: r.Total}
	}
	for j, c := range g.Columns {
		if left(c) {
			continue
		}
		p.Columns = append(p.Columns, c)
		for i, r := range g.Rows {
			if r.Band == "" {
				p.Rows[i].Cells = append(p.Rows[i].Cells, r.Cells[j])
			}
		}
	}
	return p
}

// footnoted is the grid with its columns of definitions turned into footnotes.
func (g grid) footnoted() grid {
	foot := func(c column) bool { return c.Foot }
	p := g.without(foot)
	first := slices.IndexFunc(p.Columns, func(c column) bool { return c.Align == "left" })
	for j, c := range g.Columns {
		for i, r := range g.Rows {
			if c.Foot && first >= 0 && r.Band == "" {
				p.Rows[i].Cells[first].Note = strings.ReplaceAll(r.Cells[j].Text, "\n", "　")
			}
		}
	}
	return p
}

// folded sets so many rows side by side.
func (g grid) folded(times int) grid {
	f := g
	f.Columns, f.Rows = nil, nil
	for range times {
		f.Columns = append(f.Columns, g.Columns...)
	}
	var line row
	end := func() {
		for len(line.Cells) > 0 && len(line.Cells) < len(f.Columns) {
			line.Cells = append(line.Cells, words(""))
		}
		if len(line.Cells) > 0 {
			f.Rows = append(f.Rows, line)
		}
		line = row{}
	}
	for _, r := range g.Rows {
		if r.Total || len(line.Cells) == len(f.Columns) {
			end()
		}
		line.Cells = append(line.Cells, r.Cells...)
		if line.Total = r.Total; r.Total {
			end()
		}
	}
	end()
	f.fit()
	return f
}

// width is that of all columns, in mm.
func (g grid) width() float64 {
	var all float64
	for _, c := range g.Columns {
		all += c.Width
	}
	return all
}

// Missing tells whether there is no number where one could be.
func (c cell) Missing() bool { return c.Text == none && c.Number == nil }
