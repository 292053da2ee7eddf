package appendix

import "fmt"

// grid writes a table of three lines (三线表) that fills the text area; a list
// has hairlines between its rows as well. A table that a page does not hold goes
// on under its heading with 续表; a list says so behind its title.
func (b *docx) grid(g grid, title string) {
	m := measured(g, b.measure())
	b.room(m.part(0, m.least(g)))
	for from := 0; from == 0 || from < len(g.Rows); {
		to := m.upTo(g, from, b.left)
		if from > 0 {
			to = m.upTo(g, from, capacity(g.Wide))
			b.breakPage()
		}
		b.over(g, title, from > 0)
		b.opening(m.part(from, to))
		b.rows(g, from, to)
		from = max(to, 1)
	}
	for i, note := range g.Notes {
		b.paragraph("Note", next(i < len(g.Notes)-1), referring(note))
	}
	b.paragraph("After", "", "")
}

// over writes what stands above the table: its caption, or that it goes on, and
// its unit.
func (b *docx) over(g grid, title string, continued bool) {
	opening := b.opening(0)
	switch {
	case continued && g.Number > 0:
		b.paragraph("Continued", opening, run(fmt.Sprintf("续表%d　%s", g.Number, g.Caption)))
	case continued:
		b.paragraph("Continued", opening, run(title+"（续）"))
	case g.Caption != "":
		note := ""
		if g.Meaning != "" {
			note = b.footnote(g.Meaning)
		}
		b.caption("Caption", "表", g.Number, g.Caption, opening, note)
	case opening != "":
		b.paragraph("Break", opening, "")
	}
	if g.Unit != "" {
		b.paragraph("Unit", "", run(g.Unit))
	}
}

// rows writes the rows from … to before to under the heading rows, which a
// program repeats where the part does not fit after all. No row is split.
func (b *docx) rows(g grid, from, to int) {
	style := "List"
	if g.Caption != "" {
		style = "ThreeLine"
	}
	widths := twips(g)
	b.put(`<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>`,
		style, total(widths))
	for _, width := range widths {
		b.put(`<w:gridCol w:w="%d"/>`, width)
	}
	b.put(`</w:tblGrid>`)
	b.head(g, widths)
	for i := from; i < to; i++ {
		r, last := g.Rows[i], i == to-1
		together := g.Short() && (!last || to == len(g.Rows) && len(g.Notes) > 0)
		b.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		if r.Band != "" {
			b.cell(total(widths), fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, len(widths)), "TableBand", true, "left", run(r.Band))
		}
		for j, c := range r.Cells {
			b.cell(widths[j], "", "TableText", together, g.Columns[j].Align, b.runs(r, c))
		}
		b.put(`</w:tr>`)
	}
	b.put(`</w:tbl>`)
}

// runs are the text of a cell with the mark of its footnote.
func (b *docx) runs(r row, c cell) string {
	bold := ""
	if r.Total || c.Strong {
		bold = `<w:b/>`
	}
	if c.Note == "" {
		return styled(c.Text, bold)
	}
	return styled(c.Text, bold) + b.footnote(c.Note)
}

// head writes the heading row, or two where a heading stands over two years.
func (b *docx) head(g grid, widths []int) {
	const row = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`
	const open, line = `<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>`, `<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>`
	b.put(row)
	if !g.Tall() {
		for j, c := range g.Columns {
			b.cell(widths[j], "", "TableHead", true, c.Align, run(c.Title))
		}
		b.put(`</w:tr>`)
		return
	}
	for j, c := range g.Columns {
		switch {
		case c.Over == "":
			b.cell(widths[j], `<w:vMerge w:val="restart"/>`+open+`<w:vAlign w:val="bottom"/>`, "TableHead", true, c.Align, run(c.Title))
		case g.Opens(j):
			b.cell(widths[j]+widths[j+1], `<w:gridSpan w:val="2"/>`+open, "TableHead", true, "center", run(c.Over))
		}
	}
	b.put(`</w:tr>` + row)
	for j, c := range g.Columns {
		if c.Over == "" {
			b.cell(widths[j], `<w:vMerge/>`+line, "TableHead", true, c.Align, "")
			continue
		}
		b.cell(widths[j], line, "TableHead", true, c.Align, run(c.Title))
	}
	b.put(`</w:tr>`)
}

// cell writes a table cell; keepNext holds its row on the page of the next.
func (b *docx) cell(width int, properties, style string, keepNext bool, align, runs string) {
	b.put(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr><w:p><w:pPr><w:pStyle w:val="%s"/>%s<w:jc w:val="%s"/></w:pPr>%s</w:p></w:tc>`,
		width, properties, style, next(keepNext), align, runs)
}

func next(keep bool) string {
	if keep {
		return `<w:keepNext/>`
	}
	return ""
}
