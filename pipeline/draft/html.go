package draft

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks are the elements that end a paragraph.
var blocks = map[atom.Atom]bool{}

func init() {
	for _, a := range []atom.Atom{atom.P, atom.Div, atom.Li, atom.Td, atom.Th, atom.Tr, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Title, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Blockquote, atom.Ul, atom.Ol, atom.Dt, atom.Dd, atom.Figcaption, atom.Caption, atom.Br, atom.Hr, atom.Body} {
		blocks[a] = true
	}
}

// htmlText reads the text of a page; scripts and styles are none of it.
func htmlText(raw string) Text {
	t := Text{raw: raw}
	t.countLines()
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(raw))
	at, hidden := 0, 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		from := at
		at += len(z.Raw())
		name, _ := z.TagName()
		tag := atom.Lookup(name)
		switch {
		case tag == atom.Script || tag == atom.Style || tag == atom.Template || tag == atom.Noscript:
			if kind == html.StartTagToken {
				hidden++
			} else if kind == html.EndTagToken {
				hidden = max(0, hidden-1)
			}
		case kind == html.TextToken && hidden == 0:
			t.unescape(&b, from, at)
		case (tag == atom.Td || tag == atom.Th) && kind != html.TextToken:
			t.end(&b, from)
			where := ""
			if kind == html.StartTagToken {
				where = "表格"
			}
			t.parts = append(t.parts, part{b.Len(), where})
		case blocks[tag] && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n"):
			t.end(&b, from)
		}
	}
	t.end(&b, len(raw))
	t.String = b.String()
	return t
}

// unescape adds the text raw[from:to], its entities read and its line breaks
// made blanks, character by character.
func (t *Text) unescape(b *strings.Builder, from, to int) {
	for at := from; at < to; {
		size := 1
		text := t.raw[at : at+1]
		switch c := t.raw[at]; {
		case c == '&':
			if end := strings.IndexByte(t.raw[at:min(to, at+12)], ';'); end > 0 {
				size = end + 1
				text = html.UnescapeString(t.raw[at : at+size])
			}
		case c == '\n':
			text = ""
		case c >= utf8.RuneSelf:
			_, size = utf8.DecodeRuneInString(t.raw[at:to])
			text = t.raw[at : at+size]
		}
		s := segment{at: b.Len(), from: at}
		if size != len(text) {
			s.size = size
		}
		t.segments = append(t.segments, s)
		b.WriteString(text)
		at += size
	}
}
