package appendix

import "io"

// Footers are the elements of a w:sectPr that give a section of a Plain document
// page numbers: on the right of odd pages, on the left of even ones.
const Footers = `<w:footerReference w:type="even" r:id="rIdEven"/><w:footerReference w:type="default" r:id="rIdOdd"/>`

// Plain writes another Word document in the styles and fonts of the appendix. The
// body is WordprocessingML that ends with the properties of its section. It bears
// no date: the same body gives the same bytes.
func Plain(w io.Writer, title, organisation, body string) error {
	return pack(w, core(clean(title), clean(organisation), ""), body, "", Document{})
}

// Runs are text as runs of a paragraph, with further elements of w:rPr. What XML
// does not allow is left out.
func Runs(text, properties string) string { return styled(clean(text), properties) }

// Paragraph is text in one of the styles of parts/styles.xml, named by its id:
// Title, CoverLine, Heading1, Heading2, BodyText.
type Paragraph struct{ Style, Text string }

// Paragraphs writes a Word document of paragraphs alone, on the pages and in the
// type of GB/T 9704-2012, every line at the same distance.
func Paragraphs(w io.Writer, title, organisation string, paragraphs []Paragraph) error {
	b := &docx{}
	for _, p := range paragraphs {
		b.paragraph(p.Style, `<w:spacing w:after="0"/>`, Runs(p.Text, ""))
	}
	return Plain(w, title, organisation, b.body.String()+portrait)
}
