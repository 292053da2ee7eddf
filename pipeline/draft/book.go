package draft

import (
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"sort"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbook is an Excel file taken apart, with what it takes to write cells anew.
type workbook struct {
	packed       *unpacked
	main         string  // name of the main part
	body         []byte  // its content
	cells        []*cell // in the order of Text.String
	shared       [][]textRun
	formats      []numberFormat // of each style of a cell
	from1904     bool           // days count from 1904, as on old Macs
	formulas     bool           // it has some
	uncalculated int            // of them, without a value
	stale        bool           // the values of formulas are to be computed when it is opened
	size         int            // of Text.String, in bytes
}

// bookPart is the main part of a workbook (18.2.27), as far as it is read.
type bookPart struct {
	Properties struct {
		From1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string `xml:"name,attr"`
		State string `xml:"state,attr"`
		ID    string `xml:"id,attr"`
	} `xml:"sheets>sheet"`
	Calculation struct {
		OnLoad string `xml:"fullCalcOnLoad,attr"`
	} `xml:"calcPr"`
}

func isTrue(attribute string) bool { return attribute == "1" || attribute == "true" }

// readBook reads a workbook sheet by sheet and row by row: each cell with text
// or a number is a paragraph, as a reader sees it. A cell with a formula has the
// value that was last computed.
func readBook(packed *unpacked, main string, body []byte) (Text, error) {
	packed.again = "请在 Excel 或 WPS 里打开后另存为 .xlsx"
	b := &workbook{packed: packed, main: main, body: body}
	var declared bookPart
	if xml.Unmarshal(body, &declared) != nil {
		return Text{}, packed.unreadable(main)
	}
	b.from1904, b.stale = isTrue(declared.Properties.From1904), isTrue(declared.Calculation.OnLoad)
	links, err := packed.relations(main)
	if err != nil {
		return Text{}, err
	}
	targets, kinds := map[string]string{}, map[string]string{} // of the sheets by id, of the others by kind
	for _, r := range links {
		if kind := path.Base(r.Type); kind == "worksheet" {
			targets[r.ID] = resolved(main, r)
		} else if kinds[kind] == "" {
			kinds[kind] = resolved(main, r)
		}
	}
	if err := b.readShared(kinds["sharedStrings"], kinds["styles"]); err != nil {
		return Text{}, err
	}
	var notices []string
	for _, s := range declared.Sheets {
		target := targets[s.ID]
		if target == "" {
			continue // a sheet with nothing but a chart
		}
		delete(targets, s.ID)
		before := len(b.cells)
		if err := b.readSheet(s.Name, target); err != nil {
			return Text{}, err
		}
		if s.State != "" && s.State != "visible" && len(b.cells) > before {
			notices = append(notices, fmt.Sprintf("工作表“%s”是隐藏的，也读了", s.Name))
		}
	}
	return b.text(notices), nil
}

// readShared reads the texts that cells share and the formats of their styles.
func (b *workbook) readShared(texts, styles string) error {
	raw, err := b.packed.part(texts)
	if err != nil {
		return err
	}
	if b.shared, err = sharedTexts(raw); errors.Is(err, errTooLarge) {
		return errors.New("文字太多，不像是一份报告")
	} else if err != nil {
		return b.packed.unreadable(texts)
	}
	if raw, err = b.packed.part(styles); err != nil {
		return err
	}
	if b.formats, err = formatsOf(raw); err != nil {
		return b.packed.unreadable(styles)
	}
	return nil
}

// formatsOf are the number formats of the styles that cells have (18.8.39).
func formatsOf(raw []byte) (formats []numberFormat, err error) {
	own := map[int]numberFormat{}
	inCells := false
	err = walk(raw, func(token xml.Token, _, _ int) error {
		name := elementName(token)
		e, begins := token.(xml.StartElement)
		switch {
		case name == "cellXfs":
			inCells = begins
		case begins && name == "numFmt":
			id, _ := strconv.Atoi(attribute(e, "numFmtId"))
			own[id] = formatOf(attribute(e, "formatCode"))
		case begins && name == "xf" && inCells:
			id, _ := strconv.Atoi(attribute(e, "numFmtId"))
			f, given := own[id]
			if !given {
				f = builtInFormat(id)
			}
			if formats = append(formats, f); len(formats) > lastStyle {
				return errTooLarge
			}
		}
		return nil
	})
	return formats, err
}

func (b *workbook) readSheet(name, part string) error {
	raw, err := b.packed.part(part)
	if err != nil {
		return err
	}
	w := &worksheet{name: name, part: part, raw: raw, spots: map[spot]int{}}
	first := len(b.cells)
	s := sheetReader{book: b, sheet: w}
	switch err := walk(raw, s.take); {
	case errors.Is(err, errCells):
		return fmt.Errorf("有内容的单元格超过 %d 万个，或者文字超过 %d MB，不像是一份报告", maxCells/10_000, maxText>>20)
	case err != nil:
		return b.packed.unreadable(part)
	}
	if err := b.readTables(w); err != nil {
		return err
	}
	w.spread()
	b.titles(b.cells[first:], first)
	return nil
}

// readTables notes the cells of a sheet that belong to its tables and pivot
// tables: a table's columns are named in another part as well (18.5.1.2), and a
// pivot table's cells are computed.
func (b *workbook) readTables(w *worksheet) error {
	links, err := b.packed.relations(w.part)
	for _, r := range links {
		kind := path.Base(r.Type)
		if err != nil || kind != "table" && kind != "pivotTable" {
			continue
		}
		var raw []byte
		if raw, err = b.packed.part(resolved(w.part, r)); err != nil {
			break
		}
		var table struct {
			Ref      string `xml:"ref,attr"`
			Heads    string `xml:"headerRowCount,attr"`
			Location struct {
				Ref string `xml:"ref,attr"`
			} `xml:"location"`
		}
		if xml.Unmarshal(raw, &table) != nil {
			return b.packed.unreadable(resolved(w.part, r))
		}
		if kind == "pivotTable" {
			w.add(table.Location.Ref, "由数据透视表算出")
		} else if head, ok := areaOf(table.Ref, "是表格的列标题"); ok && table.Heads != "0" {
			head.to.row = head.from.row
			w.areas = append(w.areas, head)
		}
	}
	return err
}

// text puts the cells together. A line break within a cell ends no paragraph.
func (b *workbook) text(notices []string) Text {
	var all strings.Builder
	for _, c := range b.cells {
		c.at = all.Len()
		all.WriteString(oneLine(c.text))
		all.WriteByte('\n')
	}
	if b.uncalculated > 0 {
		notices = append(notices, fmt.Sprintf("有 %d 个公式还没有算出值，没有读；请在 Excel 或 WPS 里打开并保存后再核对", b.uncalculated))
	}
	if b.stale && b.formulas {
		notices = append(notices, "公式的值可能是旧的，要在 Excel 或 WPS 里打开并保存后才是新的")
	}
	t := Text{String: all.String(), book: b, notices: notices, parts: []part{{0, "表格"}}, segments: []segment{{}}}
	t.raw = t.String
	t.countLines()
	return t
}

var breaks = strings.NewReplacer("\n", "\t", "\r", "\t")

// oneLine is a text without line breaks, as long as it was.
func oneLine(text string) string { return breaks.Replace(text) }

// cellAt is the cell with a byte of the text.
func (b *workbook) cellAt(at int) *cell {
	i := sort.Search(len(b.cells), func(i int) bool { return b.cells[i].at > at }) - 1
	return b.cells[max(0, i)]
}

// cell names the sheet and the cell that the byte at is in, "" outside of workbooks.
func (t Text) cell(at int) (sheet, name string) {
	if t.book == nil || len(t.book.cells) == 0 {
		return "", ""
	}
	c := t.book.cellAt(at)
	name, _ = excelize.CoordinatesToCellName(c.column, c.row)
	return c.sheet.name, name
}
