package appendix

import "io"

// Paragraph is text in one of the styles of parts/styles.xml, named by its id:
// Title, CoverLine, Heading1, Heading2, BodyText.
type Paragraph struct{ Style, Text string }

// Plain writes a Word document of paragraphs alone, on the pages and in the type
// of GB/T 9704-2012, every line at the same distance. It bears no date: the same paragraphs
// give the same bytes.
func Plain(w io.Writer, title, organisation string, paragraphs []Paragraph) error {
	b := &docx{}
	for _, p := range paragraphs {
		b.paragraph(p.Style, `<w:spacing w:after="0"/>`, run(clean(p.Text)))
	}
	return pack(w, core(clean(title), clean(organisation), ""), b.body.String()+portrait, "", Document{})
}
