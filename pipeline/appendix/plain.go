package appendix

import "io"

// Footers are the elements of a w:sectPr that give a section of a Plain document
// page numbers: on the right of odd pages, on the left of even ones.
const Footers = `<w:footerReference w:type="even" r:id="rIdEven"/><w:footerReference w:type="default" r:id="rIdOdd"/>`

// Plain writes another Word document in the styles and fonts of the appendix. The
// body is WordprocessingML that ends with the properties of its section.
func Plain(w io.Writer, title, organisation, body string) error {
	return pack(w, properties{title: clean(title), organisation: clean(organisation)}, body, "", Document{})
}

// Runs are text as runs of a paragraph, with further elements of w:rPr. What XML
// does not allow is left out.
func Runs(text, properties string) string { return styled(clean(text), properties) }
