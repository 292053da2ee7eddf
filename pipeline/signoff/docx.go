package signoff

import (
	"fmt"
	"io"
	"strings"

	"workreport/pipeline/appendix"
	"workreport/pipeline/contract"
)

// The page is A4 on its side with margins of 15 mm, in twentieths of a point.
const section = `<w:sectPr>` + appendix.Footers + `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>` +
	`<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="425" w:footer="425" w:gutter="0"/></w:sectPr>`

// columns fill the page.
var columns = []struct {
	title string
	width int
	align string
}{
	{"序号", 500, "center"}, {"位置", 1140, "left"}, {"语句", 3300, "left"}, {"原", 900, "center"}, {"新", 900, "center"},
	{"数字（编号）", 1900, "left"}, {"口径", 2300, "left"}, {"引起改动的记录", 4198, "left"},
}

// How much of a text the page shows, in characters, so that some eight changes
// go on one page. The CSV has all.
const (
	mostBefore     = 28
	mostAfter      = 14
	mostTitle      = 30
	mostDefinition = 80
	mostCause      = 110
)

const (
	small = `<w:sz w:val="18"/><w:szCs w:val="18"/>`
	tiny  = `<w:sz w:val="15"/><w:szCs w:val="15"/>`
	tight = `<w:spacing w:before="15" w:after="15" w:line="220" w:lineRule="exact"/>`
)

// DOCX writes the sheet as a Word document: A4 on its side, the table, what was
// left, and a line for signatures.
func DOCX(w io.Writer, s Sheet) error {
	p := &page{}
	p.paragraph("Title", "", text(s.title(), ""))
	p.under(fmt.Sprintf("%s → %s　　改动 %d 处，未改 %d 处", s.Draft, s.New, len(s.Lines), len(s.Left)), 20)
	p.under("对照："+said(s.Against)+"　　记录的改动："+said(s.Since), 100)
	p.table(s.Lines)
	if p.cut {
		p.small("", text("语句、口径和记录没有列全的，全部见同时写出的 CSV 表。", small))
	}
	p.left(s.Left)
	p.signatures()
	return appendix.Plain(w, s.title(), s.Organisation, p.body.String()+section)
}

// page is the body of the document as it grows.
type page struct {
	body strings.Builder
	cut  bool // something is not shown whole
}

func (p *page) put(format string, args ...any) { fmt.Fprintf(&p.body, format, args...) }

// paragraph writes one paragraph. Properties are further elements of w:pPr.
func (p *page) paragraph(style, properties, runs string) {
	p.put(`<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>%s</w:p>`, style, properties, runs)
}

// small writes a paragraph in the type of the table.
func (p *page) small(next, runs string) {
	p.paragraph("TableText", next+tight+`<w:jc w:val="left"/>`, runs)
}

// under writes a line below the title, with so much room after it.
func (p *page) under(line string, after int) {
	p.paragraph("TableText", fmt.Sprintf(`<w:spacing w:before="20" w:after="%d" w:line="240" w:lineRule="exact"/><w:jc w:val="center"/>`, after), text(line, small))
}

// text is text as it may stand in a document, on one line.
func text(s, properties string) string { return appendix.Runs(contract.Printable(s), properties) }

func said(s string) string {
	if s == "" {
		return "没有"
	}
	return s
}

// table writes the changes. The heading row is repeated on every page, and no row
// is split over two.
func (p *page) table(lines []Line) {
	p.put(`<w:tbl><w:tblPr><w:tblStyle w:val="List"/><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>%s%s%s%s%s%s</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>`,
		wide(), rule("top", 12), rule("left", 4), rule("bottom", 12), rule("right", 4), rule("insideH", 4), rule("insideV", 4))
	for _, c := range columns {
		p.put(`<w:gridCol w:w="%d"/>`, c.width)
	}
	p.put(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for _, c := range columns {
		p.cell(c.width, "", "TableHead", "center", text(c.title, small))
	}
	p.put(`</w:tr>`)
	for i, l := range lines {
		p.row(i+1, l, shown(len(lines)))
	}
	if len(lines) == 0 {
		p.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		p.cell(wide(), fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, len(columns)), "TableText", "center", text("没有改动", small))
		p.put(`</w:tr>`)
	}
	p.put(`</w:tbl>`)
}

func wide() (total int) {
	for _, c := range columns {
		total += c.width
	}
	return total
}

func rule(side string, size int) string {
	return fmt.Sprintf(`<w:%s w:val="single" w:sz="%d" w:space="0" w:color="000000"/>`, side, size)
}

// shown is how many causes of one change the page shows: more where there are few
// changes, so that the page is used and not overrun.
func shown(lines int) int { return max(2, 16/max(1, lines)) }

// row writes a change. The sentence has the old number struck out and the new one
// in bold behind it, as the signer reads a corrected page.
func (p *page) row(number int, l Line, causes int) {
	sentence := text(p.end(l.Before, mostBefore), small) + text(l.Old, `<w:strike/>`+small) +
		text(l.New, `<w:b/>`+small) + text(p.beginning(l.After, mostAfter), small)
	cells := [][]string{
		{text(fmt.Sprint(number), small)}, {text(l.Place, small)}, {sentence}, {text(l.Old, small)}, {text(l.New, `<w:b/>`+small)},
		{text(p.beginning(l.Title, mostTitle), small), text(l.ID, tiny)}, {text(p.beginning(l.Definition, mostDefinition), small)},
		p.causes(l.Causes, causes),
	}
	p.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	for i, paragraphs := range cells {
		p.cell(columns[i].width, "", "TableText", columns[i].align, paragraphs...)
	}
	p.put(`</w:tr>`)
}

// causes are the causes that are shown, a paragraph each.
func (p *page) causes(all []string, most int) (paragraphs []string) {
	listed := all
	if len(all) > most {
		listed = all[:most-1]
	}
	for _, cause := range listed {
		paragraphs = append(paragraphs, text(p.beginning(cause, mostCause), small))
	}
	if more := len(all) - len(listed); more > 0 {
		p.cut = true
		paragraphs = append(paragraphs, text(fmt.Sprintf("另有 %d 条，见 CSV 表", more), small))
	}
	if len(paragraphs) == 0 {
		paragraphs = []string{text("——", small)}
	}
	return paragraphs
}

func (p *page) cell(width int, properties, style, align string, paragraphs ...string) {
	p.put(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>`, width, properties)
	for _, runs := range paragraphs {
		p.paragraph(style, tight+`<w:jc w:val="`+align+`"/>`, runs)
	}
	p.put(`</w:tc>`)
}

// left writes what was not changed, by the reason.
func (p *page) left(list []Left) {
	if len(list) == 0 {
		p.small(`<w:keepNext/>`, text("看过而没有改的：没有。", small))
		return
	}
	var reasons []string
	of := map[string][]string{}
	for _, l := range list {
		if of[l.Why] == nil {
			reasons = append(reasons, l.Why)
		}
		of[l.Why] = append(of[l.Why], l.Place+"“"+p.end(l.Before, mostAfter)+"【"+l.Number+"】"+p.beginning(l.After, mostAfter/2)+"”")
	}
	p.small(`<w:keepNext/>`, text(fmt.Sprintf("看过而没有改的 %d 处：", len(list)), `<w:b/>`+small))
	for i, why := range reasons {
		next := ""
		if i == len(reasons)-1 {
			next = `<w:keepNext/>`
		}
		p.small(next, text(fmt.Sprintf("%d．%s（%d处）：", i+1, why, len(of[why])), `<w:b/>`+small)+text(strings.Join(of[why], "；")+"。", small))
	}
}

// signatures is the last line, with room to write on.
func (p *page) signatures() {
	const size = `<w:sz w:val="24"/><w:szCs w:val="24"/>`
	var runs strings.Builder
	for _, who := range []string{"核对人：", "签发人："} {
		runs.WriteString(text(who, size) + text(strings.Repeat("　", 9), size+`<w:u w:val="single"/>`) + text("　　", size))
	}
	runs.WriteString(text("日期：　　　　年　　月　　日", size))
	p.paragraph("Note", `<w:spacing w:before="200" w:line="360" w:lineRule="exact"/><w:jc w:val="right"/>`, runs.String())
}

// beginning and end are as much of a text as the page shows.
func (p *page) beginning(s string, most int) string {
	if all := []rune(s); len(all) > most {
		p.cut = true
		return string(all[:most]) + "…"
	}
	return s
}

func (p *page) end(s string, most int) string {
	if all := []rune(s); len(all) > most {
		p.cut = true
		return "…" + strings.TrimPrefix(string(all[len(all)-most:]), "…")
	}
	return s
}
