package appendix

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"workreport/charts"
	"workreport/pipeline/figure"
)

// contents is the name of the sheet that lists the others.
const contents = "目录"

// headRow is where the header of every list and table stands.
const headRow = 4

// XLSX writes the appendix as a workbook: one table a sheet, numbers in full
// precision under a display format, no formulas; beside a table its chart, drawn
// from the cells.
func XLSX(w io.Writer, d Document) error {
	c := contentOf(d)
	b := newBook()
	defer b.Close()
	b.cover(c)
	index := b.sheet(contents)
	var entries []entry
	add := func(sheet, caption string) { entries = append(entries, entry{sheet: sheet, caption: caption}) }
	if len(c.Figures) > 0 {
		add(b.list("数字", c.Figures), "报告的数字：数值、上年数、表述、定义与来源")
	}
	if len(c.Trend) > 0 {
		add(b.list("历年数字", c.Trend), c.Trend[0].Title)
	}
	if len(c.Claims) > 0 {
		add(b.list("论断", c.Claims), "隐含论断：报告中没有写出数字的话，有没有记录支持")
	}
	for i, s := range c.Tables {
		t := d.Tables[i]
		at := slices.IndexFunc(d.Pictures, func(p Picture) bool { return p.TableID == t.Spec.ID })
		if at < 0 || t.Spec.Chart == nil || t.Len() == 0 {
			add(b.table(*s.Grid), s.Grid.Label())
			continue
		}
		p := *c.Pictures[at].Picture
		entries = append(entries, entry{b.charted(*s.Grid, t, p), s.Grid.Label(), fmt.Sprintf("图%d", p.Number)})
	}
	add(b.method(c.Method), "编制说明：统计范围、修约、比较方法、记录的读取")
	if len(c.Dictionary) > 0 {
		add(b.list("数据字典", c.Dictionary), "数据字典：每个记录集有哪些栏目")
	}
	b.index(index, entries)
	b.properties(c)
	if b.err != nil {
		return b.err
	}
	return b.Write(w)
}

// entry is a line of the contents.
type entry struct{ sheet, caption, chart string }

func (b *book) cover(c content) {
	sheet := b.sheet("封面")
	b.check(b.SetHeaderFooter(sheet, nil))
	b.check(b.SetColWidth(sheet, "A", "A", 90))
	row := 3
	type line struct {
		text  string
		style look
	}
	lines := []line{
		{c.Notice, look{Size: 14, Align: "center", Strong: true}},
		{c.FullTitle(), look{Size: 28, Align: "center", Bold: true}},
	}
	for _, said := range c.Cover {
		lines = append(lines, line{said[0] + "：" + said[1], look{Size: 16, Align: "center"}})
	}
	lines = append(lines, line{"统计表中空白的单元格表示没有数据，“—”表示没有数据或者不适用；文字栏空白表示没有说明。", look{Size: 10.5, Align: "center"}})
	for _, line := range lines {
		if line.text != "" {
			b.span(sheet, row, 1, 90, line.text, line.style)
			row += 2
		}
	}
	b.print(sheet, portraitPaper, 1, 1, row)
}

func (b *book) index(sheet string, entries []entry) {
	titles, widths := []string{"工作表", "内容", "统计图"}, []float64{36, 56, 10}
	if !slices.ContainsFunc(entries, func(e entry) bool { return e.chart != "" }) {
		titles, widths = titles[:2], widths[:2]
	}
	b.widen(sheet, widths)
	b.span(sheet, 1, len(widths), total(widths), contents, look{Size: 16, Bold: true})
	for j, title := range titles {
		b.text(sheet, j+1, 3, title, look{Head: true, Align: "left"})
	}
	for i, e := range entries {
		row := i + 4
		b.link(sheet, 1, row, e.sheet, e.sheet, look{Align: "left", Lined: true, Link: true})
		b.text(sheet, 2, row, e.caption, look{Align: "left", Lined: true})
		if len(titles) > 2 {
			b.text(sheet, 3, row, e.chart, look{Align: "left", Lined: true})
		}
		b.height(sheet, row, max(wrapped(e.sheet, widths[0]-2), wrapped(e.caption, widths[1]-2)), 10.5)
	}
	b.freeze(sheet, 3)
	b.print(sheet, portraitPaper, 1, len(widths), len(entries)+3)
}

// list puts the grids of all sections, which have the same columns, under one
// header, to be sorted and filtered.
func (b *book) list(name string, sections []section) string {
	all := grid{Columns: sections[0].Grid.Columns}
	for _, s := range sections {
		all.Rows = append(all.Rows, s.Grid.Rows...)
		for _, note := range s.Grid.Remarks() {
			all.Notes = append(all.Notes, s.Title+"："+note)
		}
	}
	widths := sheetWidths(all)
	sheet := b.begin(name, name, widths)
	next := b.grid(sheet, headRow, all, widths)
	b.check(b.AutoFilter(sheet, fmt.Sprintf("A%d:%s", headRow, address(len(widths), next-1)), nil))
	b.freeze(sheet, headRow)
	next = b.notes(sheet, next, all.Notes, widths)
	b.print(sheet, paperFor(pixels(widths)), 2, len(widths), next-1)
	return sheet
}

func (b *book) table(g grid) string {
	widths := sheetWidths(g)
	broaden(widths, chartWidth)
	sheet, last := b.tableSheet(g, widths)
	b.print(sheet, paperFor(pixels(widths)), 2, len(widths), last)
	return sheet
}

// charted is a table with its chart.
func (b *book) charted(g grid, t figure.Table, p Picture) string {
	plan, widths := charts.PlanOf(t), sheetWidths(g)
	l := layoutOf(len(g.Rows), heightOf(plan), widths)
	broaden(widths, l.width)
	sheet, last := b.tableSheet(g, widths)
	n := b.nativeOf(sheet, plan, t, g, p.Label(), l.height)
	b.place(sheet, n, p.Alt, l, widths, last)
	return sheet
}

// tableSheet writes a table on a sheet of its own, down to row last.
func (b *book) tableSheet(g grid, widths []float64) (sheet string, last int) {
	sheet = b.begin(fmt.Sprintf("表%d %s", g.Number, g.Caption), g.Label(), widths)
	if g.Unit != "" {
		b.span(sheet, 3, len(widths), total(widths), g.Unit, look{Align: "right"})
	}
	for _, r := range g.Rows {
		for j, c := range r.Cells {
			if c.Missing() && !r.Total {
				r.Cells[j].Text = ""
			}
		}
	}
	next := b.grid(sheet, headRow, g, widths)
	b.freeze(sheet, headRow)
	g.Notes = g.SheetNotes
	return sheet, b.notes(sheet, next, g.Remarks(), widths) - 1
}

func (b *book) method(sections []section) string {
	widths := []float64{36, 40, 26, 14, 14, 14}
	sheet := b.begin("编制说明", "编制说明", widths)
	row := 4
	for _, s := range numbered(sections) {
		b.text(sheet, 1, row, s.Title, look{Size: 12, Bold: true})
		row++
		for _, text := range s.Text {
			b.span(sheet, row, len(widths), total(widths), text, look{})
			row++
		}
		if s.Grid != nil {
			row = b.grid(sheet, row, *s.Grid, widths)
		}
		row++
	}
	b.print(sheet, paperFor(pixels(widths)), 2, len(widths), row-1)
	return sheet
}

// grid writes the header and the rows from row top on, and returns the row
// after them. Bands are left out: the sheet says the part in a column.
func (b *book) grid(sheet string, top int, g grid, widths []float64) int {
	high := 1
	for j, c := range g.Columns {
		b.text(sheet, j+1, top, c.Name(), look{Align: c.Align, Head: true})
		high = max(high, wrapped(c.Name(), widths[j]))
	}
	b.height(sheet, top, high, 10.5)
	row := top + 1
	for _, r := range g.Rows {
		if r.Band != "" {
			continue
		}
		high = 1
		for j, c := range r.Cells {
			style := look{Align: g.Columns[j].Align, Format: c.Format, Bold: r.Total, Strong: c.Strong, Lined: true}
			if c.Number == nil {
				b.text(sheet, j+1, row, c.Text, style)
				high = max(high, wrapped(c.Text, widths[j]))
				continue
			}
			value, _ := c.Number.Float64()
			b.check(b.SetCellValue(sheet, address(j+1, row), value))
			b.look(sheet, j+1, row, style)
		}
		b.height(sheet, row, high, 10.5)
		row++
	}
	return row
}

func (b *book) notes(sheet string, row int, notes []string, widths []float64) (next int) {
	for _, note := range notes {
		b.span(sheet, row, len(widths), total(widths), note, look{})
		row++
	}
	return row
}

// sheetWidths gives each column the width of its longest line, within bounds,
// in characters: a Chinese one takes two. Where an upright page has no room for
// that, a year goes on the line above its heading.
func sheetWidths(g grid) []float64 {
	widths := widthsFor(g, column.Name)
	if portraitPaper.scale(pixels(widths)) < readable && g.Tall() {
		return widthsFor(g, func(c column) string { return cmp.Or(c.Over, c.Title) })
	}
	return widths
}

func widthsFor(g grid, heading func(column) string) []float64 {
	widths := make([]float64, len(g.Columns))
	for j, c := range g.Columns {
		widest := max(8, breadth(heading(c))) // the first holds 返回目录
		for _, r := range g.Rows {
			if r.Band == "" {
				widest = max(widest, breadth(r.Cells[j].Text))
			}
		}
		widths[j] = float64(min(widest, 26)) + 3
	}
	return widths
}

// wrapped is in how many lines text is set in a column of that width.
func wrapped(text string, width float64) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += max(1, int(math.Ceil(float64(breadth(line))/(width-2))))
	}
	return n
}
