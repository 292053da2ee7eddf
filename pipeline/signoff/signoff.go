// Package signoff makes the sheet that a drafter hands to the person who signs:
// what a refresh changed in a draft, sentence by sentence, with each figure's
// definition and the records that moved it, and what was left as it was. It
// changes no draft and works out no figure.
package signoff

import (
	"fmt"
	"io"
	"strings"

	"workreport/pipeline/contract"
)

// Sheet is the list of what a refresh changed in a draft.
type Sheet struct {
	Draft, New   string // file names of the draft and of what was written
	Organisation string
	Year         int
	Against      string // what the figures come from, in Chinese words
	Since        string // the edition the causes are told from, or why there is none, in Chinese words
	Lines        []Line
	Left         []Left // what was looked at and not changed
}

// Line is a number that was changed.
type Line struct {
	Place              string // 正文第3段第12字
	Before, Old, After string // the sentence as it was, around the number; cut short already
	New                string
	ID, Title          string   // of the figure
	Definition         string   // its note
	Causes             []string // records that changed it, a line each, in words
}

// Left is a number that was not changed, and why in Chinese words.
type Left struct{ Place, Before, Number, After, Why string }

// title is the name of the sheet: 某县政协2021年工作报告数字改动表.
func (s Sheet) title() string {
	year := ""
	if s.Year != 0 {
		year = fmt.Sprintf("%d年", s.Year)
	}
	return contract.Printable(s.Organisation) + year + "工作报告数字改动表"
}

// mostCell is how many characters a cell of a workbook holds, less what says that
// there are more.
const mostCell = 32_767 - 40

// CSV writes a line for each number, those that were changed first.
func CSV(w io.Writer, s Sheet) error {
	var rows [][]string
	add := func(cells ...string) {
		row := []string{fmt.Sprint(len(rows) + 1)}
		for _, cell := range cells {
			row = append(row, contract.Printable(cell))
		}
		rows = append(rows, row)
	}
	for _, l := range s.Lines {
		add(l.Place, l.Before+"【"+l.Old+"】"+l.After, l.Old, l.New, l.ID, l.Title, l.Definition, "", "已改")
		rows[len(rows)-1][8] = causesCell(l.Causes)
	}
	for _, l := range s.Left {
		add(l.Place, l.Before+"【"+l.Number+"】"+l.After, l.Number, "", "", "", "", "", "未改："+l.Why)
	}
	return contract.WriteCSV(w, []string{"序号", "位置", "语句", "原", "新", "编号", "数字", "口径", "引起改动的记录", "处理"}, rows)
}

// causesCell are causes as lines of a cell, as many as a workbook can hold.
func causesCell(causes []string) string {
	var b strings.Builder
	length := 0
	for i, cause := range causes {
		cause = contract.Printable(cause)
		if length += len([]rune(cause)) + 1; length > mostCell {
			fmt.Fprintf(&b, "\n另有 %d 条，见 workreport diff", len(causes)-i)
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(cause)
	}
	return b.String()
}
