package proof

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// page is an HTML page as it is read: its tables, and the cards that open the
// page of charts.
type page struct {
	tables []shown
	cards  [][2]string // name and number

	open    []string // elements, the innermost last
	caption string
	row     []item
	inHead  bool
	band    bool   // the row is a heading within the table
	reading string // the element whose text is wanted, "" for none
	text    strings.Builder
}

// void are the elements that have no end.
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// data is how a script that is data is called here.
const data = "script of data"

// pageOf reads a page, in which every element that is opened must be closed.
func pageOf(f *finding, content []byte) *page {
	p := &page{}
	for z := html.NewTokenizer(bytes.NewReader(content)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind == html.TextToken {
			p.read(f, z)
			continue
		}
		name, more := z.TagName()
		tag := string(name)
		switch kind {
		case html.StartTagToken:
			p.begin(tag, attributesOf(z, more))
		case html.EndTagToken:
			if !p.end(tag) {
				f.say("不是完好的 HTML：</%s> 没有对应的开头", tag)
				return p
			}
		}
	}
	if len(p.open) > 0 {
		f.say("不是完好的 HTML：<%s> 没有结束", p.open[len(p.open)-1])
	}
	return p
}

func attributesOf(z *html.Tokenizer, more bool) map[string]string {
	var all map[string]string
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "class", "type", "scope":
			if all == nil {
				all = map[string]string{}
			}
			all[string(key)] = string(value)
		}
	}
	return all
}

func (p *page) read(f *finding, z *html.Tokenizer) {
	if last := len(p.open) - 1; last >= 0 && p.open[last] == data {
		if !json.Valid(z.Raw()) {
			f.say("里有一段数据不是完好的 JSON")
		}
		return
	}
	if p.reading != "" {
		p.text.Write(z.Text())
	}
}

func (p *page) begin(tag string, attributes map[string]string) {
	switch {
	case slices.Contains(void, tag):
		return
	case tag == "script" && attributes["type"] == "application/json":
		p.open = append(p.open, data)
		return
	}
	p.open = append(p.open, tag)
	switch tag {
	case "table":
		p.tables = append(p.tables, shown{caption: p.caption})
	case "thead":
		p.inHead = true
	case "tr":
		p.row, p.band = nil, false
	case "th":
		p.band = attributes["scope"] == "rowgroup"
	}
	wanted := slices.Contains([]string{"h2", "h3", "h4", "td", "th", "strong"}, tag) ||
		attributes["class"] == "label" || tag == "span" && attributes["class"] == "name"
	if wanted && p.reading == "" {
		p.reading = tag
		p.text.Reset()
	}
}

// end closes an element; false where it is not the one that is open.
func (p *page) end(tag string) bool {
	last := len(p.open) - 1
	if last < 0 || p.open[last] != tag && !(tag == "script" && p.open[last] == data) {
		return false
	}
	p.open = p.open[:last]
	switch {
	case tag == "thead":
		p.inHead = false
	case tag == "tr":
		p.endRow()
	case tag == p.reading:
		p.reading = ""
		p.take(tag, p.text.String())
	}
	return true
}

func (p *page) take(tag, text string) {
	switch tag {
	case "td", "th":
		p.row = append(p.row, item{text: text})
	case "span":
		p.cards = append(p.cards, [2]string{text})
	case "strong":
		if last := len(p.cards) - 1; last >= 0 && p.cards[last][1] == "" {
			p.cards[last][1] = text
		}
	default:
		p.caption = text
	}
}

func (p *page) endRow() {
	if len(p.tables) == 0 {
		return
	}
	of := &p.tables[len(p.tables)-1]
	switch {
	case p.inHead:
		of.head = nil
		for _, it := range p.row {
			of.head = append(of.head, it.text)
		}
	case !p.band:
		of.rows = append(of.rows, p.row)
	}
}
