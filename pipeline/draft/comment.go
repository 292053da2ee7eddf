package draft

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Author is who the comments in a copy of the draft are by.
const Author = "workreport"

// Commented tells whether a finding gets a comment: what is wrong, without basis
// or undecided.
func (f Finding) Commented() bool {
	return f.Verdict.Wrong() || f.Verdict == WithoutBasis || f.Verdict == Undecided
}

// edit is text put into a part, in the place of the drop bytes that stood there.
type edit struct {
	at    int
	drop  int
	opens bool
	text  string
}

// Comment writes a copy of a Word draft with a comment on each finding that
// someone must look at. Nothing else in the file changes: parts that need no
// change are copied as they are packed.
func Comment(w io.Writer, r Report) error {
	d := r.Text.document
	switch {
	case d == nil:
		return errors.New("只有 Word 文档（.docx）能加批注；工作簿、文本和网页请用 --html")
	case d.first < 0:
		return errors.New("正文里没有文字，批注没有地方放；请用 --html")
	}
	comments, err := d.packed.part(d.commentsPart())
	if err != nil {
		return err
	}
	next := firstFree(comments, d.body)
	var edits []edit
	var added strings.Builder
	spaces := map[int]bool{}
	for _, f := range r.Findings {
		if !f.Commented() {
			continue
		}
		start, end := d.anchor(f, spaces)
		mark := func(name string) string {
			if d.prefix == "" { // attributes have no default namespace
				return fmt.Sprintf(`<%s xmlns:w="%s" w:id="%d"/>`, name, d.ns, next)
			}
			return fmt.Sprintf(`<%s%s %sid="%d"/>`, d.prefix, name, d.prefix, next)
		}
		reference := fmt.Sprintf(`<%sr>%s</%sr>`, d.prefix, mark("commentReference"), d.prefix)
		opening, closing := start.before+mark("commentRangeStart")+start.after, end.before+mark("commentRangeEnd")+reference+end.after
		if start.at == end.at {
			edits = append(edits, edit{at: start.at, opens: true, text: opening + closing})
		} else {
			edits = append(edits, edit{at: start.at, opens: true, text: opening}, edit{at: end.at, text: closing})
		}
		added.WriteString(d.comment(next, f))
		next++
	}
	if len(edits) == 0 {
		return d.copy(w, nil)
	}
	for at := range spaces {
		edits = append(edits, edit{at: at, text: ` xml:space="preserve"`})
	}
	changed := map[string][]byte{d.main: apply(d.body, edits)}
	if err := d.addComments(changed, comments, added.String()); err != nil {
		return err
	}
	return d.copy(w, changed)
}

// placeIn is where something is put in: at a byte, with what must close and open around it.
type placeIn struct {
	at            int
	before, after string
}

// anchor is where a comment on a finding begins and ends. A number in a field's
// result takes the whole field; one in a note, a text box, a header or a footer
// the run that holds it or the beginning of the document: Word has no comments there.
func (d *document) anchor(f Finding, spaces map[int]bool) (start, end placeIn) {
	first, last := d.pieceAt(f.Start), d.pieceAt(f.End-1)
	around := func(a, b run) (placeIn, placeIn) { return placeIn{at: a.start}, placeIn{at: b.end} }
	whole := func(p piece) run {
		switch {
		case p.part == d.main && p.host.end > 0:
			return p.host
		case p.part == d.main && p.field.end > 0:
			return p.field
		case p.part == d.main && p.run.end > 0:
			return p.run
		case d.anchors[p.note].end > 0:
			return d.anchors[p.note]
		}
		return run{max(0, d.first), max(0, d.first)}
	}
	simple := func(p piece) bool {
		return !p.whole && p.part == d.main && p.host.end == 0 && p.field.end == 0 && p.run.end > 0
	}
	if !simple(first) || !simple(last) {
		return around(whole(first), whole(last))
	}
	return d.split(first, f.Start-first.at, spaces), d.split(last, f.End-last.at, spaces)
}

// pieceAt is the piece with a byte of the text.
func (d *document) pieceAt(at int) piece {
	i := sort.Search(len(d.pieces), func(i int) bool { return d.pieces[i].at > at }) - 1
	return d.pieces[max(0, i)]
}

// split opens a run at a byte of its text. At the edge of a run with nothing
// else in it, nothing needs to be opened.
func (d *document) split(p piece, at int, spaces map[int]bool) placeIn {
	switch {
	case at == 0 && p.only:
		return placeIn{at: p.run.start}
	case at == len(p.text) && p.only:
		return placeIn{at: p.run.end}
	}
	if tag := d.body[p.tag.start:p.tag.end]; !bytes.Contains(tag, []byte("preserve")) && !bytes.Contains(tag, []byte("space=")) {
		spaces[p.tag.start+1+len(d.prefix)+len("t")] = true
	}
	w := d.prefix
	return placeIn{
		at:     p.from + rawLength(d.body[p.from:p.to], at),
		before: fmt.Sprintf(`</%st></%sr>`, w, w),
		after:  fmt.Sprintf(`<%sr>%s<%st xml:space="preserve">`, w, d.body[p.rPr.start:p.rPr.end], w),
	}
}

// rawLength is how many bytes of XML stand for so many bytes of text.
func rawLength(raw []byte, bytesOfText int) int {
	at := 0
	for text := 0; text < bytesOfText && at < len(raw); {
		if raw[at] != '&' {
			if raw[at] == '\r' && at+1 < len(raw) && raw[at+1] == '\n' { // read as one line break
				at++
			}
			at++
			text++
			continue
		}
		end := bytes.IndexByte(raw[at:], ';') + 1
		var s string
		if xml.Unmarshal([]byte("<t>"+string(raw[at:at+end])+"</t>"), &s) != nil {
			s = " "
		}
		text += len(s)
		at += end
	}
	return at
}

var commentID = regexp.MustCompile(`:?(?:comment|commentRangeStart|commentReference)\s[^>]*?id\s*=\s*["'](\d{1,9})["']`)

// firstFree is the first number that no comment of the document has.
func firstFree(parts ...[]byte) int {
	next := 0
	for _, part := range parts {
		for _, match := range commentID.FindAllSubmatch(part, -1) {
			id, _ := strconv.Atoi(string(match[1]))
			next = max(next, id+1)
		}
	}
	return next
}

// comment is a finding as a comment: the verdict, what the records give, why,
// and how to write it.
func (d *document) comment(id int, f Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:comment xmlns:w="%s" w:id="%d" w:author="%s" w:initials="核">`, d.ns, id, Author)
	for _, line := range f.Lines() {
		fmt.Fprintf(&b, `<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, escaped(line))
	}
	b.WriteString(`</w:comment>`)
	return b.String()
}

func escaped(text string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(text))
	return b.String()
}

// relationsPart is the part with the relations of the main part.
func (d *document) relationsPart() string {
	return relationsPart(d.main)
}

// commentsPart is the part with the comments, by the main part's relation to it
// or, where there is none, the name it will have.
func (d *document) commentsPart() string {
	links, _ := d.packed.part(d.relationsPart())
	for _, r := range relationsOf(links) {
		if strings.HasSuffix(r.Type, "/comments") {
			return d.target(r)
		}
	}
	return path.Join(path.Dir(d.main), "comments.xml")
}

const packageNS = "http://schemas.openxmlformats.org/package/2006/"

// addComments puts the comments into their part, and makes the part and its
// relation where the document has none.
func (d *document) addComments(changed map[string][]byte, comments []byte, added string) error {
	name := d.commentsPart()
	if comments != nil {
		all, err := appendInside(comments, added)
		changed[name] = all
		return err
	}
	changed[name] = []byte(xml.Header + `<w:comments xmlns:w="` + d.ns + `">` + added + `</w:comments>`)
	links, err := d.packed.part(d.relationsPart())
	if err != nil {
		return err
	}
	kind := "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
	if d.ns == strict {
		kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
	}
	link := fmt.Sprintf(`<Relationship xmlns="%srelationships" Id="rIdWorkreportComments" Type="%s" Target="%s"/>`, packageNS, kind, path.Base(name))
	if links == nil {
		links = []byte(xml.Header + `<Relationships xmlns="` + packageNS + `relationships"></Relationships>`)
	}
	if changed[d.relationsPart()], err = appendInside(links, link); err != nil {
		return err
	}
	types, err := d.packed.part("[Content_Types].xml")
	if err != nil {
		return err
	}
	override := fmt.Sprintf(`<Override xmlns="%scontent-types" PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>`, packageNS, name)
	changed["[Content_Types].xml"], err = appendInside(types, override)
	return err
}

// appendInside puts an element before the end tag of the root, and opens a root
// that is closed in itself.
func appendInside(content []byte, element string) ([]byte, error) {
	in := xml.NewDecoder(bytes.NewReader(content))
	for depth, name := 0, ""; ; {
		from := int(in.InputOffset())
		token, err := in.Token()
		if err != nil {
			return nil, errors.New("其中的目录或批注读不懂；请在 Word 或 WPS 里打开后另存为 .docx")
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth == 1 {
				tag := content[from+1 : in.InputOffset()]
				name = string(tag[:bytes.IndexAny(tag, " \t\r\n/>")])
			}
		case xml.EndElement:
			if depth--; depth > 0 {
				continue
			}
			if int(in.InputOffset()) == from { // no end tag: the root is closed in itself
				return slices.Concat(content[:from-2], []byte(">"+element+"</"+name+">"), content[from:]), nil
			}
			return slices.Concat(content[:from], []byte(element), content[from:]), nil
		}
	}
}

// copy writes the package: changed parts anew, all others as they are packed.
func (d *document) copy(w io.Writer, changed map[string][]byte) error {
	out := zip.NewWriter(w)
	written, err := d.packed.copy(out, changed)
	if err != nil {
		return err
	}
	var stamp zip.FileHeader
	if i := slices.IndexFunc(d.packed.File, hasName(d.main)); i >= 0 {
		stamp = d.packed.File[i].FileHeader
	}
	for _, name := range []string{d.relationsPart(), d.commentsPart()} {
		if content, anew := changed[name]; anew && !written[name] {
			if err := add(out, stamp, name, content); err != nil {
				return err
			}
		}
	}
	return out.Close()
}
