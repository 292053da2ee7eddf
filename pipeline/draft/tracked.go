package draft

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

// fixed says why a passage is not to be written anew: what it stands in, or what
// stands within it.
func (d *document) fixed(from, to int, how Revision) string {
	var last *piece
	for _, p := range covering(d.pieces, from, to) {
		switch {
		case p.fixed != "":
			return p.fixed
		case p.untracked && !how.Plain:
			return "在内容控件里，修订标记在有的软件里会显示错；请自己改，或加 --accept 直接改"
		case p.run.end == 0 || p.tag.end == 0:
			return "中间有换行、制表符或不间断连字符，请在 Word 里改"
		case last == nil:
		case last.part != p.part || last.to > p.from:
			return "不在一处文字里，请在 Word 里改"
		case parted.Match(d.raw[p.part][last.to:p.from]):
			return "中间有修订标记或段落标记，请先接受或拒绝修订"
		}
		last = &p
	}
	return ""
}

// parted finds what must not stand within a passage: a tracked change, the end of a paragraph.
var parted = regexp.MustCompile(`</?(?:[^\s<>/:]+:)?(?:del|ins|moveFrom|moveTo|p)[\s/>]`)

// covering are the pieces with a byte of the passage.
func covering(pieces []piece, from, to int) (list []piece) {
	first := sort.Search(len(pieces), func(i int) bool { return pieces[i].at+len(pieces[i].text) > from })
	for _, p := range pieces[first:] {
		if p.at >= to {
			break
		}
		if p.text != "" {
			list = append(list, p)
		}
	}
	return list
}

// replace writes the package with the passages replaced. Parts without one are
// copied as they are packed.
func (d *document) replace(w io.Writer, list []Replacement, how Revision) error {
	rewriter := rewriter{d: d, how: how, edits: map[string][]edit{}, tags: map[place]bool{}, next: d.firstFreeMark()}
	for _, r := range list {
		for _, pieces := range [][]piece{covering(d.pieces, r.From, r.To), covering(d.twins, r.From, r.To)} {
			if len(pieces) == 0 {
				continue
			}
			if how.Plain {
				rewriter.plainly(pieces, r)
			} else {
				rewriter.tracked(pieces, r)
			}
		}
	}
	changed := map[string][]byte{}
	for part, edits := range rewriter.edits {
		changed[part] = apply(d.raw[part], edits)
	}
	return d.copy(w, changed)
}

// markID begins behind the letters id.
var markID = regexp.MustCompile(`^\s*=\s*["'](\d{1,9})["']`)

// firstFreeMark is the first number that no mark of the parts has.
func (d *document) firstFreeMark() int {
	next := 1
	for _, content := range d.raw {
		for at := bytes.Index(content, []byte("id")); at >= 0; {
			content = content[at+len("id"):]
			if match := markID.FindSubmatch(content[:min(len(content), 40)]); match != nil {
				id, _ := strconv.Atoi(string(match[1]))
				next = max(next, id+1)
			}
			at = bytes.Index(content, []byte("id"))
		}
	}
	return next
}

// rewriter collects the edits of the parts.
type rewriter struct {
	d     *document
	how   Revision
	edits map[string][]edit
	tags  map[place]bool // start tags of texts that were changed
	next  int
}

// place is a byte of a part.
type place struct {
	part string
	at   int
}

// cut is the part of a piece that a passage takes, with its place in the XML.
type cut struct {
	piece
	raw      []byte // of its part
	a, b     int    // of the piece's text
	from, to int    // of the XML
	w        string // the prefix of Word's elements: "w:"
}

func (x *rewriter) cut(p piece, r Replacement) cut {
	c := cut{piece: p, raw: x.d.raw[p.part], a: max(0, r.From-p.at), b: min(len(p.text), r.To-p.at)}
	inside := c.raw[p.from:p.to]
	c.from, c.to = p.from+rawLength(inside, c.a), p.from+rawLength(inside, c.b)
	tag := c.raw[p.tag.start+1 : p.tag.end]
	name := tag[:bytes.IndexAny(tag, " \t\r\n/>")]
	c.w = string(name[:bytes.IndexByte(name, ':')+1])
	return c
}

// endTag is where the end tag of the text ends, 0 where something else stands before it.
func (c cut) endTag() int {
	if !bytes.HasPrefix(c.raw[c.piece.to:], []byte("</")) {
		return 0
	}
	return c.piece.to + bytes.IndexByte(c.raw[c.piece.to:], '>') + 1
}

// plainly puts the new text in the place of the old: into the first of the runs,
// so that it is formatted like the first character. Runs left empty go.
func (x *rewriter) plainly(pieces []piece, r Replacement) {
	with := escaped(r.With)
	for i, p := range pieces {
		c := x.cut(p, r)
		if i > 0 && c.beginsRun() && c.endsRun() {
			x.edit(c, edit{at: c.run.start, drop: c.run.end - c.run.start})
			continue
		}
		x.edit(c, edit{at: c.from, drop: c.to - c.from, text: with})
		x.preserve(c)
		with = ""
	}
}

func (x *rewriter) edit(c cut, e edit) { x.edits[c.part] = append(x.edits[c.part], e) }

// preserve makes a text keep the blanks that now stand at its edge.
func (x *rewriter) preserve(c cut) {
	if spaceKept.Match(c.raw[c.tag.start:c.tag.end]) || !x.first(c) {
		return
	}
	x.edit(c, edit{at: c.tag.start + 1 + len(c.w) + len("t"), text: ` xml:space="preserve"`})
	const blanks = " \t\r\n" // at the edges, which Word did not show
	if lead := len(c.text) - len(strings.TrimLeft(c.text, blanks)); lead > 0 && lead <= c.a {
		x.edit(c, edit{at: c.piece.from, drop: rawLength(c.raw[c.piece.from:c.piece.to], lead)})
	}
	if end := len(strings.TrimRight(c.text, blanks)); end < len(c.text) && end >= c.b {
		at := c.piece.from + rawLength(c.raw[c.piece.from:c.piece.to], end)
		x.edit(c, edit{at: at, opens: true, drop: c.piece.to - at})
	}
}

var spaceKept = regexp.MustCompile(`xml:space\s*=`)

// first tells whether the start tag of the text has not been changed yet.
func (x *rewriter) first(c cut) bool {
	tag := place{c.part, c.tag.start}
	known := x.tags[tag]
	x.tags[tag] = true
	return !known
}

// tracked marks the old text as deleted and puts the new text, formatted like
// its first character, behind it as inserted. Runs side by side make one
// deletion (ISO/IEC 29500-1, 17.13.5).
func (x *rewriter) tracked(pieces []piece, r Replacement) {
	open := false // a deletion is begun and goes on
	for i, p := range pieces {
		c := x.cut(p, r)
		goesOn, inserted := false, ""
		if i+1 < len(pieces) {
			goesOn = c.endsRun() && x.cut(pieces[i+1], r).beginsRun() && between.Match(c.raw[c.run.end:pieces[i+1].run.start])
		} else {
			inserted = x.insertion(x.cut(pieces[0], r), r.With)
		}
		opening, closing := "", ""
		if !open {
			opening = x.mark(c.w, "del")
		}
		if !goesOn {
			closing = "</" + c.w + "del>" + inserted
		}
		x.delete(c, opening, closing)
		open = goesOn
	}
}

// between is what may stand in a deletion between two runs.
var between = regexp.MustCompile(`^(?:\s|<(?:[^\s<>/:]+:)?(?:proofErr|bookmarkStart|bookmarkEnd)\b[^>]*/>)*$`)

// beginsRun and endsRun tell whether the cut's edge is the edge of the run.
func (c cut) beginsRun() bool { return c.only && c.a == 0 && c.endTag() > 0 }
func (c cut) endsRun() bool   { return c.only && c.b == len(c.text) && c.endTag() > 0 }

// delete makes deleted text of a cut: at the edges of a run the run itself is
// taken in, elsewhere it is split.
func (x *rewriter) delete(c cut, opening, closing string) {
	run := func(text string) string {
		return fmt.Sprintf(`<%sr>%s<%s%s xml:space="preserve">`, c.w, x.copied(c.raw[c.rPr.start:c.rPr.end]), c.w, text)
	}
	if c.beginsRun() {
		x.first(c)
		x.edit(c, edit{at: c.run.start, opens: true, text: opening})
		x.edit(c, edit{at: c.tag.start, drop: c.tag.end - c.tag.start, text: `<` + c.w + `delText xml:space="preserve">`})
	} else {
		x.preserve(c)
		x.edit(c, edit{at: c.from, opens: true, text: `</` + c.w + `t></` + c.w + `r>` + opening + run("delText")})
	}
	if c.endsRun() {
		end := c.endTag()
		x.edit(c, edit{at: c.piece.to, drop: end - c.piece.to, text: `</` + c.w + `delText>`})
		x.edit(c, edit{at: c.run.end, text: closing})
	} else {
		x.edit(c, edit{at: c.to, text: `</` + c.w + `delText></` + c.w + `r>` + closing + run("t")})
	}
}

var propertyID = regexp.MustCompile(`(?s)(<(?:[^\s<>/:]+:)?rPrChange\b[^>]*?id\s*=\s*)["']\d+["']`)

// copied are the properties of a run for another part of it: a tracked change of
// them gets a number of its own.
func (x *rewriter) copied(properties []byte) []byte {
	return propertyID.ReplaceAllFunc(properties, func(change []byte) []byte {
		x.next++
		return fmt.Appendf(nil, `%s"%d"`, propertyID.FindSubmatch(change)[1], x.next-1)
	})
}

var propertyChange = regexp.MustCompile(`(?s)<([^\s<>/:]+:)?rPrChange\b.*?</([^\s<>/:]+:)?rPrChange>`)

// insertion is the new text as an inserted run with the properties of the run
// that the cut is in.
func (x *rewriter) insertion(c cut, with string) string {
	if with == "" {
		return ""
	}
	properties := propertyChange.ReplaceAll(c.raw[c.rPr.start:c.rPr.end], nil)
	return fmt.Sprintf(`%s<%sr>%s<%st xml:space="preserve">%s</%st></%sr></%sins>`, x.mark(c.w, "ins"), c.w, properties, c.w, escaped(with), c.w, c.w, c.w)
}

// mark is the start tag of a tracked change.
func (x *rewriter) mark(w, name string) string {
	attributes, declared := w, ""
	if w == "" { // attributes have no default namespace
		attributes, declared = "w:", fmt.Sprintf(` xmlns:w="%s"`, x.d.ns)
	}
	tag := fmt.Sprintf(`<%s%s%s %sid="%d" %sauthor="%s" %sdate="%s">`, w, name, declared, attributes, x.next, attributes, escaped(x.how.Author),
		attributes, x.how.Date.UTC().Format(time.RFC3339))
	x.next++
	return tag
}

// apply makes the edits. At one place, what closes goes before what opens.
func apply(content []byte, edits []edit) []byte {
	slices.SortStableFunc(edits, func(a, b edit) int {
		switch {
		case a.at != b.at || a.opens == b.opens:
			return cmp.Compare(a.at, b.at)
		case a.opens:
			return 1
		}
		return -1
	})
	var b bytes.Buffer
	at := 0
	for _, e := range edits {
		b.Write(content[at:e.at])
		b.WriteString(e.text)
		at = e.at + e.drop
	}
	b.Write(content[at:])
	return b.Bytes()
}
