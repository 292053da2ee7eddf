package draft

import (
	"bytes"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"workreport/pipeline/source"
)

// worksheet is one sheet of a workbook.
type worksheet struct {
	name, part string
	raw        []byte
	prefix     string // of the workbooks' namespace in the part, "" or "x:"
	protected  bool
	areas      []area
	merged     []area
	spots      map[spot]int // index in workbook.cells; every spot of merged cells has the first one's
}

// spot is a row and a column, each counted from 1.
type spot struct{ row, column int }

// area is a rectangle of cells, and why those in it are not to be written.
type area struct {
	from, to spot
	why      string
}

func (a area) has(s spot) bool {
	return a.from.row <= s.row && s.row <= a.to.row && a.from.column <= s.column && s.column <= a.to.column
}

func areaOf(ref, why string) (area, bool) {
	first, last, both := strings.Cut(ref, ":")
	if !both {
		last = first
	}
	a := area{why: why}
	var errs [2]error
	a.from.column, a.from.row, errs[0] = excelize.CellNameToCoordinates(first)
	a.to.column, a.to.row, errs[1] = excelize.CellNameToCoordinates(last)
	return a, errors.Join(errs[:]...) == nil
}

// cellKind is what a cell holds.
type cellKind int

const (
	inWords cellKind = iota
	inNumber
	inDate
)

// cell is a cell with text or a number.
type cell struct {
	sheet *worksheet
	spot
	at       int    // in Text.String
	text     string // as it is shown, line breaks included
	kind     cellKind
	formula  bool
	tag      xml.StartElement
	from, to int // the element c in the part
	value    run // the content of its element v
	runs     []textRun
	format   numberFormat
	title    int // index of the cell above the column of numbers that it is in, -1 for none
}

// Limits of a workbook that is a draft.
const (
	maxCells  = 100_000 // with text or a number
	maxAreas  = 10_000  // merged, or with one formula
	maxSpots  = 200_000 // of all merged cells
	lastRow   = excelize.TotalRows
	lastStyle = 100_000
)

var (
	errPlaces = errors.New("cells out of order")
	errCells  = errors.New("too many cells")
)

// sheetReader walks over the XML of one sheet.
type sheetReader struct {
	book    *workbook
	sheet   *worksheet
	row     int
	column  int
	now     *cell // begun
	rich    *richText
	v       strings.Builder
	hasV    bool
	inValue bool
}

func (s *sheetReader) take(token xml.Token, from, to int) error {
	if s.now == nil {
		return s.outside(token, from, to)
	}
	switch name := elementName(token); token := token.(type) {
	case xml.StartElement:
		switch name {
		case "c", "row":
			return errPlaces
		case "f":
			s.now.formula, s.book.formulas = true, true
			if kind := attribute(token, "t"); kind == "array" || kind == "dataTable" {
				s.sheet.add(attribute(token, "ref"), "由公式算出")
			}
		case "v":
			s.inValue, s.hasV, s.now.value.start = true, true, to
		}
	case xml.CharData:
		if s.inValue {
			s.v.Write(token)
		}
	case xml.EndElement:
		switch name {
		case "v":
			s.inValue, s.now.value.end = false, from
		case "c":
			s.now.to = to
			return s.finish()
		}
	}
	s.rich.take(token, from, to)
	return nil
}

// outside takes what stands outside of cells.
func (s *sheetReader) outside(token xml.Token, from, to int) error {
	e, begins := token.(xml.StartElement)
	if !begins {
		return nil
	}
	switch e.Name.Local {
	case "worksheet":
		name, _, _ := bytes.Cut(s.sheet.raw[from+1:to], []byte("worksheet"))
		s.sheet.prefix = string(name)
	case "row":
		next := s.row + 1
		if r := attribute(e, "r"); r != "" {
			next, _ = strconv.Atoi(r)
		}
		if next <= s.row || next > lastRow {
			return errPlaces
		}
		s.row, s.column = next, 0
	case "c":
		return s.begin(e, from)
	case "sheetProtection":
		s.sheet.protected = isTrue(attribute(e, "sheet"))
	case "mergeCell":
		if a, ok := areaOf(attribute(e, "ref"), ""); ok && len(s.sheet.merged) < maxAreas {
			s.sheet.merged = append(s.sheet.merged, a)
		}
	}
	return nil
}

func (w *worksheet) add(ref, why string) {
	if a, ok := areaOf(ref, why); ok {
		w.areas = append(w.areas, a)
	}
}

func (s *sheetReader) begin(e xml.StartElement, from int) error {
	at := spot{s.row, s.column + 1}
	if r := attribute(e, "r"); r != "" {
		column, row, err := excelize.CellNameToCoordinates(r)
		if err != nil || row != s.row || column <= s.column {
			return errPlaces
		}
		at.column = column
	}
	if s.row == 0 || at.column > excelize.MaxColumns {
		return errPlaces
	}
	s.column = at.column
	s.now = &cell{sheet: s.sheet, spot: at, tag: e.Copy(), from: from, title: -1}
	s.rich = &richText{raw: s.sheet.raw}
	s.v.Reset()
	s.hasV = false
	return nil
}

// finish reads the cell at hand and keeps it where a reader sees text or a number in it.
func (s *sheetReader) finish() error {
	c, value := s.now, s.v.String()
	s.now = nil
	if c.formula && !s.hasV {
		s.book.uncalculated++
	}
	switch kind := attribute(c.tag, "t"); kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(s.book.shared) {
			return errPlaces
		}
		c.runs = s.book.shared[i]
	case "inlineStr":
		c.runs = s.rich.runs
	case "str":
		c.runs = []textRun{{text: string(source.Unescape([]byte(value)))}}
	case "", "n", "d":
		c.number(s.book, value, kind == "d")
	}
	for _, r := range c.runs {
		c.text += r.text
	}
	if strings.TrimSpace(c.text) == "" {
		return nil
	}
	if s.book.size += len(c.text) + 1; s.book.size > maxText || len(s.book.cells) >= maxCells {
		return errCells
	}
	s.sheet.spots[c.spot] = len(s.book.cells)
	s.book.cells = append(s.book.cells, c)
	return nil
}

// number gives the cell the text of the number or day that it holds.
func (c *cell) number(b *workbook, value string, iso bool) {
	style, _ := strconv.Atoi(attribute(c.tag, "s"))
	c.kind, c.format = inNumber, numberFormat{places: general}
	if style >= 0 && style < len(b.formats) {
		c.format = b.formats[style]
	}
	if iso || c.format.date {
		c.kind, c.text = inDate, dayOf(value, iso, b.from1904)
		return
	}
	c.text = c.format.shown(value)
}

// spread gives every spot of merged cells the cell that is shown there.
func (w *worksheet) spread() {
	left := maxSpots
	for _, a := range w.merged {
		i, filled := w.spots[a.from]
		rows, columns := a.to.row-a.from.row+1, a.to.column-a.from.column+1
		if left -= rows * columns; !filled || rows < 1 || columns < 1 || left < 0 {
			continue
		}
		for row := a.from.row; row <= a.to.row; row++ {
			for column := a.from.column; column <= a.to.column; column++ {
				w.spots[spot{row, column}] = i
			}
		}
	}
}
