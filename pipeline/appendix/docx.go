package appendix

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// DOCX writes the appendix as a Word document laid out after GB/T 9704-2012. Its
// fonts are named, not embedded. The contents carry no page numbers: only the
// program that lays the pages out knows them, and adds them when the reader
// updates the field.
func DOCX(w io.Writer, d Document) error {
	c := contentOf(d)
	b := &docx{section: cover}
	b.cover(c)
	b.contents(c)
	for _, ch := range c.Chapters() {
		b.chapter(ch)
	}
	b.body.WriteString(b.section)
	return pack(w, c, b.body.String(), d.Pictures)
}

// docx is the body of a document as it grows.
type docx struct {
	body     strings.Builder
	section  string // properties of the section being written
	fresh    bool   // a page has just begun
	headings int    // bookmarks written
	pictures int
}

// The sections of the document, in twentieths of a point (mm × 1440/25.4). The
// margins leave a text area of 156 mm × 225 mm (GB/T 9704-2012, 5.2.1), turned on
// its side for landscape; the footer puts the number 7 mm below it (7.5).
const (
	footers  = `<w:footerReference w:type="even" r:id="rIdEven"/><w:footerReference w:type="default" r:id="rIdOdd"/>`
	a4       = `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1429" w:gutter="0"/>`
	cover    = `<w:sectPr>` + footers + `<w:type w:val="nextPage"/>` + a4 + `<w:titlePg/></w:sectPr>`
	portrait = `<w:sectPr>` + footers + `<w:type w:val="nextPage"/>` + a4 + `</w:sectPr>`
	sideways = `<w:sectPr>` + footers + `<w:type w:val="nextPage"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>` +
		`<w:pgMar w:top="1588" w:right="2041" w:bottom="1474" w:left="2041" w:header="851" w:footer="918" w:gutter="0"/></w:sectPr>`
)

func (b *docx) put(format string, args ...any) { fmt.Fprintf(&b.body, format, args...) }

// paragraph writes one paragraph. Properties are further elements of w:pPr.
func (b *docx) paragraph(style, properties, runs string) {
	b.put(`<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>%s</w:p>`, style, properties, runs)
	b.fresh = false
}

// run is text. The hint sets quotation marks and dashes in the Chinese font.
func run(text string) string { return styled(text, "") }

func styled(text, properties string) string {
	return `<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>` + properties + `</w:rPr><w:t xml:space="preserve">` +
		strings.ReplaceAll(escape(text), "\n", `</w:t><w:br/><w:t xml:space="preserve">`) + `</w:t></w:r>`
}

// A tab in a text is set as a space: it would jump to a tab stop.
var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\t", " ")

func escape(text string) string { return markup.Replace(text) }

// turn ends the section and begins the next, on an upright or a landscape page.
func (b *docx) turn(wide bool) {
	next := portrait
	if wide {
		next = sideways
	}
	if next == b.section {
		return
	}
	b.put(`<w:p><w:pPr><w:pStyle w:val="Break"/>%s</w:pPr></w:p>`, b.section)
	b.section, b.fresh = next, true
}

func (b *docx) cover(c content) {
	b.paragraph("Organisation", "", run(c.Organisation))
	b.paragraph("Title", "", run(c.Title()))
	if c.Status != "" {
		b.paragraph("CoverLine", "", run("（"+c.Status+"）"))
	}
	b.paragraph("CoverLine", `<w:spacing w:before="1800"/>`, run(c.Session))
	b.paragraph("CoverLine", "", run(c.Date))
	if c.Notice != "" {
		b.paragraph("Notice", "", run(c.Notice))
	}
}

// contents is a table of contents whose stored result lists what follows, each
// line a link.
func (b *docx) contents(c content) {
	b.paragraph("ContentsHeading", `<w:pageBreakBefore/>`, run("目　　录"))
	before := `<w:r><w:fldChar w:fldCharType="begin"/></w:r>` +
		`<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r>`
	n := 0
	entry := func(style, text string) {
		n++
		b.paragraph(style, "", fmt.Sprintf(`%s<w:hyperlink w:anchor="%s" w:history="1">%s</w:hyperlink>`,
			before, bookmark(n), run(text)))
		before = ""
	}
	for _, ch := range c.Chapters() {
		entry("TOC1", ch.Title)
		for _, s := range ch.Sections {
			if text := s.Entry(); text != "" {
				entry("TOC2", text)
			}
		}
	}
	if n > 0 {
		b.paragraph("Break", "", `<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
	}
}

func bookmark(n int) string { return fmt.Sprintf("_Toc%09d", n) }

// heading writes a paragraph that the contents point to.
func (b *docx) heading(style, properties, text string) {
	b.headings++
	b.paragraph(style, properties, fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%[1]d"/>`,
		b.headings, bookmark(b.headings), run(text)))
}

func (b *docx) chapter(ch chapter) {
	for i, s := range ch.Sections {
		b.turn(s.Grid != nil && s.Grid.Wide)
		if i == 0 {
			properties := ""
			if !b.fresh {
				properties = `<w:pageBreakBefore/>`
			}
			b.heading("Heading1", properties, ch.Title)
		}
		switch {
		case s.Minor:
			b.paragraph("Heading3", "", run(s.Title))
		case s.Title != "":
			b.heading("Heading2", "", s.Title)
		}
		for i, text := range s.Text {
			properties := ""
			if s.Grid != nil && i == len(s.Text)-1 {
				properties = `<w:keepNext/><w:spacing w:after="100"/>`
			}
			b.paragraph("BodyText", properties, run(text))
		}
		if s.Grid != nil {
			b.grid(s.Grid.printed())
		}
		if s.Picture != nil {
			b.picture(*s.Picture, s.Source)
		}
	}
}

// grid writes a table of three lines (三线表) that fills the text area; a list
// has hairlines between its rows as well. The header row is repeated on every
// page, no row is split, and the caption and the notes stay with the table.
func (b *docx) grid(g grid) {
	style := "List"
	if g.Caption != "" {
		style = "ThreeLine"
		b.heading("Caption", "", g.Label())
	}
	if g.Unit != "" {
		b.paragraph("Unit", "", run(g.Unit))
	}
	widths := twips(g)
	b.put(`<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>`,
		style, total(widths))
	for _, width := range widths {
		b.put(`<w:gridCol w:w="%d"/>`, width)
	}
	b.put(`</w:tblGrid>`)
	b.head(g, widths)
	for i, r := range g.Rows {
		ends := i == len(g.Rows)-1
		whole := g.Short() || i < 2 || i == len(g.Rows)-2 // never one row alone at a page's foot or head
		together := ends && len(g.Notes) > 0 || !ends && whole
		b.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		if r.Band != "" {
			b.cell(total(widths), fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, len(widths)), "TableBand", true, "left", run(r.Band))
		}
		for j, c := range r.Cells {
			bold := ""
			if r.Total || c.Strong {
				bold = `<w:b/>`
			}
			b.cell(widths[j], "", "TableText", together, g.Columns[j].Align, styled(c.Text, bold))
		}
		b.put(`</w:tr>`)
	}
	b.put(`</w:tbl>`)
	for i, note := range g.Notes {
		b.paragraph("Note", next(i < len(g.Notes)-1), run(note))
	}
	b.paragraph("After", "", "")
}

// head writes the header row, or two where a heading stands over two years.
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

// picture writes a chart no wider than the text area and no higher than two
// thirds of it, with its caption below.
func (b *docx) picture(p Picture, source string) {
	b.pictures++
	width, height := float64(p.Width)*25.4/96, float64(p.Height)*25.4/96
	scale := min(1, upright/width, 150/height)
	cx, cy := int(width*scale*36000), int(height*scale*36000)
	b.paragraph("Picture", "", fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[1]d" cy="%[2]d"/><wp:docPr id="%[3]d" name="图%[4]d" descr="%[5]s"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%[3]d" name="图%[4]d"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture%[3]d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		cx, cy, b.pictures, p.Number, escape(p.Alt)))
	if source == "" {
		b.heading("PictureCaption", "", p.Label())
		return
	}
	b.heading("PictureCaption", `<w:keepNext/><w:spacing w:before="40" w:after="0" w:line="400" w:lineRule="exact"/>`, p.Label())
	b.paragraph("Note", `<w:spacing w:before="0" w:after="360" w:line="320" w:lineRule="exact"/><w:jc w:val="center"/>`, run(source))
}

// twips are the column widths in twentieths of a point; together they are the
// width of the text area.
func twips(g grid) []int {
	area := upright
	if g.Wide {
		area = landscape
	}
	widths := make([]int, len(g.Columns))
	for j, c := range g.Columns {
		widths[j] = int(math.Round(c.Width / g.width() * area * 1440 / 25.4))
	}
	return widths
}

func total[N int | float64](widths []N) N {
	var all N
	for _, w := range widths {
		all += w
	}
	return all
}
