package proof

import (
	"encoding/xml"
	"path"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// sheet is what a workbook holds on one sheet, by row and column, from 1 on.
type sheet struct{ rows map[int]map[int]item }

func (s sheet) at(row, column int) item { return s.rows[row][column] }

// The rows of a sheet with a list or table: its title, its headings, what follows.
const (
	titleRow = 2
	headRow  = 4
)

// width is how many headings stand side by side.
func (s sheet) width() int {
	n := 0
	for s.at(headRow, n+1).text != "" {
		n++
	}
	return n
}

// rowsBelow are the rows below the headings down to the notes, each of which
// stands in one cell over all columns.
func (s sheet) rowsBelow(width, least int) (rows [][]item) {
	for r := headRow + 1; len(rows) < least || len(s.rows[r]) > 1 && s.at(r, 2).text != ""; r++ {
		if _, ok := s.rows[r]; !ok {
			return rows
		}
		row := make([]item, width)
		for j := range row {
			row[j] = s.at(r, j+1)
		}
		rows = append(rows, row)
	}
	return rows
}

type richText struct {
	Text string   `xml:"t"`
	Runs []string `xml:"r>t"`
}

func (t richText) String() string {
	text := t.Text
	for _, run := range t.Runs {
		text += run
	}
	return escaped.ReplaceAllStringFunc(text, func(code string) string {
		n, _ := strconv.ParseInt(code[2:6], 16, 32)
		return string(rune(n))
	})
}

// escaped is how a workbook holds what XML does not.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// sheetsOf reads the sheets of a workbook, numbers as they are kept. The program
// wrote the file itself: what it does not write is not looked for.
func sheetsOf(f *finding, p parts) []sheet {
	var texts struct {
		Si []richText `xml:"si"`
	}
	var book struct {
		Sheets []struct {
			ID string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := xml.Unmarshal(p["xl/sharedStrings.xml"], &texts); err != nil {
		f.say("里的 xl/sharedStrings.xml 读不懂：%v", err)
		return nil
	}
	if err := xml.Unmarshal(p["xl/workbook.xml"], &book); err != nil {
		f.say("里的 xl/workbook.xml 读不懂：%v", err)
		return nil
	}
	links, err := p.relationsOf("xl/_rels/workbook.xml.rels")
	if err != nil {
		return nil // said before
	}
	var sheets []sheet
	for _, s := range book.Sheets {
		at := slices.IndexFunc(links, func(r relation) bool { return r.ID == s.ID })
		if at < 0 {
			f.say("里没有工作表 %s", s.ID)
			continue
		}
		sheets = append(sheets, sheetOf(f, p, links[at].target("xl"), texts.Si))
	}
	return sheets
}

func sheetOf(f *finding, p parts, name string, texts []richText) sheet {
	s := sheet{rows: map[int]map[int]item{}}
	var row, column, formulas int
	var kind, value string
	inside := false
	err := eachToken(p[name], func(token xml.Token) {
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "c":
				column, row = place(attribute(token, "r"))
				kind, value = attribute(token, "t"), ""
			case "f":
				formulas++
			case "v", "t":
				inside = true
			}
		case xml.CharData:
			if inside {
				value += string(token)
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "v", "t":
				inside = false
			case "c":
				if s.rows[row] == nil {
					s.rows[row] = map[int]item{}
				}
				it := item{text: value, number: kind == "" && value != "" || kind == "n"}
				if n, err := strconv.Atoi(value); kind == "s" && err == nil && n >= 0 && n < len(texts) {
					it.text = texts[n].String()
				}
				s.rows[row][column] = it
			}
		}
	})
	if err != nil {
		f.say("里的 %s 不是完好的 XML：%v", path.Base(name), err)
	}
	if formulas > 0 {
		f.say("里的 %s 有公式", path.Base(name))
	}
	return s
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// place is column and row of an address: C7 is 3, 7.
func place(address string) (column, row int) {
	for i := range len(address) {
		if c := address[i]; c >= 'A' && c <= 'Z' {
			column = column*26 + int(c-'A') + 1
			continue
		}
		row, _ = strconv.Atoi(address[i:])
		break
	}
	return column, row
}

// dayOf is a day as a workbook counts it.
func dayOf(text string) string {
	days, err := strconv.Atoi(text)
	if err != nil {
		return ""
	}
	return time.Date(1899, 12, 30+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}
