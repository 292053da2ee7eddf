package form

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"workreport/pipeline/contract"
)

// The rows below the header that get a drop-down list and a date format.
const (
	firstRow = 2
	lastRow  = 2000
)

// writeWorkbook writes an empty form: one worksheet under the set's title, with
// the headings, a note on each heading that says what goes there, drop-down
// lists for code lists and yes/no, and date and text formats.
func writeWorkbook(path string, set contract.Set) error {
	book := excelize.NewFile()
	defer book.Close()
	sheet := set.Title
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	styles, err := newStyles(book)
	if err != nil {
		return err
	}
	for i, f := range set.Fields {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := writeColumn(book, sheet, column, f, styles); err != nil {
			return fmt.Errorf("%s：%w", f.Title, err)
		}
	}
	panes := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	return errors.Join(book.SetPanes(sheet, panes), book.SaveAs(path))
}

type styles struct{ header, required, text, date, money int }

func newStyles(book *excelize.File) (s styles, err error) {
	heading := func(colour string) int {
		id, e := book.NewStyle(&excelize.Style{
			Font:      &excelize.Font{Bold: true},
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
			Border:    []excelize.Border{{Type: "bottom", Style: 1, Color: "808080"}},
		})
		err = errors.Join(err, e)
		return id
	}
	body := func(format string) int {
		id, e := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
		err = errors.Join(err, e)
		return id
	}
	s = styles{header: heading("E7E6E6"), required: heading("FCE4D6"), text: body("@"), date: body("yyyy-mm-dd"), money: body("0.00")}
	return s, err
}

func writeColumn(book *excelize.File, sheet, column string, f contract.Field, s styles) error {
	head := column + "1"
	style := s.header
	note := f.Description + "（" + f.Type.Title() + "）"
	if f.Constraints.Required {
		style, note = s.required, note+"必填。"
	}
	body := map[contract.Type]int{contract.String: s.text, contract.Date: s.date, contract.Number: s.money}[f.Type]
	width := float64(max(12, 2*len([]rune(f.Title))+4))
	return errors.Join(
		book.SetColWidth(sheet, column, column, width),
		book.SetColStyle(sheet, column, body),
		book.SetCellStr(sheet, head, f.Title),
		book.SetCellStyle(sheet, head, head, style),
		book.AddComment(sheet, excelize.Comment{Cell: head, Author: "workreport", Text: note}),
		addList(book, sheet, column, f),
	)
}

// addList gives the column a drop-down list where the contract has one.
func addList(book *excelize.File, sheet, column string, f contract.Field) error {
	choices := f.Constraints.Enum
	if f.Type == contract.Boolean {
		choices = []string{"是", "否"}
	}
	if len(choices) == 0 {
		return nil
	}
	list := excelize.NewDataValidation(!f.Constraints.Required)
	list.SetSqref(fmt.Sprintf("%s%d:%s%d", column, firstRow, column, lastRow))
	list.SetError(excelize.DataValidationErrorStyleStop, f.Title, "可填："+strings.Join(choices, "、"))
	return errors.Join(list.SetDropList(choices), book.AddDataValidation(sheet, list))
}
