package draft

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"workreport/pipeline/source"
)

// The namespace of workbooks, and the one of their strict form.
const (
	bookNS       = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	bookNSStrict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
)

// maxRuns is how many texts cells may share, and how many runs these may have.
const maxRuns = 1_000_000

// textRun is a stretch of a cell's text in one face.
type textRun struct {
	text string
	rPr  []byte // its element as it stands in its part, nil for none
}

// walk hands on the elements of a workbook's part, those of other namespaces
// left out, with where each tag and text begins and ends.
func walk(raw []byte, each func(token xml.Token, from, to int) error) error {
	in := xml.NewDecoder(bytes.NewReader(raw))
	in.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("not UTF-8") }
	depth, foreign := 0, 0 // of what is open, and of what is open since one of another namespace began
	for {
		from := int(in.InputOffset())
		token, err := in.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth++; depth > deepest {
				return errDepth
			}
			if foreign > 0 || token.Name.Space != bookNS && token.Name.Space != bookNSStrict {
				foreign++
			}
		case xml.EndElement:
			if depth--; foreign > 0 {
				foreign--
				continue
			}
		}
		if foreign > 0 {
			continue
		}
		if err := each(token, from, int(in.InputOffset())); err != nil {
			return err
		}
	}
}

// richText gathers the runs of an element si or is (18.4.8), without the
// readings that phonetic runs give.
type richText struct {
	raw      []byte
	runs     []textRun
	rPr      run
	text     strings.Builder
	phonetic bool
	inText   bool
}

func (r *richText) take(token xml.Token, from, to int) {
	switch token := token.(type) {
	case xml.StartElement:
		switch token.Name.Local {
		case "r":
			r.rPr = run{}
		case "rPr":
			r.rPr = run{from, 0}
		case "rPh":
			r.phonetic = true
		case "t":
			r.inText = !r.phonetic
		}
	case xml.CharData:
		if r.inText {
			r.text.Write(token)
		}
	case xml.EndElement:
		switch token.Name.Local {
		case "rPr":
			r.rPr.end = to
		case "rPh":
			r.phonetic = false
		case "t":
			r.endText()
		}
	}
}

func (r *richText) endText() {
	if r.inText && r.text.Len() > 0 {
		one := textRun{text: string(source.Unescape([]byte(r.text.String())))}
		if r.rPr.end > 0 {
			one.rPr = r.raw[r.rPr.start:r.rPr.end]
		}
		r.runs = append(r.runs, one)
	}
	r.text.Reset()
	r.inText = false
}

// sharedTexts reads the texts that cells refer to by number.
func sharedTexts(raw []byte) ([][]textRun, error) {
	var texts [][]textRun
	rich, all := &richText{raw: raw}, 0
	err := walk(raw, func(token xml.Token, from, to int) error {
		switch name := elementName(token); token.(type) {
		case xml.StartElement:
			if name == "si" {
				rich = &richText{raw: raw}
			}
			rich.take(token, from, to)
		case xml.EndElement:
			rich.take(token, from, to)
			if name == "si" {
				texts, all = append(texts, rich.runs), all+1+len(rich.runs)
			}
		default:
			rich.take(token, from, to)
		}
		if all+len(rich.runs) > maxRuns {
			return errTooLarge
		}
		return nil
	})
	return texts, err
}

// elementName is the name of the element that a tag begins or ends, "" for no tag.
func elementName(token xml.Token) string {
	switch token := token.(type) {
	case xml.StartElement:
		return token.Name.Local
	case xml.EndElement:
		return token.Name.Local
	}
	return ""
}

// face writes a run's properties anew, with the prefix that the namespace has
// in another part.
func (t textRun) face(prefix string) string {
	var b strings.Builder
	in := xml.NewDecoder(bytes.NewReader(t.rPr))
	for depth := 0; ; {
		token, err := in.RawToken()
		if err != nil {
			return b.String()
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth++; depth == 2 {
				b.WriteString("<" + prefix + token.Name.Local + attributes(token.Attr) + "/>")
			}
		case xml.EndElement:
			depth--
		}
	}
}

// attributes writes those attributes of a tag that have no namespace, all but
// the ones named.
func attributes(list []xml.Attr, but ...string) string {
	var b strings.Builder
	for _, a := range list {
		skip := a.Name.Space != "" || a.Name.Local == "xmlns"
		for _, name := range but {
			skip = skip || a.Name.Local == name
		}
		if !skip {
			fmt.Fprintf(&b, ` %s="%s"`, a.Name.Local, escaped(a.Value))
		}
	}
	return b.String()
}
