package draft

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// document is a Word file taken apart, with what it takes to put comments in.
type document struct {
	packed  *unpacked
	main    string // name of the main part
	body    []byte // its content
	prefix  string // of the main namespace in the main part: "w:"
	ns      string
	pieces  []piece        // of every part, in the order of Text.String
	anchors map[string]run // for each footnote and endnote, the run that refers to it
	first   int            // where the first paragraph's content begins in body
	tracked bool
}

// run is a stretch of XML, a whole run or a whole field, in the main part.
type run struct{ start, end int }

// piece is the text of one w:t with its place in the XML.
type piece struct {
	at       int    // in Text.String
	text     string // decoded
	part     string // name of the part
	from, to int    // in the part: the text as it stands there
	tag      run    // the start tag of w:t
	run      run    // of the main part; of other parts, the run there
	rPr      run
	only     bool // nothing else stands in the run
	number   int  // of the run in its paragraph, from 1
	field    run  // the field in whose result it stands, {} for none
	host     run  // for a text box, the outer run that holds it
	note     string
}

const (
	transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strict       = "http://purl.oclc.org/ooxml/wordprocessingml/main"
)

// readDOCX reads a Word document: its body with tables and text boxes, its
// footnotes, endnotes, headers and footers. Tracked changes are read as if accepted.
func readDOCX(content []byte) (Text, error) {
	d, err := openDOCX(content)
	if err != nil {
		return Text{}, err
	}
	var paragraphs []paragraph
	for _, name := range d.parts() {
		xml, err := d.packed.part(name)
		if err != nil {
			return Text{}, err
		}
		p := partReader{d: d, name: name, raw: xml, where: whereOf(name, d.main)}
		if err := p.read(); err != nil {
			return Text{}, fmt.Errorf("其中的 %s 读不懂；请在 Word 或 WPS 里打开后另存为 .docx", name)
		}
		for _, paragraph := range p.paragraphs {
			paragraphs = append(paragraphs, *paragraph)
		}
	}
	t := d.text(paragraphs)
	if d.tracked {
		t.notices = append(t.notices, "稿中有修订标记，按接受全部修订来读")
	}
	if strings.TrimSpace(t.String) == "" {
		return Text{}, errors.New("里面没有文字；如果内容是图片，请换成文字")
	}
	return t, nil
}

func hasName(name string) func(*zip.File) bool {
	return func(f *zip.File) bool { return f.Name == name }
}

func openDOCX(content []byte) (*document, error) {
	packed, err := unpack(content)
	if err != nil {
		return nil, err
	}
	d := &document{packed: packed, anchors: map[string]run{}, first: -1, main: "word/document.xml"}
	links, err := packed.part("_rels/.rels")
	if err != nil {
		return nil, err
	}
	for _, r := range relationsOf(links) {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			d.main = strings.TrimPrefix(r.Target, "/")
		}
	}
	if d.body, err = packed.part(d.main); err != nil {
		return nil, err
	}
	switch {
	case d.body == nil && slices.ContainsFunc(packed.File, hasName("xl/workbook.xml")):
		return nil, errors.New("是 Excel 工作簿，不是报告；请给出 Word 文档（.docx）")
	case d.body == nil && slices.ContainsFunc(packed.File, hasName("content.xml")):
		return nil, errors.New("是 OpenDocument 文件（.odt）；请打开后另存为 .docx")
	case d.body == nil:
		return nil, errors.New("是压缩包，里面没有 Word 文档；请解开后给出 .docx")
	}
	return d, nil
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

func relationsOf(content []byte) []relation {
	var links struct {
		List []relation `xml:"Relationship"`
	}
	if xml.Unmarshal(content, &links) != nil {
		return nil
	}
	return links.List
}

// parts are the parts with text: the main one first, then notes, headers and
// footers in the order of their names.
func (d *document) parts() []string {
	list := []string{d.main}
	folder := path.Dir(d.main)
	for _, kind := range []string{"footnotes", "endnotes", "header", "footer"} {
		var names []string
		for _, f := range d.packed.File {
			if base := path.Base(f.Name); path.Dir(f.Name) == folder && strings.HasPrefix(base, kind) && strings.HasSuffix(base, ".xml") {
				names = append(names, f.Name)
			}
		}
		slices.Sort(names)
		list = append(list, slices.Compact(names)...)
	}
	return list
}

func whereOf(name, main string) string {
	for kind, where := range map[string]string{"footnotes": "脚注", "endnotes": "尾注", "header": "页眉", "footer": "页脚"} {
		if name != main && strings.HasPrefix(path.Base(name), kind) {
			return where
		}
	}
	return "正文"
}

// text puts the paragraphs together. Each is a line of the text; one whose mark
// is deleted goes on in the next.
func (d *document) text(paragraphs []paragraph) Text {
	var t Text
	var b strings.Builder
	where := ""
	for _, p := range paragraphs {
		if p.where != where || len(t.parts) == 0 {
			where = p.where
			t.parts = append(t.parts, part{b.Len(), where})
		}
		for _, piece := range p.pieces {
			piece.at = b.Len()
			b.WriteString(piece.text)
			d.pieces = append(d.pieces, *piece)
		}
		if !p.goesOn {
			b.WriteByte('\n')
		}
	}
	t.String = b.String()
	t.raw, t.segments, t.document = t.String, []segment{{}}, d
	t.countLines()
	return t
}

type paragraph struct {
	where  string
	pieces []*piece
	goesOn bool // its mark is deleted: the next one belongs to it
	runs   int
}

// partReader walks over the XML of one part.
type partReader struct {
	d          *document
	name       string
	raw        []byte
	where      string
	paragraphs []*paragraph // in the order they begin

	open    []*paragraph // begun, the innermost last
	runs    []*openRun   // likewise
	rPr     run
	fields  []*field // likewise
	ended   []*piece // of a field whose last run has not ended yet
	deleted int      // depth of deleted text and of what only old programs read
	tables  int
	boxes   int
	text    bool
	tag     run
	note    string
	inPr    int
}

// openRun is a run begun, with what must be told where it ends.
type openRun struct {
	start   int
	content int // how many texts and other things stand in it
	own     []*piece
	hosted  []*piece // in text boxes within it
	notes   []string // it refers to
}

// field is a complex field begun: its code is no text, its result is.
type field struct {
	start  int
	result bool
	pieces []*piece
}

var errDepth = errors.New("nested too deep")

func (p *partReader) read() error {
	in := xml.NewDecoder(bytes.NewReader(p.raw))
	in.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("not UTF-8") }
	for depth := 0; ; {
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
			if depth++; depth > 500 {
				return errDepth
			}
			p.begin(token, from, to)
		case xml.EndElement:
			depth--
			p.finish(token.Name.Local, from, to)
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

func (p *partReader) begin(e xml.StartElement, from, to int) {
	if word := e.Name.Space == transitional || e.Name.Space == strict; !word && e.Name.Local != "Fallback" {
		return
	} else if word && p.d.ns == "" {
		p.d.ns = e.Name.Space
		name, _, _ := bytes.Cut(p.raw[from+1:to], []byte(e.Name.Local))
		p.d.prefix = string(name)
	}
	switch e.Name.Local {
	case "Fallback", "del", "moveFrom", "rt":
		if e.Name.Local == "del" && p.inPr > 0 { // the paragraph's mark is deleted
			if n := len(p.open); n > 0 {
				p.open[n-1].goesOn, p.d.tracked = true, true
			}
		}
		p.deleted++
		p.d.tracked = p.d.tracked || e.Name.Local == "del" || e.Name.Local == "moveFrom"
	case "ins", "moveTo":
		p.d.tracked = true
	case "tbl":
		p.tables++
	case "txbxContent":
		p.boxes++
	case "footnote", "endnote":
		p.note = e.Name.Local + attribute(e, "id")
	case "p":
		p.beginParagraph()
	case "pPr":
		p.inPr++
	case "r":
		p.runs = append(p.runs, &openRun{start: from})
		p.rPr = run{}
		if n := len(p.open); n > 0 {
			p.open[n-1].runs++
		}
	case "rPr":
		p.rPr.start = from
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
		if n := len(p.runs); n > 0 && p.name == p.d.main {
			p.runs[n-1].notes = append(p.runs[n-1].notes, strings.TrimSuffix(e.Name.Local, "Reference")+attribute(e, "id"))
		}
	}
}

func (p *partReader) beginParagraph() {
	where := p.where
	switch {
	case where != "正文":
	case p.boxes > 0:
		where = "文本框"
	case p.tables > 0:
		where = "表格"
	}
	q := &paragraph{where: where}
	p.open, p.paragraphs = append(p.open, q), append(p.paragraphs, q)
}

// mark adds a character that no w:t holds.
func (p *partReader) mark(text string, at int) {
	if n := len(p.open); n > 0 && p.deleted == 0 && len(p.runs) > 0 {
		p.runs[len(p.runs)-1].content++
		p.open[n-1].pieces = append(p.open[n-1].pieces, &piece{text: text, part: p.name, from: at, to: at, note: p.note})
	}
}

func (p *partReader) piece(text string, from, to int) {
	n := len(p.open)
	if n == 0 || len(p.runs) == 0 || len(p.fields) > 0 && !p.fields[len(p.fields)-1].result {
		return
	}
	q, r := p.open[n-1], p.runs[len(p.runs)-1]
	t := &piece{text: text, part: p.name, from: from, to: to, tag: p.tag, run: run{r.start, 0}, rPr: p.rPr, number: q.runs, note: p.note}
	q.pieces = append(q.pieces, t)
	r.content++
	r.own = append(r.own, t)
	if len(p.fields) > 0 {
		p.fields[0].pieces = append(p.fields[0].pieces, t)
	}
	if outer := p.runs[0]; p.boxes > 0 && outer != r {
		outer.hosted = append(outer.hosted, t)
	}
	if p.name == p.d.main && p.d.first < 0 {
		p.d.first = p.runs[0].start
	}
}

func (p *partReader) fieldMark(kind string) {
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

func (p *partReader) finish(name string, from, to int) {
	switch name {
	case "Fallback", "del", "moveFrom", "rt":
		p.deleted = max(0, p.deleted-1)
	case "tbl":
		p.tables--
	case "txbxContent":
		p.boxes--
	case "pPr":
		p.inPr--
	case "p":
		if n := len(p.open); n > 0 {
			p.open = p.open[:n-1]
		}
	case "rPr":
		if p.rPr.end == 0 {
			p.rPr.end = to
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
		t.run.end, t.only = to, r.content == 1
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
