package source

import (
	"bytes"
	"io"
)

// record is a row of a text as its bytes show it.
type record struct {
	row        int   // its number; a quoted line break does not begin a new row
	start, end int64 // its bytes, the line break included
	blank      bool  // nothing but the line break
	odd        bool  // has something that readers may take differently: see special
	torn       bool  // the quotes do not pair, or it is too long to be read
	lines      int   // line breaks within it
}

// maxRecord bounds the length of a row, in bytes.
const maxRecord = 2_000_000

// walker goes over the bytes of a text and finds where its rows end, by the
// quotes alone (RFC 4180, 2: a quoted field may hold separators and line breaks,
// "" is a quote). It does not take rows apart.
type walker struct {
	comma byte
	each  func(record)

	LF, CRLF int  // line breaks of each kind
	Lazy     bool // a quote stands inside a cell that is not quoted
	Replaced bool // a U+FFFD stands for what could not be decoded
	Wide     bool // a row has more separators than any table has columns

	at     int64 // offset of the block
	quoted bool
	commas int // separators of the row at hand, quoted ones too
	now    record
}

// maxWide is how many separators a row may have for the engine to read it: it
// takes a row of a hundred thousand for hours.
const maxWide = 2000

// lookahead is how many bytes beyond a place must be at hand to judge it.
const lookahead = 64

// special marks the bytes to be looked at. What needs no look: Chinese, letters,
// digits, separators.
var special = func() (table [256]bool) {
	for c := range 0x20 {
		table[c] = true
	}
	for _, c := range []byte("\" '#+\x7f\xc2\xd8\xdb\xdc\xe0\xe1\xe2\xe3\xef\xf0\xf3") { // from c2 on, the beginnings of blanks of other widths
		table[c] = true
	}
	return table
}()

// walk reads to the end and tells each row.
func (w *walker) walk(r io.Reader) error {
	block := make([]byte, lookahead+1<<20+1)
	const behind = 1 // the byte before the block is kept in front of it
	block[0] = '\n'
	kept, done := 0, false
	w.now = record{row: 1}
	first := true
	for !done {
		n, err := io.ReadFull(r, block[behind+kept:len(block)-lookahead])
		if done = err == io.EOF || err == io.ErrUnexpectedEOF; err != nil && !done {
			return err
		}
		n += kept
		if first {
			first = false
			if bytes.HasPrefix(block[behind:behind+n], []byte("\ufeff")) { // the mark is not part of the first cell
				copy(block[behind:], block[behind+3:behind+n])
				n -= 3
				w.at, w.now.start = 3, 3
			}
			w.begin(block[behind : behind+n])
		}
		limit, end := max(n-lookahead, 0), behind+n
		if done {
			limit, end = n, end+lookahead
			for i := range lookahead {
				block[behind+n+i] = '\n'
			}
		}
		limit = w.block(block[:end], behind, behind+limit) - behind
		w.at += int64(limit)
		block[0] = block[behind+limit-1]
		kept = copy(block[behind:], block[behind+limit:behind+n])
	}
	if length := w.at - w.now.start; length > 0 { // the last row has no line break
		w.now.torn = w.now.torn || w.quoted
		if w.quoted && block[0] == '\n' {
			w.now.lines-- // the end of the last line begins no other
		}
		w.end(w.at, length == 1 && block[0] == '\r')
	}
	return nil
}

// block goes over b[from:to]; what stands around it may be looked at. It answers
// where it ended: beyond to, where two quotes stand across it.
func (w *walker) block(b []byte, from, to int) int {
	begun, i := from, from // begun is where what was not yet counted begins
	separators := []byte{w.comma}
	for ; i < to; i++ {
		plain := b[i:to]
		skip := 0
		for skip < len(plain) && !special[plain[skip]] {
			skip++
		}
		if i += skip; i >= to {
			break
		}
		switch c := b[i]; c {
		case '"':
			i += w.quote(b[i-1], b[i+1], b[i+2])
		case '\n':
			if w.quoted {
				w.now.lines++
				w.now.odd = w.now.odd || b[i-1] == '"' || b[i+1] == '"'
				continue
			}
			length := w.at + int64(i-from) - w.now.start
			if b[i-1] == '\r' && length > 0 {
				w.CRLF++
				length--
			} else {
				w.LF++
			}
			w.commas += bytes.Count(b[begun:i], separators)
			begun = i + 1
			w.end(w.at+int64(i-from)+1, length == 0)
			w.begin(b[i+1:])
		case '\r':
			w.now.odd = w.now.odd || w.quoted || b[i+1] != '\n'
		case ' ', '\t':
			w.now.odd = w.now.odd || c != w.comma && (w.edge(b[i-1]) || w.edge(b[i+1]))
		case '\'', '#':
			w.now.odd = w.now.odd || w.edge(b[i-1])
		case '+':
			w.now.odd = w.now.odd || b[i-1] == 'E'
		case 0xc2, 0xe1, 0xe2, 0xe3, 0xef:
			w.wideBlank(b, i)
		case 0xd8, 0xdb, 0xdc, 0xe0, 0xf0, 0xf3: // some characters of these, rare in Chinese, have no width
			w.now.odd = w.now.odd || w.edge(b[i-1]) || w.edge(b[i+2]) || w.edge(b[i+3]) || w.edge(b[i+4])
		default: // control characters
			w.now.odd = true
		}
	}
	w.commas += bytes.Count(b[begun:i], separators)
	return i
}

// quote judges a quote by what stands before and after it, and says how many
// bytes more it takes.
func (w *walker) quote(before, after, next byte) int {
	switch {
	case w.quoted && after == '"':
		return 1
	case w.quoted:
		w.quoted = false
		w.now.torn = w.now.torn || after != w.comma && after != '\n' && !(after == '\r' && next == '\n')
	case before == w.comma || before == '\n':
		w.quoted = true
	default:
		w.Lazy, w.now.odd = true, true
	}
	return 0
}

func (w *walker) edge(c byte) bool { return c == w.comma || c == '\n' || c == '\r' || c == '"' }

// wideBlank looks at a character that may be a blank of another width, or have
// no width at all, at the edge of a cell.
func (w *walker) wideBlank(b []byte, i int) {
	size := 3
	if b[i] == 0xc2 {
		size = 2
	}
	if i+size >= len(b) {
		return
	}
	blank := false
	switch second, third := b[i+1], b[i+2]; b[i] {
	case 0xc2: // U+0080–009F control, 00A0 no-break space, 00AD soft hyphen
		w.now.odd = w.now.odd || second < 0xa0
		blank = second == 0xa0 || second == 0xad
	case 0xe1: // U+1680, 180E
		blank = second == 0x9a && third == 0x80 || second == 0xa0 && third == 0x8e
	case 0xe2: // U+2000–200F, 2028–202F, 205F–206F
		blank = second == 0x80 && (third <= 0x8f || third >= 0xa8 && third <= 0xaf) || second == 0x81 && third >= 0x9f && third <= 0xaf
	case 0xe3: // U+3000
		blank = second == 0x80 && third == 0x80
	case 0xef: // U+FEFF, FFF9–FFFB
		blank = second == 0xbb && third == 0xbf || second == 0xbf && third >= 0xb9 && third <= 0xbb
		w.Replaced = w.Replaced || second == 0xbf && third == 0xbd
	}
	w.now.odd = w.now.odd || blank && (w.edge(b[i-1]) || w.edge(b[i+size]))
}

// begin looks whether a row may begin as rows of totals do: 合计, 小计, 总计, 累计, 共计.
func (w *walker) begin(b []byte) {
	b = b[:min(len(b), lookahead)]
	for len(b) > 0 && (b[0] == w.comma || b[0] == '"' || b[0] == ' ') {
		b = b[1:]
	}
	if len(b) < 6 {
		w.now.odd = true
		return
	}
	if b[0] < 0xe5 || b[0] > 0xe7 {
		return
	}
	switch string(b[:3]) {
	case "合", "小", "总", "累", "共":
		w.now.odd = true
	}
}

func (w *walker) end(offset int64, blank bool) {
	w.now.end, w.now.blank = offset, blank
	w.now.torn = w.now.torn || offset-w.now.start > maxRecord
	w.each(w.now)
	w.Wide = w.Wide || w.commas > maxWide
	w.commas = 0
	w.now = record{row: w.now.row + 1, start: offset}
}
