package appendix

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// book is a workbook as it grows. The first error stays in err, and XLSX returns it.
type book struct {
	*excelize.File
	styles map[look]int
	names  map[string]bool   // sheets, in small letters
	sizes  map[string][2]int // columns and rows of a sheet
	charts int
	err    error
}

func newBook() *book {
	return &book{File: excelize.NewFile(), styles: map[look]int{}, names: map[string]bool{}, sizes: map[string][2]int{}}
}

func (b *book) check(err error) {
	if b.err == nil {
		b.err = err
	}
}

// sheet begins a sheet and returns its name.
func (b *book) sheet(wanted string) string {
	name := sheetName(wanted, b.names)
	if len(b.names) == 0 {
		b.check(b.SetSheetName("Sheet1", name))
	} else {
		_, err := b.NewSheet(name)
		b.check(err)
	}
	b.names[strings.ToLower(name)] = true
	b.check(b.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: new(false)}))
	b.check(b.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
		Left: new(0.6), Right: new(0.6), Top: new(0.6), Bottom: new(0.8), Header: new(0.3), Footer: new(0.4), Horizontally: new(true)}))
	b.check(b.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddHeader: `&R&"宋体"&9&A`, OddFooter: `&C&"宋体"&10— &P —`}))
	return name
}

// begin begins a sheet with a way back to the contents, which is not printed,
// and its title.
func (b *book) begin(wanted, title string, widths []float64) string {
	sheet := b.sheet(wanted)
	b.widen(sheet, widths)
	b.link(sheet, 1, 1, "返回目录", contents, look{Link: true, Size: 9})
	b.span(sheet, 2, len(widths), total(widths), title, look{Size: 16, Bold: true})
	return sheet
}

func (b *book) widen(sheet string, widths []float64) {
	for j, width := range widths {
		b.check(b.SetColWidth(sheet, column26(j+1), column26(j+1), width))
	}
}

// link writes a text that leads to a sheet.
func (b *book) link(sheet string, col, row int, text, target string, style look) {
	b.text(sheet, col, row, text, style)
	b.check(b.SetCellHyperLink(sheet, address(col, row), "'"+target+"'!A1", "Location"))
}

// sheetName makes a name of at most 31 characters, without those that Excel
// forbids, and unlike every name taken.
func sheetName(wanted string, taken map[string]bool) string {
	base := strings.TrimSpace(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' || r > 0xFFFF {
			return -1
		}
		return r
	}, wanted))
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = fmt.Sprintf("(%d)", n)
		}
		runes := []rune(base)
		name := string(runes[:min(len(runes), 31-len(suffix))]) + suffix
		if name != "" && !taken[strings.ToLower(name)] {
			return name
		}
	}
}

// freeze keeps the rows down to row in view, and repeats that row on every page.
func (b *book) freeze(sheet string, row int) {
	b.check(b.SetPanes(sheet, &excelize.Panes{
		Freeze: true, YSplit: row, TopLeftCell: address(1, row+1), ActivePane: "bottomLeft"}))
	b.check(b.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet, row, row), Scope: sheet}))
}

// text writes a string: never a formula, whatever it begins with.
func (b *book) text(sheet string, col, row int, text string, style look) {
	b.check(b.SetCellStr(sheet, address(col, row), text))
	b.look(sheet, col, row, style)
}

// span writes text over several columns of that width together, in as many
// lines as it takes: programs do not fit the height of merged cells themselves.
func (b *book) span(sheet string, row, columns int, width float64, text string, style look) {
	b.text(sheet, 1, row, text, style)
	if columns > 1 {
		b.check(b.MergeCell(sheet, address(1, row), address(columns, row)))
	}
	if style.Size == 0 {
		style.Size = 10.5
	}
	b.height(sheet, row, wrapped(text, width*10.5/style.Size), style.Size)
}

// height makes a row high enough for that many lines, up to Excel's 409 points.
func (b *book) height(sheet string, row, lines int, size float64) {
	b.check(b.SetRowHeight(sheet, row, min(409, float64(lines)*size*1.4+3)))
}

// look is how a cell looks; the zero value is plain text.
type look struct {
	Size   float64 // points; 0 is 10.5
	Align  string
	Format string
	Bold   bool
	Strong bool // bold and red
	Head   bool
	Lined  bool // a hairline below
	Link   bool
}

func (b *book) look(sheet string, col, row int, l look) {
	id, known := b.styles[l]
	if !known {
		var err error
		id, err = b.NewStyle(l.style())
		b.check(err)
		b.styles[l] = id
	}
	at := address(col, row)
	b.check(b.SetCellStyle(sheet, at, at, id))
	size := b.sizes[sheet]
	b.sizes[sheet] = [2]int{max(size[0], col), max(size[1], row)}
}

func (l look) style() *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: "宋体", Size: 10.5, Bold: l.Bold || l.Strong, Color: "000000"},
		Alignment: &excelize.Alignment{Horizontal: l.Align, Vertical: "center", WrapText: true},
	}
	if l.Size > 0 {
		s.Font.Size = l.Size
	}
	switch {
	case l.Strong:
		s.Font.Color = "C00000"
	case l.Link:
		s.Font.Color, s.Font.Underline = "0563C1", "single"
	case l.Head:
		s.Font.Family = "黑体"
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}
		s.Border = []excelize.Border{{Type: "top", Style: 2, Color: "000000"}, {Type: "bottom", Style: 1, Color: "000000"}}
	}
	if l.Align == "left" {
		s.Alignment.Indent = 1 // off the number in the column before
	}
	if l.Lined {
		s.Border = []excelize.Border{{Type: "bottom", Style: 4, Color: "BFBFBF"}}
	}
	if l.Format != "" {
		s.CustomNumFmt = &l.Format
	}
	return s
}

// properties says how large the sheets are, and dates the file with the day of
// the session, so that the same document gives the same bytes.
func (b *book) properties(c content) {
	for _, sheet := range b.GetSheetList() {
		size := b.sizes[sheet]
		b.check(b.SetSheetDimension(sheet, "A1:"+address(size[0], size[1])))
	}
	b.SetActiveSheet(0)
	b.check(b.SetDocProps(&excelize.DocProperties{
		Title: c.FullTitle(), Creator: c.Organisation, LastModifiedBy: c.Organisation,
		Created: c.Stamp, Modified: c.Stamp, Language: "zh-CN"}))
	b.check(b.SetAppProps(&excelize.AppProperties{Application: "Microsoft Excel", DocSecurity: 0}))
}

func address(col, row int) string { return fmt.Sprintf("%s%d", column26(col), row) }

// column26 is the name of a column: 1 is A, 27 is AA.
func column26(col int) string {
	name := ""
	for ; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}
