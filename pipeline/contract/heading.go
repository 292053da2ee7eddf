package contract

import (
	"fmt"
	"strings"

	"workreport/pipeline/source"
)

// heading is the row, or the two rows, that name the columns.
type heading struct {
	cells      []string // a name for each column, "" where there is none
	first      int      // number of the first row of the heading
	last       int      // number of the last
	rows       int      // how many rows with something in them end with the heading, titles included
	recognised int      // how many of the names the contract knows
}

// searched is how many rows from the top may hold titles and the heading.
const searched = 10

// findHeading looks for the heading among the first rows: the row, or the pair
// of rows with the lower laid over the upper, that names the most columns of the
// contract. What stands above it are titles.
func (r *Reading) findHeading(meaning map[string]int) bool {
	var rows []source.Row
	for row, err := range r.Sheet.Rows() {
		if err != nil {
			r.say(Refusal(err.Error()))
			return false
		}
		if rows = append(rows, row); len(rows) == searched {
			break
		}
	}
	for i, row := range rows {
		if row.Fault == "" {
			r.consider(heading{cells: row.Cells, first: row.Number, last: row.Number, rows: i + 1}, meaning)
		}
	}
	for i := 1; i < len(rows); i++ {
		if upper, lower := rows[i-1], rows[i]; upper.Fault+lower.Fault == "" {
			r.consider(heading{cells: overlaid(upper.Cells, lower.Cells), first: upper.Number, last: lower.Number, rows: i + 1}, meaning)
		}
	}
	if r.heading.recognised == 0 {
		at := 0
		if len(rows) > 0 {
			at = rows[0].Number
		}
		r.say(Problem{Row: at, Severity: Reject, Rule: "这里及以下几行都不像表头，没有一列是约定的", Remedy: "请核对表头"})
		return false
	}
	for _, row := range rows {
		if row.Number < r.heading.first && (row.Fault != "" || r.isLikeRecord(row.Cells)) {
			r.say(Problem{Row: row.Number, Severity: Reject, Rule: fmt.Sprintf("表头在第%d行，它上面的这一行像是记录", r.heading.first), Remedy: "请把表头移到记录的上面；是标题的请合并成一格"})
			return false
		}
	}
	return true
}

// isLikeRecord tells a row above the heading from titles, which fill a cell or two.
func (r *Reading) isLikeRecord(cells []string) bool {
	filled := 0
	for _, cell := range cells {
		if !isBlank(cell) {
			filled++
		}
	}
	return filled > 2 && filled*2 >= r.heading.recognised
}

// consider takes a heading that names more columns than the best so far.
func (r *Reading) consider(h heading, meaning map[string]int) {
	named := map[int]bool{}
	for _, cell := range h.cells {
		if field, ok := meaning[fold(cell)]; ok {
			named[field] = true
		}
	}
	if h.recognised = len(named); h.recognised > r.heading.recognised {
		r.heading = h
	}
}

// overlaid is a heading of two rows: the lower name where there is one, else the
// upper, as merged cells leave them.
func overlaid(upper, lower []string) []string {
	cells := make([]string, max(len(upper), len(lower)))
	copy(cells, upper)
	for i, cell := range lower {
		if !isBlank(cell) {
			cells[i] = cell
		}
	}
	return cells
}

// totals are the words with which a row of totals begins.
var totals = []string{"合计", "小计", "总计", "累计", "共计"}

// isTotals tells whether the first cell that is not blank says that the row adds
// up others: 合计, 合 计：, 小计（件）.
func isTotals(cells []string) bool {
	for _, cell := range cells {
		if isBlank(cell) {
			continue
		}
		text := fold(cell)
		for _, word := range totals {
			if rest, ok := strings.CutPrefix(text, word); ok {
				return rest == "" || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "(")
			}
		}
		return false
	}
	return false
}
