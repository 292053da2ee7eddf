package source

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Text is how a text file is written, and what a walk over its bytes found.
type Text struct {
	Path  string // the file on disk in UTF-8; "" where there is none the engine could read
	Comma rune   // what separates the cells
	CRLF  bool   // how lines end
	Blank []int  // numbers of the blank lines, as far as Plain allows
	Odd   []int  // numbers of rows that readers may take differently, sorted
	Plain bool   // no reader can take the rows apart in another way, but for Odd

	file io.ReaderAt
	size int64
	torn []tear
}

// tear is a row that cannot be taken apart.
type tear struct {
	record
	fault string
}

// Limits of what the engine may read by itself, and of what is kept of a file.
const (
	maxGaps = 1000    // rows that the engine passes over
	maxOdd  = 1 << 20 // rows to be read with more care
	maxTorn = 10_000
)

func (b *Book) openText(file io.ReaderAt, size int64) error {
	head := make([]byte, min(size, sizeOfHead))
	if _, err := file.ReadAt(head, 0); err != nil && err != io.EOF {
		return fmt.Errorf("读不下去：%w", err)
	}
	charset := guess(head)
	var t *scanned
	err := errNoUTF8
	if charset != gbkText {
		t, err = b.readAs(charset, file, size, head)
	}
	if errors.Is(err, errNoUTF8) && charset == utf8Text { // GBK whose beginning might have been UTF-8
		charset = gbkText
	}
	if charset == gbkText {
		if brokenUTF8(file, size) {
			return unreadable(firstBad(file, size, asItIs, 1))
		}
		t, err = b.readAs(charset, file, size, head)
	}
	if errors.Is(err, errNoUTF8) {
		asUTF8, asGBK := firstBad(file, size, asItIs, 1), firstBad(file, size, gbkText.encoding.NewDecoder().Reader, 3)
		if asGBK.Line > asUTF8.Line || asGBK.Line == asUTF8.Line && asGBK.Column > asUTF8.Column {
			return unreadable(asGBK)
		}
		return unreadable(asUTF8)
	}
	if err != nil {
		return err
	}
	separator := map[rune]string{',': "逗号", '\t': "制表符", ';': "分号"}[t.Comma]
	b.Sheets = []Sheet{{File: b.File, Format: fmt.Sprintf("文本（%s，%s）", charset.name, separator), Text: t.Text, Count: t.count, rows: t.rows}}
	return nil
}

// readAs walks over a text as one in the given encoding; errNoUTF8 where it is not.
func (b *Book) readAs(from charset, file io.ReaderAt, size int64, head []byte) (*scanned, error) {
	decoded, err := from.encoding.NewDecoder().Bytes(whole(head))
	if from == utf8Text {
		decoded, err = head, nil
	}
	if err != nil {
		return nil, errNoUTF8
	}
	macLines := bytes.IndexByte(decoded, '\n') < 0 && bytes.IndexByte(decoded, '\r') >= 0
	t := &scanned{Text: &Text{file: file, size: size, Comma: separator(decoded)}}
	if from == utf8Text && !macLines {
		if b.folder.Path != "" {
			t.Path = filepath.Join(b.folder.Path, filepath.FromSlash(b.File))
		}
		return t, t.scan(from)
	}
	copied, remove, err := copyAsUTF8(io.NewSectionReader(file, 0, size), from, macLines, b.folder.Private)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(copied.Name())
	if err != nil {
		return nil, errors.Join(err, remove())
	}
	t.file, t.size, t.Path = copied, info.Size(), copied.Name()
	if err := t.scan(from); err != nil {
		return nil, errors.Join(err, remove())
	}
	closed := b.close
	b.close = func() error { return errors.Join(closed(), remove()) }
	return t, nil
}

// scanned is a text with the count that its walk gave.
type scanned struct {
	*Text
	count Count
}

func (t *scanned) scan(from charset) error {
	var blank, odd, lost int
	w := walker{comma: byte(t.Comma)}
	w.each = func(r record) {
		t.count.Rows = r.row
		switch {
		case r.blank:
			if blank++; blank <= maxGaps {
				t.Blank = append(t.Blank, r.row)
			}
			return
		case r.torn && len(t.torn) <= maxTorn:
			t.torn = append(t.torn, tear{r, whyTorn(r)})
			lost += r.lines
		case r.odd:
			if odd++; odd <= maxOdd {
				t.Odd = append(t.Odd, r.row)
			}
		}
		t.count.Filled++
	}
	err := w.walk(&utf8Reader{r: io.NewSectionReader(t.file, 0, t.size)})
	switch {
	case err != nil:
		return err
	case w.Replaced && from != utf8Text:
		return errNoUTF8
	case t.count.Filled == 0:
		return errors.New("文件里只有空行，连表头也没有，请补上表头")
	case len(t.torn) > maxTorn:
		return fmt.Errorf("第%d行起引号不成对的行太多，读不下去；请检查分隔符和引号", t.torn[0].row)
	}
	t.count.Rows, t.count.Filled = t.count.Rows+lost, t.count.Filled+lost
	t.CRLF = w.CRLF > 0
	t.Plain = t.Path != "" && !strings.ContainsAny(t.Path, "*?[") && // which the engine would take for a pattern
		!w.Lazy && !w.Wide && len(t.torn) == 0 && blank <= maxGaps && odd <= maxOdd && (w.LF == 0 || w.CRLF == 0)
	return nil
}

func whyTorn(r record) string {
	switch {
	case r.lines > 0:
		return fmt.Sprintf("这一行起引号不成对，后面 %d 行都成了这一格的内容，读不出来；请检查这一行的引号", r.lines)
	case r.end-r.start > maxRecord:
		return fmt.Sprintf("这一行有 %d 字节，太长了，可能是引号没有结束；请检查这一行的引号", r.end-r.start)
	}
	return "这一行的引号不成对；请检查引号，单元格里的引号要写两个"
}

// separator is what separates the cells: that of comma, tab and semicolon which
// gives the most rows of one width. A tab or a comma is taken before a
// semicolon, which may stand in lists.
func separator(head []byte) rune {
	text := bytes.TrimPrefix(head, []byte("\ufeff"))
	if cut := bytes.LastIndexByte(text, '\n'); cut >= 0 && len(head) == sizeOfHead {
		text = text[:cut+1]
	}
	best, mostRows, mostCells := ',', 0, 0
	for _, comma := range []rune{'\t', ',', ';'} {
		rows, cells := evenness(text, comma)
		if rows > mostRows || rows == mostRows && cells > mostCells {
			best, mostRows, mostCells = comma, rows, cells
		}
	}
	return best
}

// searched is how many rows from the top tell the separator.
const searched = 20

// evenness is how many of the first rows have the commonest width, and that
// width; rows of one cell do not count.
func evenness(text []byte, comma rune) (rows, cells int) {
	widths := map[int]int{}
	in := reader(bytes.NewReader(text), comma)
	for range searched {
		row, err := in.Read()
		if err != nil {
			break
		}
		if len(row) > 1 {
			widths[len(row)]++
		}
	}
	for width, n := range widths {
		if n > rows || n == rows && width > cells {
			rows, cells = n, width
		}
	}
	return rows, cells
}

func reader(r io.Reader, comma rune) *csv.Reader {
	in := csv.NewReader(r)
	in.Comma, in.FieldsPerRecord, in.LazyQuotes, in.ReuseRecord = comma, -1, true, true
	return in
}

// maxCells is how many cells a row may have, as in Excel.
const maxCells = 16384

// stretch is bytes of the text with whole rows; a fault stands for all of them.
type stretch struct {
	from, to int64
	row      int // number of the first
	fault    string
	lost     int
}

// rows takes the rows apart: all of them, or those with the given numbers.
func (t *Text) rows(only []int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		stretches, err := t.stretches(only)
		if err != nil {
			yield(Row{}, fmt.Errorf("读不下去：%w", err))
			return
		}
		buffer := bufio.NewReaderSize(nil, 1<<16)
		for _, s := range stretches {
			section := io.NewSectionReader(t.file, s.from, s.to-s.from)
			buffer.Reset(section)
			if s.fault != "" {
				start, _ := buffer.Peek(1 << 15)
				if !yield(Row{Number: s.row, Cells: []string{strings.ToValidUTF8(string(start), "")}, Fault: s.fault, Lost: s.lost}, nil) {
					return
				}
				continue
			}
			if !t.read(buffer, s.row, yield) {
				return
			}
		}
	}
}

// read takes the rows of one stretch apart, the first of them numbered as given.
func (t *Text) read(buffer *bufio.Reader, number int, yield func(Row, error) bool) bool {
	in := reader(buffer, t.Comma)
	folded := 0 // line breaks inside cells so far
	for {
		cells, err := in.Read()
		if err == io.EOF {
			return true
		}
		if err != nil {
			yield(Row{}, fmt.Errorf("读不下去：%w", err))
			return false
		}
		line, _ := in.FieldPos(0)
		row := Row{Number: number + line - 1 - folded, Cells: slices.Clone(cells)}
		if len(cells) > maxCells {
			row = Row{Number: row.Number, Cells: row.Cells[:1], Fault: fmt.Sprintf("这一行有 %d 格，多于 Excel 的 %d 格；请检查分隔符", len(cells), maxCells)}
		}
		if !yield(row, nil) {
			return false
		}
		for _, cell := range cells {
			folded += strings.Count(cell, "\n")
		}
	}
}

// stretches are where the wanted rows stand: all of the text but for torn rows,
// or the rows with the given numbers.
func (t *Text) stretches(only []int) ([]stretch, error) {
	if only == nil {
		all := stretch{from: t.mark(), to: t.size, row: 1}
		var list []stretch
		for _, torn := range t.torn {
			all.to = torn.start
			list = append(list, all, stretch{torn.start, torn.end, torn.row, torn.fault, torn.lines})
			all = stretch{from: torn.end, to: t.size, row: torn.row + 1}
		}
		return slices.DeleteFunc(append(list, all), func(s stretch) bool { return s.from >= s.to }), nil
	}
	faults := map[int]string{}
	for _, torn := range t.torn {
		faults[torn.row] = torn.fault
	}
	var list []stretch
	w := walker{comma: byte(t.Comma)}
	w.each = func(r record) {
		if len(only) == 0 || only[0] != r.row {
			return
		}
		only = only[1:]
		if n := len(list); n > 0 && list[n-1].to == r.start && list[n-1].fault == "" && faults[r.row] == "" {
			list[n-1].to = r.end
			return
		}
		list = append(list, stretch{r.start, r.end, r.row, faults[r.row], r.lines})
	}
	return list, w.walk(io.NewSectionReader(t.file, 0, t.size))
}

// mark is the length of the mark with which UTF-8 may begin.
func (t *Text) mark() int64 {
	head := make([]byte, 3)
	if n, _ := t.file.ReadAt(head, 0); n == 3 && string(head) == "\ufeff" {
		return 3
	}
	return 0
}
