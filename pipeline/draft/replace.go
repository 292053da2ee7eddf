package draft

import (
	"errors"
	"io"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/diff"

	"workreport/pipeline/source"
)

// Replacement is what a passage of a draft is to be replaced by.
type Replacement struct {
	From, To int // bytes of Text.String
	With     string
	stored   string // what a cell with a number is to hold, shown as With
}

// Revision says how passages are replaced: as tracked changes that a person
// accepts or refuses, where the format has them, or plainly.
type Revision struct {
	Author string
	Date   time.Time
	Plain  bool
}

// fixed says in Chinese why a passage is not to be replaced, "" where it may be.
func (t Text) fixed(from, to int, how Revision) string {
	switch {
	case t.document != nil:
		return t.document.fixed(from, to, how)
	case t.book != nil:
		return t.book.fixed(from, to)
	}
	return ""
}

// Tracks tells whether the draft's format has tracked changes.
func (t Text) Tracks() bool { return t.document != nil }

// Replace writes a copy of the draft with the passages replaced, sorted and
// none overlapping, each one that is not fixed. All else stays as it is.
func (t Text) Replace(w io.Writer, list []Replacement, how Revision) error {
	switch {
	case t.document != nil:
		return t.document.replace(w, list, how)
	case t.book != nil:
		return t.book.replace(w, list)
	case t.file == nil:
		return errors.New("网页改不了；请用原来的 Word 文档（.docx）")
	}
	text, err := t.rewritten(list)
	if err != nil {
		return err
	}
	content, err := source.Encode(text, t.file)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

// rewritten is the file's text with the passages replaced, its line breaks and
// the marks of Markdown as they were.
func (t Text) rewritten(list []Replacement) (string, error) {
	text, err := source.Decode(t.file)
	if err != nil {
		return "", err
	}
	if back, err := source.Encode(text, t.file); err != nil || string(back) != string(t.file) {
		return "", errors.New("有的字按原来的编码写不回去；请另存为 UTF-8 的文本或 .docx")
	}
	var b strings.Builder
	done, raw := 0, 0        // bytes of text and of t.raw that are written
	copyTo := func(to int) { // t.raw has \n for \r\n and for \r
		for ; raw < to; raw++ {
			if t.raw[raw] == '\n' && strings.HasPrefix(text[done:], "\r\n") {
				b.WriteByte('\r')
				done++
			}
			b.WriteByte(text[done])
			done++
		}
	}
	for _, r := range list {
		for i, s := range t.stretches(r.From, r.To) {
			copyTo(s.start)
			if i == 0 {
				b.WriteString(r.With)
			}
			done, raw = done+s.end-s.start, s.end
		}
	}
	copyTo(len(t.raw))
	return b.String(), nil
}

// stretches are where the characters of a passage stand in t.raw: what stands
// between them there, a line break or a mark of Markdown, is no part of it.
func (t Text) stretches(from, to int) (list []run) {
	for at := from; at < to; at++ {
		where := t.position(at)
		if where >= len(t.raw) || t.raw[where] != t.String[at] {
			continue
		}
		if n := len(list); n > 0 && list[n-1].end == where {
			list[n-1].end++
		} else {
			list = append(list, run{where, where + 1})
		}
	}
	return list
}

// verbatim tells whether a passage stands in the file just so.
func (t Text) verbatim(from, to int) bool {
	start := t.position(from)
	return t.file == nil || strings.HasPrefix(t.raw[start:], t.String[from:to])
}

// Diff is what a refresh did to the lines of a text file, as a unified diff, \n at
// their ends; "" for a document and where nothing changed.
func (r Refreshed) Diff(oldName, newName string) (string, error) {
	t := r.Before.Text
	if t.file == nil {
		return "", nil
	}
	text, err := source.Decode(r.Content)
	if err != nil {
		return "", err
	}
	return string(diff.Diff(oldName, []byte(t.raw), newName, []byte(unixLines(text)))), nil
}
