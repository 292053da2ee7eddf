package appendix

import (
	"math"
)

// The sections of the document, in twentieths of a point (twips: mm × 1440/25.4).
// The margins leave a text area of 156 mm × 225 mm (GB/T 9704-2012, 5.2.1), turned
// on its side for landscape. The grid has 22 lines of 28 characters (5.2.3): a line
// is 225 mm / 22 = 28.95 pt, a character 156 mm / 28 = 15.79 pt, which is 16 pt less
// 860/4096; the styles set text to these measures themselves, as not every program
// keeps to a grid of characters. The footer puts the number 7 mm below the text
// area (7.5).
const (
	footing  = `<w:sectPr>` + Footers + restart
	turned   = `<w:sectPr><w:footerReference w:type="even" r:id="rIdEvenWide"/><w:footerReference w:type="default" r:id="rIdOddWide"/>` + restart
	restart  = `<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/><w:numRestart w:val="eachPage"/></w:footnotePr><w:type w:val="nextPage"/>`
	netting  = `<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-860"/></w:sectPr>`
	portrait = footing + `<w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1429" w:gutter="0"/>` + netting
	sideways = turned + `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>` +
		`<w:pgMar w:top="1588" w:right="2041" w:bottom="1474" w:left="2041" w:header="851" w:footer="851" w:gutter="0"/>` + netting
)

// What things take of a page, in twips. They are what styles.xml says: a test
// compares the pages reckoned here with those of a program that lays them out.
const (
	line        = 579
	heading     = line + 60
	captionLine = 120 + 400 + 40
	unitLine    = 320 + 20
	tableLine   = 300
	tablePad    = 30 + 30 + 12 // before, after, rules
	noteLine    = 320
	notePad     = 40
	afterTable  = 240
	footLine    = 250
	footRule    = 300 // the rule over the first footnote of a page
	reserve     = 200 // for the paragraph that ends a section, and for what programs differ by
)

// capacity is what a page holds.
func capacity(wide bool) int {
	if wide {
		return 8844 - reserve // 156 mm
	}
	return 12756 - reserve // 225 mm
}

func (b *docx) wide() bool { return b.section == sideways }

// measure is the length of a line in points.
func (b *docx) measure() float64 {
	if b.wide() {
		return landscape * 72 / 25.4
	}
	return upright * 72 / 25.4
}

// fresh begins to fill a page.
func (b *docx) fresh() {
	b.left, b.started = capacity(b.wide()), false
}

// turn ends the section and begins the next, on an upright or a landscape page.
func (b *docx) turn(wide bool) {
	if wide == b.wide() {
		return
	}
	if b.started {
		b.paragraph("Break", b.section, "")
		b.page++
	}
	b.section = portrait
	if wide {
		b.section = sideways
	}
	b.fresh()
}

// breakPage has the next paragraph begin a page.
func (b *docx) breakPage() {
	b.page++
	b.fresh()
	b.pending = `<w:pageBreakBefore/>`
}

// room begins a page where what comes would not fit on what is left of this one.
func (b *docx) room(high int) {
	if b.started && high > b.left {
		b.breakPage()
	}
}

// opening takes height from the page and returns the break that is pending.
func (b *docx) opening(high int) (properties string) {
	properties, b.pending = b.pending, ""
	b.started = true
	for b.left -= high; b.left < 0; b.left += capacity(b.wide()) { // higher than a page: it flows on
		b.page++
	}
	return properties
}

// leading is the height of what must stand together at the beginning of section
// i: headings, the text above a table, and the first rows of it.
func (b *docx) leading(ch chapter, i int) int {
	s, high := ch.Sections[i], 0
	if i == 0 {
		high = line
	}
	if s.Title != "" {
		high += heading
	}
	text := 0
	for _, t := range s.Text {
		text += line * linesOf("　　"+t, b.measure(), 16)
	}
	switch {
	case s.Grid != nil:
		g := s.Grid.printed().footnoted()
		m := measured(g, b.measure())
		high += text + m.part(0, m.least(g))
	case s.Picture != nil:
		high += text + pictureHeight(*s.Picture, s.Source)
	default:
		high += min(text, 2*line)
	}
	return high
}

// contentsPages is how many pages the contents take.
func contentsPages(c content) int {
	pages, left := 1, capacity(false)-880
	put := func(high int) {
		if high > left {
			pages, left = pages+1, capacity(false)
		}
		left -= high
	}
	for _, ch := range c.Chapters() {
		put(560)
		for _, s := range ch.Sections {
			for _, text := range s.Entries() {
				put(350 * linesOf(text, 410, 12))
			}
		}
	}
	return pages
}

// measures are the heights of a table and its parts.
type measures struct {
	over, head, tail int   // caption and unit, heading rows, what is below
	rows, notes      []int // each row, and its footnote
	meaning          int   // the footnote of the caption
}

func measured(g grid, width float64) measures {
	widths := twips(g)
	m := measures{head: tablePad + tableLine, tail: afterTable}
	if g.Caption != "" {
		m.over = captionLine
	}
	if g.Unit != "" {
		m.over += unitLine
	}
	deepest, over := 1, 0
	for j, c := range g.Columns {
		deepest = max(deepest, linesOf(c.Title, inside(widths[j]), 10.5))
		if g.Opens(j) {
			over = max(over, linesOf(c.Over, inside(widths[j]+widths[j+1]), 10.5))
		}
	}
	m.head = tablePad + tableLine*deepest
	if over > 0 {
		m.head += tablePad + tableLine*over
	}
	for _, r := range g.Rows {
		high, note := linesOf(r.Band, width, 10.5), 0
		for j, c := range r.Cells {
			high = max(high, linesOf(withMark(c), inside(widths[j]), 10.5))
			note += footHeight(c.Note, width)
		}
		m.rows, m.notes = append(m.rows, tablePad+tableLine*high), append(m.notes, note)
	}
	for _, note := range g.Notes {
		m.tail += notePad + noteLine*linesOf(note, width, 10.5)
	}
	m.meaning = footHeight(g.Meaning, width)
	return m
}

// withMark is the text of a cell with room for the mark of its footnote.
func withMark(c cell) string {
	if c.Note == "" {
		return c.Text
	}
	return c.Text + "一"
}

func footHeight(text string, width float64) int {
	if text == "" {
		return 0
	}
	return footLine * linesOf("一 "+text, width, 9)
}

// inside is the width in points that a cell has for its text.
func inside(twips int) float64 { return float64(twips-160) / 20 }

// least is how many rows must stand together at the beginning of the table: all
// of a statistical table that a page holds, a few of a list or a longer table.
func (m measures) least(g grid) int {
	rows := len(m.rows)
	if g.Caption != "" && m.part(0, rows) <= capacity(g.Wide) {
		return rows
	}
	return min(3, rows)
}

// upTo is the end of the rows from … that fit on what is left of a page; no
// heading of a group stands last, and what goes on has two rows at least.
func (m measures) upTo(g grid, from, left int) int {
	rows := len(g.Rows)
	if m.part(from, rows) <= left {
		return rows
	}
	to := from + 1
	for to < rows-2 && m.part(from, to+1) <= left {
		to++
	}
	for to > from+1 && g.Rows[to-1].Band != "" {
		to--
	}
	return to
}

// part is the height of the table's rows from … to before to, with heads and,
// after the last, with what is below.
func (m measures) part(from, to int) int {
	high, foot := m.over+m.head, 0
	if from == 0 {
		foot = m.meaning
	} else if m.over < captionLine { // a list has no caption, but says that it goes on
		high += captionLine
	}
	for i := from; i < to; i++ {
		high, foot = high+m.rows[i], foot+m.notes[i]
	}
	if foot > 0 {
		high += foot + footRule
	}
	if to == len(m.rows) {
		return high + m.tail
	}
	return high
}

// printedSize is the size of a picture on paper, in EMU (mm × 36000).
func (p Picture) printedSize() (cx, cy int) {
	width, height := float64(p.Width)*25.4/96, float64(p.Height)*25.4/96
	scale := min(1, upright/width, 150/height)
	return int(width * scale * 36000), int(height * scale * 36000)
}

// pictureHeight is a picture with its caption and its source, in twips.
func pictureHeight(p Picture, source string) int {
	_, cy := p.printedSize()
	return cy/635 + 60 + 440 + 360 + noteLine*linesOf(source, upright*72/25.4, 10.5)
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
