package appendix

import (
	"fmt"
	"regexp"
	"strings"
)

// A field has its code and the result that stands until a program computes it again.
const (
	begin    = `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`
	separate = `<w:r><w:fldChar w:fldCharType="separate"/></w:r>`
	end      = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
)

func instruct(code string) string {
	return `<w:r><w:instrText xml:space="preserve"> ` + escape(code) + ` </w:instrText></w:r>`
}

func field(code, result string) string { return begin + instruct(code) + separate + run(result) + end }

// around puts a bookmark around runs; no two have the same number.
func around(name string, number int, runs string) string {
	return fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%[1]d"/>`, number, name, runs)
}

var reference = regexp.MustCompile(`见([表图])(\d+)`)

// referring is text in which 见表N and 见图N are references to the captions.
func referring(text string) string {
	var runs strings.Builder
	done := 0
	for _, at := range reference.FindAllStringSubmatchIndex(text, -1) {
		kind, number := text[at[2]:at[3]], text[at[4]:at[5]]
		runs.WriteString(run(text[done:at[2]]) + field("REF "+target(kind, number)+` \h`, kind+number))
		done = at[1]
	}
	return runs.String() + run(text[done:])
}

// target is the bookmark of a caption: kind is 表 or 图.
func target(kind, number string) string {
	return "_Ref" + map[string]string{"表": "Table", "图": "Picture"}[kind] + number
}

// footnote is the mark of a new footnote, whose text goes to the foot of the page.
func (b *docx) footnote(text string) string {
	id := len(b.notes) + 1
	b.notes = append(b.notes, fmt.Sprintf(`<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>`+
		`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>%s</w:p></w:footnote>`, id, run(" "+text)))
	return fmt.Sprintf(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, id)
}
