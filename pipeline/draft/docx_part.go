package draft

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

type paragraph struct {
	where  string
	pieces []*piece
	goesOn bool // its mark is deleted: the next one belongs to it
	runs   int
	choice int        // the innermost mc:AlternateContent it is in, from 1; 0 for none
	old    bool       // it stands in what only old programs read
	twin   *paragraph // the same paragraph for old programs
	unlike bool       // old programs read something else
}

// partReader walks over the XML of one part.
type partReader struct {
	d          *document
	name       string
	raw        []byte
	where      string
	paragraphs []*paragraph // in the order they begin

	plainFields bool // fields are read as they stand

	elements []string     // begun, the innermost last
	open     []*paragraph // likewise, the innermost last
	runs     []*openRun   // likewise
	fields   []*field     // likewise
	ended    []*piece     // of a field whose last run has not ended yet
	deleted  int          // depth of deleted text
	tracked  int          // depth of text that a tracked change put in
	old      int          // depth of what only old programs read
	choices  []int        // mc:AlternateContent begun, the innermost last
	choice   int          // how many there were
	simple   int          // depth of fields of one element, and of text with phonetics
	controls []control    // content controls begun
	rows     []tableRow   // begun, the innermost last
	tables   int
	boxes    []int // text boxes begun, each with the tables it stands in
	text     bool
	tag      run
	note     string
	inPr     int
}

// openRun is a run begun, with what must be told where it ends.
type openRun struct {
	start   int
	rPr     run
	content int // how many elements stand in it, its properties left out
	own     []*piece
	hosted  []*piece // in text boxes within it
	hidden  bool
	notes   []string // it refers to
}

// tableRow is a row begun: how often it is marked as deleted or inserted as a whole.
type tableRow struct{ deleted, inserted int }

// field is a complex field begun: its code is no text, its result is.
type field struct {
	start  int
	result bool
	pieces []*piece
}

// deepest is how deep elements may be nested.
const deepest = 500

var errDepth = errors.New("nested too deep")

func (p *partReader) read() error {
	in := xml.NewDecoder(bytes.NewReader(p.raw))
	in.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("not UTF-8") }
	for {
		from := int(in.InputOffset())
		token, err := in.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		to := int(in.InputOffset())
		switch token := token.(type) {
		case xml.StartElement:
			if len(p.elements) > deepest {
				return errDepth
			}
			p.begin(token, from, to)
			p.elements = append(p.elements, token.Name.Local)
		case xml.EndElement:
			p.elements = p.elements[:len(p.elements)-1]
			if ours(token.Name) {
				p.finish(token.Name.Local, to)
			}
		case xml.CharData:
			if p.text && p.deleted == 0 {
				p.piece(string(token), from, to)
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// ours tells whether an element is one of Word's or of the choice between what
// new and old programs read.
func ours(name xml.Name) bool {
	return isWord(name) || name.Local == "Fallback" || name.Local == "AlternateContent"
}

func isWord(name xml.Name) bool { return name.Space == transitional || name.Space == strict }

func (p *partReader) begin(e xml.StartElement, from, to int) {
	if p.inside("r") && e.Name.Local != "rPr" {
		p.runs[len(p.runs)-1].content++
	}
	if e.Name.Local == "dataBinding" { // of whatever version of Word
		p.control(e)
	}
	if !ours(e.Name) {
		return
	} else if isWord(e.Name) && p.d.ns == "" {
		p.d.ns = e.Name.Space
		name, _, _ := bytes.Cut(p.raw[from+1:to], []byte(e.Name.Local))
		p.d.prefix = string(name)
	}
	switch e.Name.Local {
	case "AlternateContent":
		p.choice++
		p.choices = append(p.choices, p.choice)
	case "Fallback":
		p.old++
	case "fldSimple", "ruby":
		p.simple++
	case "sdt":
		n := len(p.elements)
		p.controls = append(p.controls, control{untracked: n == 0 || p.elements[n-1] != "p" && p.elements[n-1] != "hyperlink"})
	case "lock", "text":
		p.control(e)
	case "vanish":
		if n := len(p.elements); n > 1 && p.elements[n-1] == "rPr" && p.elements[n-2] == "r" && len(p.runs) > 0 {
			off := attribute(e, "val")
			p.runs[len(p.runs)-1].hidden = off != "0" && off != "false" && off != "off"
		}
	case "del", "moveFrom", "rt":
		if e.Name.Local == "del" && p.inPr > 0 { // the paragraph's mark is deleted
			if n := len(p.open); n > 0 {
				p.open[n-1].goesOn, p.d.tracked = true, true
			}
		}
		if n := len(p.rows); e.Name.Local == "del" && n > 0 && p.elements[len(p.elements)-1] == "trPr" {
			p.rows[n-1].deleted++ // the whole row is
			p.deleted++
		}
		p.deleted++
		p.d.tracked = p.d.tracked || e.Name.Local == "del" || e.Name.Local == "moveFrom"
	case "ins", "moveTo":
		if n := len(p.rows); n > 0 && p.elements[len(p.elements)-1] == "trPr" {
			p.rows[n-1].inserted++
			p.tracked++
		}
		p.d.tracked = true
		p.tracked++
	case "tbl":
		p.tables++
	case "tr":
		p.rows = append(p.rows, tableRow{})
	case "txbxContent":
		p.boxes, p.tables = append(p.boxes, p.tables), 0
	case "footnote", "endnote":
		p.note = e.Name.Local + attribute(e, "id")
	case "p":
		p.beginParagraph()
	case "pPr":
		p.inPr++
	case "r":
		p.runs = append(p.runs, &openRun{start: from})
		if n := len(p.open); n > 0 {
			p.open[n-1].runs++
		}
	case "rPr":
		if p.inside("r") {
			p.runs[len(p.runs)-1].rPr.start = from
		}
	case "t":
		p.text, p.tag = true, run{from, to}
	case "tab", "br", "cr", "ptab":
		if p.inPr == 0 && len(p.runs) > 0 {
			p.mark("\t", from)
		}
	case "noBreakHyphen":
		p.mark("-", from)
	case "fldChar":
		p.fieldMark(attribute(e, "fldCharType"))
	case "footnoteReference", "endnoteReference":
		if n := len(p.runs); n > 0 && p.name == p.d.main && p.old == 0 {
			p.runs[n-1].notes = append(p.runs[n-1].notes, strings.TrimSuffix(e.Name.Local, "Reference")+attribute(e, "id"))
		}
	}
}

// inside tells whether the innermost element begun is of that name, and a run is begun.
func (p *partReader) inside(name string) bool {
	n := len(p.elements)
	return n > 0 && p.elements[n-1] == name && len(p.runs) > 0
}

func (p *partReader) beginParagraph() {
	where := p.where
	if where == "正文" && len(p.boxes) > 0 {
		where = "文本框"
	}
	if p.tables > 0 {
		where = strings.TrimPrefix(where, "正文") + "表格"
	}
	q := &paragraph{where: where, old: p.old > 0}
	if n := len(p.choices); n > 0 {
		q.choice = p.choices[n-1]
	}
	p.open, p.paragraphs = append(p.open, q), append(p.paragraphs, q)
}

// paragraph is the one that text belongs to, nil for none: what old programs
// read has its own.
func (p *partReader) paragraph() *paragraph {
	if n := len(p.open); n > 0 && len(p.runs) > 0 && p.open[n-1].old == (p.old > 0) {
		return p.open[n-1]
	}
	return nil
}

// mark adds a character that no w:t holds.
func (p *partReader) mark(text string, at int) {
	if q := p.paragraph(); q != nil && p.deleted == 0 {
		q.pieces = append(q.pieces, &piece{text: text, part: p.name, from: at, to: at, note: p.note})
	}
}

func (p *partReader) piece(text string, from, to int) {
	inCode := slices.ContainsFunc(p.fields, func(f *field) bool { return !f.result })
	q := p.paragraph()
	if q == nil || inCode {
		return
	}
	r := p.runs[len(p.runs)-1]
	if r.hidden {
		p.d.hidden = true
		return
	}
	t := &piece{text: text, part: p.name, from: from, to: to, tag: p.tag, run: run{r.start, 0}, rPr: r.rPr, number: q.runs, note: p.note}
	t.fixed, t.untracked = p.fixed(), slices.ContainsFunc(p.controls, func(c control) bool { return c.untracked })
	q.pieces = append(q.pieces, t)
	r.own = append(r.own, t)
	if len(p.fields) > 0 {
		p.fields[0].pieces = append(p.fields[0].pieces, t)
	}
	if outer := p.runs[0]; len(p.boxes) > 0 && outer != r {
		outer.hosted = append(outer.hosted, t)
	}
	if t.whole = bytes.HasPrefix(p.raw[from:to], []byte("<![CDATA[")); t.whole && t.fixed == "" {
		t.fixed = "文字的存法少见（CDATA），请在 Word 里另存一次"
	}
	if p.name == p.d.main && p.d.first < 0 && !q.old {
		p.d.first = p.runs[0].start
	}
}

func (p *partReader) fieldMark(kind string) {
	if p.plainFields || p.old > 0 {
		return
	}
	switch kind {
	case "begin":
		start := 0
		if n := len(p.runs); n > 0 {
			start = p.runs[n-1].start
		}
		p.fields = append(p.fields, &field{start: start})
	case "separate":
		if n := len(p.fields); n > 0 {
			p.fields[n-1].result = true
		}
	case "end":
		if n := len(p.fields); n > 0 {
			for _, t := range p.fields[n-1].pieces {
				t.field.start = p.fields[n-1].start
			}
			p.ended = append(p.ended, p.fields[n-1].pieces...)
			p.fields = p.fields[:n-1]
		}
	}
}

func (p *partReader) finish(name string, to int) {
	switch name {
	case "del", "moveFrom", "rt":
		p.deleted = max(0, p.deleted-1)
	case "ins", "moveTo":
		p.tracked--
	case "AlternateContent":
		p.choices = p.choices[:max(0, len(p.choices)-1)]
	case "Fallback":
		p.old--
	case "fldSimple", "ruby":
		p.simple--
	case "sdt":
		p.controls = p.controls[:max(0, len(p.controls)-1)]
	case "tbl":
		p.tables--
	case "tr":
		if n := len(p.rows); n > 0 {
			p.deleted, p.tracked = max(0, p.deleted-p.rows[n-1].deleted), p.tracked-p.rows[n-1].inserted
			p.rows = p.rows[:n-1]
		}
	case "txbxContent":
		if n := len(p.boxes); n > 0 {
			p.boxes, p.tables = p.boxes[:n-1], p.boxes[n-1]
		}
	case "pPr":
		p.inPr--
	case "p":
		if n := len(p.open); n > 0 {
			p.open = p.open[:n-1]
		}
	case "rPr":
		if p.inside("r") {
			p.runs[len(p.runs)-1].rPr.end = to
		}
	case "t":
		p.text = false
	case "r":
		p.endRun(to)
	}
}

// endRun tells the pieces of a run, and of a field that ends in it, where it ends.
func (p *partReader) endRun(to int) {
	n := len(p.runs)
	if n == 0 {
		return
	}
	r := p.runs[n-1]
	p.runs = p.runs[:n-1]
	for _, t := range r.own {
		t.run.end, t.only = to, r.content == 1 && len(r.own) == 1
	}
	for _, t := range r.hosted {
		t.host = run{r.start, to}
	}
	for _, t := range p.ended {
		t.field.end = to
	}
	p.ended = nil
	for _, id := range r.notes {
		p.d.anchors[id] = run{r.start, to}
	}
}
