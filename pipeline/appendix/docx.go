package appendix

import (
	"fmt"
	"io"
	"strings"
)

// DOCX writes the appendix as a Word document laid out after GB/T 9704-2012. Its
// fonts are named, not embedded. Pages are composed here, by what a line and a
// row take (compose.go), so that the contents have page numbers, no caption is
// parted from its table, and a table that goes on says so.
func DOCX(w io.Writer, d Document) error {
	c := contentOf(d)
	pages := contentsPages(c)
	b := &docx{section: portrait, page: 2 + pages}
	b.fresh()
	for _, ch := range c.Chapters() {
		b.chapter(ch)
	}
	front := &docx{}
	front.cover(c)
	front.contents(b.entries)
	return pack(w, properties{c.FullTitle(), c.Organisation, c.Stamp}, front.body.String()+b.body.String()+b.section, strings.Join(b.notes, ""), d)
}

// docx is the body of a document as it grows.
type docx struct {
	body     strings.Builder
	section  string // properties of the section being written
	page     int    // number of the page being filled
	left     int    // what is left of it, in twips
	started  bool   // something stands on the page
	pending  string // the page break that the next paragraph begins with
	entries  []tocLine
	notes    []string // footnotes, as XML
	pictures int
	lines    int // bookmarks of headings written
}

// tocLine is a line of the contents.
type tocLine struct {
	style, text, bookmark string
	page                  int
}

func (b *docx) put(format string, args ...any) { fmt.Fprintf(&b.body, format, args...) }

// paragraph writes one paragraph. Properties are further elements of w:pPr.
func (b *docx) paragraph(style, properties, runs string) {
	b.put(`<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>%s</w:p>`, style, properties, runs)
}

// run is text.
func run(text string) string { return styled(text, "") }

// styled is text with further elements of w:rPr. The hint sets quotation marks
// and dashes in the Chinese font; what that font has not is set in another.
func styled(text, properties string) string {
	var b strings.Builder
	for _, part := range byFont(text) {
		b.WriteString(`<w:r><w:rPr><w:rFonts w:hint="eastAsia"` + part.font + `/>` + properties + `</w:rPr><w:t xml:space="preserve">` +
			strings.ReplaceAll(escape(part.text), "\n", `</w:t><w:br/><w:t xml:space="preserve">`) + `</w:t></w:r>`)
	}
	return b.String()
}

// A tab in a text is set as a space: it would jump to a tab stop.
var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\t", " ")

func escape(text string) string { return markup.Replace(text) }

// cover is the first page: 附件 at its head and the title on the third line
// (GB/T 9704-2012, 7.3.6), then the cover note.
func (b *docx) cover(c content) {
	b.paragraph("Attachment", "", run("附件"))
	b.paragraph("BodyText", "", "")
	b.paragraph("Title", "", run(c.Title()))
	if c.Status != "" {
		b.paragraph("CoverLine", "", run("（"+c.Status+"）"))
	}
	b.paragraph("BodyText", "", "")
	for _, line := range c.Cover {
		b.paragraph("BodyText", "", run(line[0]+"："+line[1]))
	}
	if c.Notice != "" {
		b.paragraph("Notice", "", run(c.Notice))
	}
}

// contents is a table of contents whose stored result lists what follows, each
// line a link with its page.
func (b *docx) contents(entries []tocLine) {
	b.paragraph("ContentsHeading", `<w:pageBreakBefore/>`, run("目　　录"))
	before := begin + instruct(`TOC \o "1-2" \h \z \u`) + separate
	for _, e := range entries {
		b.paragraph(e.style, "", fmt.Sprintf(`%s<w:hyperlink w:anchor="%s" w:history="1">%s<w:r><w:tab/></w:r>%s</w:hyperlink>`,
			before, e.bookmark, run(e.text), field(`PAGEREF `+e.bookmark+` \h`, fmt.Sprint(e.page))))
		before = ""
	}
	if len(entries) > 0 {
		b.paragraph("Break", "", end)
	}
	b.paragraph("Break", portrait, "")
}

func (b *docx) chapter(ch chapter) {
	for i, s := range ch.Sections {
		b.turn(s.Grid != nil && s.Grid.Wide)
		if i == 0 && b.started {
			b.breakPage()
		}
		b.room(b.leading(ch, i))
		if i == 0 {
			b.heading("Heading1", "TOC1", ch.Title, line)
		}
		switch {
		case s.Minor:
			b.paragraph("Heading3", b.opening(heading), run(s.Title))
		case s.Title != "":
			b.heading("Heading2", "TOC2", s.Title, heading)
		}
		for _, text := range s.Text {
			b.text(text)
		}
		if s.Grid != nil {
			b.grid(s.Grid.printed().footnoted(), s.Title)
		}
		if s.Picture != nil {
			b.picture(*s.Picture, s.Source)
		}
	}
}

// text writes a paragraph, which may go on over a page.
func (b *docx) text(text string) {
	for lines := linesOf("　　"+text, b.measure(), 16); lines > 0; {
		here := min(lines, b.left/line)
		if lines -= here; lines > 0 && here == 0 {
			b.page++
			b.fresh()
			continue
		}
		b.left -= here * line
	}
	b.paragraph("BodyText", b.opening(0), run(text))
}

// heading writes a paragraph that the contents point to.
func (b *docx) heading(style, entryStyle, text string, high int) {
	opening := b.opening(high)
	b.paragraph(style, opening, b.marked(entryStyle, text, run(text)))
}

// marked puts the bookmark of a line of the contents around runs.
func (b *docx) marked(entryStyle, text, runs string) string {
	b.lines++
	name := fmt.Sprintf("_Toc%09d", b.lines)
	b.entries = append(b.entries, tocLine{entryStyle, text, name, b.page})
	return around(name, b.lines, runs)
}

// caption writes 表N or 图N, a field that other places refer to, and the title.
func (b *docx) caption(style, kind string, number int, title, properties, note string) {
	label := around(target(kind, fmt.Sprint(number)), 100_000+b.lines, run(kind)+field("SEQ "+kind+` \* ARABIC`, fmt.Sprint(number)))
	b.paragraph(style, properties, b.marked("TOC2", fmt.Sprintf("%s%d　%s", kind, number, title), label+run("　"+title))+note)
}

// picture writes a chart no wider than the text area and no higher than two
// thirds of it, with its caption below.
func (b *docx) picture(p Picture, source string) {
	cx, cy := p.printedSize()
	b.pictures++
	b.paragraph("Picture", b.opening(pictureHeight(p, source)), fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[1]d" cy="%[2]d"/><wp:docPr id="%[3]d" name="图%[4]d" descr="%[5]s"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%[3]d" name="图%[4]d"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture%[3]d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		cx, cy, b.pictures, p.Number, escape(p.Alt)))
	next := ""
	if source != "" {
		next = `<w:keepNext/>`
	}
	b.caption("PictureCaption", "图", p.Number, p.Title, next, "")
	b.paragraph("PictureNote", "", referring(source))
}
