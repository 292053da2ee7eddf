package draft

import (
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
	pieces  []piece           // of every part, in the order of Text.String
	twins   []piece           // the same for old programs, where they have their own copy
	raw     map[string][]byte // the parts that were read
	anchors map[string]run    // for each footnote and endnote, the run that refers to it
	first   int               // where the first paragraph's content begins in body
	tracked bool
	hidden  bool // text was passed over that Word does not show
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
	whole    bool   // cannot be split: a comment takes the run
	fixed    string // why it is not to be written anew, "" where it may be

	untracked bool // tracked changes in it go wrong
}

const (
	transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strict       = "http://purl.oclc.org/ooxml/wordprocessingml/main"
)

// readDOCX reads a Word document: its body with tables and text boxes, its
// footnotes, endnotes, headers and footers. Tracked changes are read as if accepted.
func readDOCX(packed *unpacked, main string, body []byte) (Text, error) {
	d := &document{packed: packed, main: main, body: body, anchors: map[string]run{}, raw: map[string][]byte{}, first: -1}
	var paragraphs []paragraph
	unended := false
	names, where := d.parts()
	for _, name := range names {
		xml, err := d.packed.part(name)
		if err != nil {
			return Text{}, err
		}
		p := partReader{d: d, name: name, raw: xml, where: where[name]}
		err = p.read()
		if err == nil && len(p.fields) > 0 { // a field that does not end would hide what follows
			p = partReader{d: d, name: name, raw: xml, where: p.where, plainFields: true}
			err = p.read()
			unended = true
		}
		if err != nil {
			return Text{}, packed.unreadable(name)
		}
		d.raw[name] = xml
		paragraphs = append(paragraphs, withTwins(p.paragraphs)...)
	}
	t := d.text(paragraphs)
	if d.tracked {
		t.notices = append(t.notices, "稿中有修订标记，按接受全部修订来读")
	}
	if d.hidden {
		t.notices = append(t.notices, "稿中有隐藏的文字，看不见的没有读")
	}
	if unended {
		t.notices = append(t.notices, "稿中有没有结束的域，域代码也当作文字读了；请在 Word 里按 F9 更新后再核对")
	}
	return t, nil
}

// wheres are what the parts with text beside the main one are called.
var wheres = map[string]string{"footnotes": "脚注", "endnotes": "尾注", "header": "页眉", "footer": "页脚"}

// parts are the parts with text, and what each is called: the main one first,
// then notes, headers and footers, as the main part's relations name them.
func (d *document) parts() (names []string, where map[string]string) {
	names, where = []string{d.main}, map[string]string{d.main: "正文"}
	links, _ := d.packed.part(d.relationsPart())
	list := relationsOf(links)
	for _, kind := range []string{"footnotes", "endnotes", "header", "footer"} {
		var found []string
		for _, r := range list {
			if strings.HasSuffix(r.Type, "/"+kind) {
				name := d.target(r)
				if where[name] == "" {
					found, where[name] = append(found, name), wheres[kind]
				}
			}
		}
		slices.Sort(found)
		names = append(names, found...)
	}
	return names, where
}

// target is the part that a relation of the main part leads to.
func (d *document) target(r relation) string {
	return resolved(d.main, r)
}

// withTwins are the paragraphs that are read, each with its copy for old programs.
func withTwins(all []*paragraph) (list []paragraph) {
	copies := map[int][]*paragraph{}
	for _, q := range all {
		if q.old {
			copies[q.choice] = append(copies[q.choice], q)
		}
	}
	read := map[int]int{}
	for _, q := range all {
		if q.old {
			continue
		}
		if of := copies[q.choice]; q.choice > 0 && len(of) > 0 {
			k := read[q.choice]
			read[q.choice]++
			if q.unlike = k >= len(of) || of[k].text() != q.text(); !q.unlike {
				q.twin = of[k]
			}
		}
		list = append(list, *q)
	}
	return list
}

// fixed says why a paragraph is not to be written anew, "" where it may be.
func (q *paragraph) fixed() string {
	for _, piece := range q.pieces {
		if piece.fixed != "" {
			return piece.fixed
		}
	}
	return ""
}

func (q *paragraph) text() string {
	var b strings.Builder
	for _, piece := range q.pieces {
		b.WriteString(piece.text)
	}
	return b.String()
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
		begins := b.Len()
		for _, piece := range p.pieces {
			piece.at = b.Len()
			b.WriteString(piece.text)
			switch {
			case p.twin != nil && piece.fixed == "":
				piece.fixed = p.twin.fixed()
			case p.unlike:
				piece.fixed = "文本框存有两份，内容不同；请在 Word 里改"
			}
			d.pieces = append(d.pieces, *piece)
		}
		if p.twin != nil {
			for _, piece := range p.twin.pieces {
				piece.at = begins
				begins += len(piece.text)
				d.twins = append(d.twins, *piece)
			}
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
