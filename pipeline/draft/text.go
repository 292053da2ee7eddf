// Package draft reads a report that a person wrote, finds the numbers in it,
// ties each statistic to its figure and says whether it is right. Nothing is
// dropped in silence: every number found is listed, with what became of it. It
// changes no file of the drafter's; a copy with comments is another file.
package draft

import (
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"workreport/pipeline/contract"
)

// Text is a draft as it is read: paragraphs that end with line breaks, lines
// broken inside a sentence joined, and the way back to the file.
type Text struct {
	String   string
	raw      string    // the file's text, decoded
	segments []segment // sorted by at; the first begins at 0
	lines    []int     // where the lines of raw begin
	parts    []part    // what the paragraphs of a document are in, sorted; none for a text file
	notices  []string  // what a reader must know about the reading
	document *document // the Word file it was read from, nil for any other
	file     []byte    // the text file it was read from, nil for any other
	book     *workbook // the Excel file likewise
}

// part says that String from at on is in 正文, 表格, 脚注 and so on.
type part struct {
	at   int
	name string
}

// part is what the byte at is in, "" in a text file.
func (t Text) part(at int) string {
	i := sort.Search(len(t.parts), func(i int) bool { return t.parts[i].at > at }) - 1
	if i < 0 {
		return ""
	}
	return t.parts[i].name
}

// segment says that String from at on is raw from from on, up to the next segment.
type segment struct {
	at, from int
	size     int // of one character written in more bytes than it has, 0 for any other
}

// Place is where a number stands: the line and the column, counted in
// characters from 1, of the file as given.
type Place struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// run is the number of the run, from 1 in its paragraph, that the byte at is in;
// 0 in a text file.
func (t Text) run(at int) int {
	if t.document == nil || len(t.document.pieces) == 0 {
		return 0
	}
	return t.document.pieceAt(at).number
}

// position leads from a byte of String to one of raw.
func (t Text) position(at int) int {
	i := sort.Search(len(t.segments), func(i int) bool { return t.segments[i].at > at }) - 1
	return min(t.segments[i].from+at-t.segments[i].at, len(t.raw))
}

// placer tells places one after another, each counted from the one before.
type placer struct {
	text Text
	last Place
	from int
}

func (p *placer) at(offset int) Place {
	from := p.text.position(offset)
	line := sort.SearchInts(p.text.lines, from+1)
	if start := p.text.lines[line-1]; line != p.last.Line || from < p.from {
		p.last, p.from = Place{line, 1}, start
	}
	p.last.Column += utf8.RuneCountInString(p.text.raw[p.from:from])
	p.from = from
	return p.last
}

// As is what stands in the file from one byte of String to another, line breaks included.
func (t Text) As(from, to int) string {
	start, end := t.position(from), t.position(to-1)+1
	if i := sort.Search(len(t.segments), func(i int) bool { return t.segments[i].at >= to }) - 1; t.segments[i].size > 0 {
		end = t.segments[i].from + t.segments[i].size
	}
	return t.raw[start:max(start, end)]
}

// add appends raw[from:to] to the text.
func (t *Text) add(b *strings.Builder, from, to int) {
	t.segments = append(t.segments, segment{at: b.Len(), from: from})
	b.WriteString(t.raw[from:to])
}

// end ends a paragraph whose text in raw ends at from.
func (t *Text) end(b *strings.Builder, from int) {
	t.segments = append(t.segments, segment{at: b.Len(), from: from})
	b.WriteByte('\n')
}

func (t *Text) countLines() {
	t.lines = []int{0}
	for i := range len(t.raw) {
		if t.raw[i] == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
}

// plainText joins the lines that are broken inside a sentence, as in a text taken
// out of a PDF. A page number between two halves of a sentence is put behind it.
func plainText(raw string) Text {
	t := Text{raw: raw}
	t.countLines()
	full := fullWidth(raw)
	var b strings.Builder
	var pages [][2]int
	open, end := false, 0 // a paragraph is begun, and where it ends in raw so far
	finish := func() {
		if open {
			t.end(&b, end)
		}
		for _, page := range pages {
			t.add(&b, page[0], page[1])
			t.end(&b, page[1])
		}
		open, pages = false, nil
	}
	last := ""
	for i, from := range t.lines {
		to := len(raw)
		if i+1 < len(t.lines) {
			to = t.lines[i+1] - 1
		}
		line := strings.TrimRight(raw[from:to], " \t\r\f\v　\u00a0")
		to = from + len(line)
		trimmed := strings.TrimLeft(line, " \t\f\v　\u00a0\ufeff")
		from = to - len(trimmed)
		switch {
		case trimmed == "":
			continue
		case open && pageNumber.MatchString(trimmed) && unfinished(last, full):
			pages = append(pages, [2]int{from, to})
			continue
		case open && !joins(last, trimmed, full):
			finish()
		}
		t.add(&b, from, to)
		open, end, last = true, to, trimmed
	}
	finish()
	t.String = b.String()
	return t
}

var (
	pageNumber = regexp.MustCompile(`^(?:[-—–－·]\s*\d{1,4}\s*[-—–－·]|\d{1,4}|第\s*\d{1,4}\s*页.*)$`)
	headLine   = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]+部分|\d{1,2}[.．、]|[-*+•●] |#{1,6} |\|)`)
	unitStart  = regexp.MustCompile(`^(?:余|多|人次|人|名|件|篇|条|期|份|项|个|次|场|户|家|万|亿|元|%|％|年|月|日)`)
	numberEnd  = regexp.MustCompile(`[0-9０-９.．余多]$`)
)

// joins tells whether a line goes on in the next one.
func joins(line, next string, full int) bool {
	switch {
	case headLine.MatchString(next) && !strings.HasSuffix(line, "，"):
		return false
	case strings.ContainsRune("，。、；：！？）”》％%", first(next)):
		return true
	case strings.HasPrefix(line, "|"), strings.HasPrefix(line, "#"):
		return false
	case numberEnd.MatchString(line) && unitStart.MatchString(next):
		return true
	}
	return unfinished(line, full)
}

// unfinished tells whether a line ends inside a sentence: on a comma, or full
// without a mark that ends one.
func unfinished(line string, full int) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	if strings.ContainsRune("，、", last) {
		return true
	}
	return full > 0 && contract.Columns(line) >= full && !strings.ContainsRune("。！？：!?:", last)
}

func first(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// widestWrapped is how wide a line may be, in columns, for its end to be one made
// by a machine and not the end of a paragraph.
const widestWrapped = 130

// fullWidth is how wide a line is, in columns, that was broken because it was
// full; 0 where lines are paragraphs.
func fullWidth(raw string) int {
	var widths []int
	for line := range strings.Lines(raw) {
		if w := contract.Columns(strings.TrimSpace(line)); w > 0 {
			widths = append(widths, w)
		}
	}
	if len(widths) < 8 {
		return 0
	}
	slices.Sort(widths)
	full := widths[len(widths)*3/4]
	if widths[len(widths)*95/100] > widestWrapped || full > widestWrapped {
		return 0
	}
	return full * 85 / 100
}
