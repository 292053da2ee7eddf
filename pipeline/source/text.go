package source

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

func openText(folder fs.FS, name string) (Book, error) {
	charset, err := decide(folder, name)
	if err != nil {
		return Book{}, err
	}
	file, err := folder.Open(name)
	if err != nil {
		return Book{}, fmt.Errorf("%s：打不开：%w", name, err)
	}
	sheet, err := readText(transform.NewReader(bufio.NewReaderSize(file, 1<<20), charset.NewDecoder()), name)
	if err != nil {
		file.Close()
		return Book{}, err
	}
	return Book{File: name, Sheets: []Sheet{sheet}, close: file.Close}, nil
}

// decide finds the encoding of a text file on the whole of it: UTF-16 by its
// mark, UTF-8 where every byte fits, GB18030 (of which GBK is a part) where every
// byte fits that. Otherwise it names the line to which the better fit got.
func decide(folder fs.FS, name string) (encoding.Encoding, error) {
	mark := make([]byte, 2)
	if err := through(folder, name, func(r io.Reader) error {
		_, err := io.ReadFull(r, mark)
		return err
	}); err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	if bytes.Equal(mark, []byte{0xFF, 0xFE}) || bytes.Equal(mark, []byte{0xFE, 0xFF}) {
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), nil
	}
	var utf8Line, gbkLine int
	if err := through(folder, name, func(r io.Reader) (err error) {
		utf8Line, err = firstUnreadable(r, 1)
		return err
	}); err != nil || utf8Line == 0 {
		return unicode.UTF8BOM, err
	}
	if err := through(folder, name, func(r io.Reader) (err error) {
		gbkLine, err = firstUnreadable(transform.NewReader(r, simplifiedchinese.GB18030.NewDecoder()), 3)
		return err
	}); err != nil || gbkLine == 0 {
		return simplifiedchinese.GB18030, err
	}
	return nil, fmt.Errorf("%s 第%d行：有既不是 UTF-8 也不是 GBK 的字节，请用 Excel 另存为“CSV UTF-8”", name, max(utf8Line, gbkLine))
}

// through opens a file for one reading.
func through(folder fs.FS, name string, read func(io.Reader) error) error {
	file, err := folder.Open(name)
	if err != nil {
		return fmt.Errorf("%s：打不开：%w", name, err)
	}
	defer file.Close()
	return read(file)
}

// firstUnreadable is the line of the first character that could not be read, 0
// where all could. What marks it is a U+FFFD of so many bytes: 1 for a byte that
// is not UTF-8, 3 for what a decoder put in the place of another.
func firstUnreadable(r io.Reader, markSize int) (int, error) {
	line := 1
	buffered := bufio.NewReaderSize(r, 1<<20)
	for {
		c, size, err := buffered.ReadRune()
		switch {
		case err == io.EOF:
			return 0, nil
		case err != nil:
			return line, err
		case c == utf8.RuneError && size == markSize:
			return line, nil
		case c == '\n':
			line++
		}
	}
}

// readText reads comma, tab or semicolon separated rows; the separator is the
// commonest in the first lines.
func readText(r io.Reader, name string) (Sheet, error) {
	buffered := bufio.NewReaderSize(r, 1<<20)
	rows := csv.NewReader(buffered)
	rows.Comma = separator(buffered, name)
	rows.FieldsPerRecord = -1
	next := numbered(rows)
	first, err := next()
	if err == io.EOF {
		return Sheet{}, fmt.Errorf("%s：文件是空的，连表头也没有，请补上表头", name)
	}
	if err != nil {
		return Sheet{}, fmt.Errorf("%s：%w", name, err)
	}
	return Sheet{File: name, Rows: untilEnd(first, next)}, nil
}

func separator(r *bufio.Reader, name string) rune {
	if strings.EqualFold(path.Ext(name), ".tsv") {
		return '\t'
	}
	start, _ := r.Peek(1 << 16)
	lines := bytes.SplitN(start, []byte("\n"), searched+1)
	top := bytes.Join(lines[:min(len(lines), searched)], nil)
	best := ','
	for _, candidate := range []rune{'\t', ';'} {
		if bytes.Count(top, []byte(string(candidate))) > bytes.Count(top, []byte(string(best))) {
			best = candidate
		}
	}
	return best
}

// searched is how many lines from the top tell the separator.
const searched = 10

// numbered reads rows and counts them as Excel does: a line a row, blank lines
// too, and a quoted line break does not begin a new row.
func numbered(rows *csv.Reader) func() (Row, error) {
	folded := 0 // line breaks inside cells so far
	return func() (Row, error) {
		cells, err := rows.Read()
		if err == io.EOF {
			return Row{}, io.EOF
		}
		var fault *csv.ParseError
		if errors.As(err, &fault) {
			return Row{}, fmt.Errorf("第%d行起引号不成对，读不下去；请检查这一行的引号", fault.StartLine-folded)
		}
		if err != nil {
			return Row{}, fmt.Errorf("读不下去：%w", err)
		}
		line, _ := rows.FieldPos(0)
		row := Row{Number: line - folded, Cells: cells}
		for _, cell := range cells {
			folded += strings.Count(cell, "\n")
		}
		return row, nil
	}
}

// untilEnd yields a row already read, and then the others.
func untilEnd(first Row, next func() (Row, error)) iter.Seq2[Row, error] {
	begun := false
	return func(yield func(Row, error) bool) {
		if !begun {
			begun = true
			if !yield(first, nil) {
				return
			}
		}
		for {
			row, err := next()
			if err == io.EOF || !yield(row, err) || err != nil {
				return
			}
		}
	}
}
