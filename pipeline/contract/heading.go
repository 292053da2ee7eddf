package contract

import (
	"strings"

	"workreport/pipeline/source"
)

// heading is the row, or the two rows, that name the columns.
type heading struct {
	cells      []string // a name for each column, "" where there is none
	last       int      // number of the last row of the heading
	recognised int      // how many of the names the contract knows
}

// searched is how many rows from the top may hold titles and the heading.
const searched = 10

// findHeading looks for the heading among the first rows: the row, or the pair
// of rows with the lower laid over the upper, that names the most columns of the
// contract. What stands above it are titles; what stands below is kept waiting.
func (r *Reading) findHeading(meaning map[string]int) bool {
	var rows []source.Row
	for row, err := range r.sheet.Rows {
		if err != nil {
			r.say(Problem{Rule: err.Error(), Severity: Reject})
			return false
		}
		if rows = append(rows, row); len(rows) == searched {
			break
		}
	}
	below := 0
	for i, row := range rows {
		r.consider(heading{cells: row.Cells, last: row.Number}, meaning, &below, i+1)
	}
	for i := 1; i < len(rows); i++ {
		r.consider(heading{cells: overlaid(rows[i-1].Cells, rows[i].Cells), last: rows[i].Number}, meaning, &below, i+1)
	}
	if r.heading.recognised == 0 {
		at := 0
		if len(rows) > 0 {
			at = rows[0].Number
		}
		r.say(Problem{Row: at, Severity: Reject, Rule: "这里及以下几行都不像表头，没有一列是约定的", Remedy: "请核对表头"})
		return false
	}
	r.Account.Read, r.Account.Heading = r.heading.last, below
	r.Account.Blank = r.heading.last - below
	r.waiting = rows[below:]
	return true
}

// consider takes a heading that names more columns than the best so far; below
// is how many of the rows looked at end with it.
func (r *Reading) consider(h heading, meaning map[string]int, below *int, end int) {
	named := map[int]bool{}
	for _, cell := range h.cells {
		if field, ok := meaning[fold(cell)]; ok {
			named[field] = true
		}
	}
	if h.recognised = len(named); h.recognised > r.heading.recognised {
		r.heading, *below = h, end
	}
}

// overlaid is a heading of two rows: the lower name where there is one, else the
// upper, as merged cells leave them.
func overlaid(upper, lower []string) []string {
	cells := make([]string, max(len(upper), len(lower)))
	copy(cells, upper)
	for i, cell := range lower {
		if strings.TrimSpace(cell) != "" {
			cells[i] = cell
		}
	}
	return cells
}

// totals are the words with which a row of totals begins.
var totals = map[string]bool{"合计": true, "小计": true, "总计": true, "累计": true, "共计": true}

// isTotals tells whether the first cell that is not blank says that the row adds up others.
func isTotals(cells []string) bool {
	for _, cell := range cells {
		if text := fold(cell); text != "" {
			return totals[strings.TrimRight(text, ":：")]
		}
	}
	return false
}
