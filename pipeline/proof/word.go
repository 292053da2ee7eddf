package proof

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// shown is a table read out of a document.
type shown struct {
	caption string   // 表N　…, "" for a list, which stands below a heading
	head    []string // the last heading row
	rows    [][]item // without the headings, and without the bands between rows
}

var continued = regexp.MustCompile(`^续表\d+　`)

// word is a Word document as it is read. A template names the styles, so a caption
// is told by the field that numbers it.
type word struct {
	tables        []shown
	caption       string
	text, code    strings.Builder
	row           []item
	columns       int
	inTable, head bool
	into          *strings.Builder // where text goes, nil between texts
}

func wordTables(f *finding, part []byte) []shown {
	w := &word{}
	err := eachToken(part, func(token xml.Token) {
		switch token := token.(type) {
		case xml.StartElement:
			w.begin(token.Name.Local)
		case xml.CharData:
			if w.into != nil {
				w.into.Write(token)
			}
		case xml.EndElement:
			w.end(token.Name.Local)
		}
	})
	if err != nil {
		f.say("里的 word/document.xml 不是完好的 XML：%v", err)
	}
	return w.tables
}

func (w *word) begin(element string) {
	switch element {
	case "tbl":
		w.inTable, w.columns = true, 0
		w.tables = append(w.tables, shown{caption: w.caption})
	case "gridCol":
		w.columns++
	case "tr":
		w.row, w.head = nil, false
	case "tblHeader":
		w.head = true
	case "tc":
		w.text.Reset()
	case "p":
		if !w.inTable {
			w.text.Reset()
			w.code.Reset()
		}
	case "t":
		w.into = &w.text
	case "instrText":
		w.into = &w.code
	case "br":
		w.text.WriteByte('\n')
	}
}

func (w *word) end(element string) {
	switch element {
	case "t", "instrText":
		w.into = nil
	case "tc":
		w.row = append(w.row, item{text: w.text.String()})
	case "tr":
		w.endRow()
	case "tbl":
		w.inTable, w.caption = false, ""
	case "p":
		if text := w.text.String(); !w.inTable && (continued.MatchString(text) || strings.Contains(w.code.String(), "SEQ 表 ")) {
			w.caption = strings.TrimPrefix(text, "续")
		}
	}
}

func (w *word) endRow() {
	of := &w.tables[len(w.tables)-1]
	if w.head {
		of.head = nil
		for _, it := range w.row {
			of.head = append(of.head, it.text)
		}
		return
	}
	if len(w.row) > 1 || w.columns == 1 { // else a band
		of.rows = append(of.rows, w.row)
	}
}
