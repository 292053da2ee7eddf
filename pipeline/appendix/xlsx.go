package appendix

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// XLSX writes the appendix as a workbook: one table a sheet, numbers in full
// precision under a display format, no formulas. The pictures are in the other
// two forms only.
func XLSX(w io.Writer, d Document) error {
	c := contentOf(d)
	b := newBook()
	defer b.Close()
	b.cover(c)
	index := b.sheet("目录")
	var entries []entry
	add := func(sheet, caption string) { entries = append(entries, entry{sheet, caption}) }
	if len(c.Figures) > 0 {
		add(b.list("数字", c.Figures), "报告的数字：数值、上年数、表述、定义与来源")
	}
	if len(c.Trend) > 0 {
		add(b.list("历年数字", c.Trend), c.Trend[0].Title)
	}
	if len(c.Claims) > 0 {
		add(b.list("论断", c.Claims), "隐含论断：报告中没有写出数字的话，有没有记录支持")
	}
	for _, s := range c.Tables {
		add(b.table(*s.Grid), s.Grid.Label())
	}
	add(b.method(c.Method), "编制说明：统计范围、修约、比较方法、记录的读取")
	if len(c.Dictionary) > 0 {
		add(b.list("数据字典", c.Dictionary), "数据字典：每个记录集有哪些栏目")
	}
	b.index(index, entries, len(c.Pictures))
	b.properties(c)
	if b.err != nil {
		return b.err
	}
	return b.Write(w)
}

// title is the first row of a sheet.
func (b *book) title(sheet, text string) {
	b.text(sheet, 1, 1, text, look{Size: 16, Bold: true})
	b.height(sheet, 1, 1, 16)
}

// entry is a line of the sheet 目录.
type entry struct{ sheet, caption string }

func (b *book) cover(c content) {
	sheet := b.sheet("封面")
	b.check(b.SetColWidth(sheet, "A", "A", 90))
	row := 3
	for _, line := range []struct {
		text  string
		style look
	}{
		{c.Notice, look{Size: 14, Align: "center", Strong: true}},
		{c.Organisation, look{Size: 20, Align: "center", Bold: true}},
		{c.FullTitle(), look{Size: 28, Align: "center", Bold: true}},
		{c.Session, look{Size: 16, Align: "center"}},
		{c.Date, look{Size: 16, Align: "center"}},
		{"数值为“—”的单元格表示没有数据或者不适用；文字栏空白表示没有说明。", look{Size: 10.5, Align: "center"}},
	} {
		if line.text != "" {
			b.span(sheet, row, 1, 90, line.text, line.style)
			row += 2
		}
	}
}

func (b *book) index(sheet string, entries []entry, pictures int) {
	b.check(b.SetColWidth(sheet, "A", "A", 34))
	b.check(b.SetColWidth(sheet, "B", "B", 70))
	b.title(sheet, "目录")
	b.text(sheet, 1, 3, "工作表", look{Head: true})
	b.text(sheet, 2, 3, "内容", look{Head: true})
	for i, e := range entries {
		row := i + 4
		b.text(sheet, 1, row, e.sheet, look{Align: "left", Lined: true, Link: true})
		b.text(sheet, 2, row, e.caption, look{Align: "left", Lined: true})
		b.check(b.SetCellHyperLink(sheet, address(1, row), "'"+e.sheet+"'!A1", "Location"))
	}
	b.freeze(sheet, 3)
	if pictures > 0 {
		b.span(sheet, 2, 2, 104, fmt.Sprintf("%d幅统计图见本附录的文档版和网页版。", pictures), look{})
	}
}

// list puts the grids of all sections, which have the same columns, under one
// header, to be sorted and filtered.
func (b *book) list(name string, sections []section) string {
	sheet := b.sheet(name)
	all := grid{Columns: sections[0].Grid.Columns}
	for _, s := range sections {
		all.Rows = append(all.Rows, s.Grid.Rows...)
		for _, note := range s.Grid.Remarks() {
			all.Notes = append(all.Notes, s.Title+"："+note)
		}
	}
	widths := sheetWidths(all)
	b.widen(sheet, widths)
	b.title(sheet, name)
	next := b.grid(sheet, 3, all, widths)
	b.check(b.AutoFilter(sheet, "A3:"+address(len(widths), next-1), nil))
	b.freeze(sheet, 3)
	b.notes(sheet, next, all.Notes, widths)
	return sheet
}

func (b *book) table(g grid) string {
	sheet := b.sheet(fmt.Sprintf("表%d %s", g.Number, g.Caption))
	widths := sheetWidths(g)
	b.widen(sheet, widths)
	b.title(sheet, g.Label())
	b.text(sheet, 1, 2, g.Unit, look{})
	next := b.grid(sheet, 3, g, widths)
	b.freeze(sheet, 3)
	b.notes(sheet, next, g.Remarks(), widths)
	return sheet
}

func (b *book) method(sections []section) string {
	sheet := b.sheet("编制说明")
	widths := []float64{36, 40, 26, 14, 14, 14}
	b.widen(sheet, widths)
	b.title(sheet, "编制说明")
	row := 3
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
	return sheet
}

// grid writes the header and the rows from row top on, and returns the row
// after them. Bands are left out: the sheet says the part in a column.
func (b *book) grid(sheet string, top int, g grid, widths []float64) int {
	for j, c := range g.Columns {
		b.text(sheet, j+1, top, c.Name(), look{Align: c.Align, Head: true})
	}
	row := top + 1
	for _, r := range g.Rows {
		if r.Band != "" {
			continue
		}
		high := 1
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

func (b *book) notes(sheet string, row int, notes []string, widths []float64) {
	for _, note := range notes {
		b.span(sheet, row, len(widths), total(widths), note, look{})
		row++
	}
}

func (b *book) widen(sheet string, widths []float64) {
	for j, width := range widths {
		b.check(b.SetColWidth(sheet, column26(j+1), column26(j+1), width))
	}
}

// sheetWidths gives each column the width of its longest line, within bounds,
// in characters: a Chinese one takes two.
func sheetWidths(g grid) []float64 {
	widths := make([]float64, len(g.Columns))
	for j, c := range g.Columns {
		widest := max(4, breadth(c.Name()))
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
