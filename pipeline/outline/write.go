package outline

import (
	"io"
	"strings"

	"workreport/pipeline/appendix"
)

// Text writes the outline as plain text, a line a paragraph.
func (o Outline) Text(w io.Writer) error {
	return o.lines(w, map[Kind]string{Part: "　　", Chapter: "　　", Body: "　　"})
}

// Markdown writes the outline with the headings of Markdown.
func (o Outline) Markdown(w io.Writer) error {
	return o.lines(w, map[Kind]string{Title: "# ", Chapter: "## ", Part: "### "})
}

// lines writes each paragraph behind the mark of its kind, a blank line between two.
func (o Outline) lines(w io.Writer, marks map[Kind]string) error {
	var texts []string
	for _, line := range o.Lines {
		texts = append(texts, marks[line.Kind]+line.Text+"\n")
	}
	_, err := io.WriteString(w, strings.Join(texts, "\n"))
	return err
}

var styles = map[Kind]string{Title: "Title", Subtitle: "CoverLine", Chapter: "Heading1", Part: "Heading2", Body: "BodyText"}

// DOCX writes the outline as a Word document after GB/T 9704-2012.
func (o Outline) DOCX(w io.Writer) error {
	var paragraphs []appendix.Paragraph
	for _, line := range o.Lines {
		paragraphs = append(paragraphs, appendix.Paragraph{Style: styles[line.Kind], Text: line.Text})
		if line.Kind == Subtitle { // a blank line below the head
			paragraphs = append(paragraphs, appendix.Paragraph{Style: styles[Body]})
		}
	}
	return appendix.Paragraphs(w, o.Title, o.Organisation, paragraphs)
}
