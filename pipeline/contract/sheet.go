package contract

import (
	"fmt"
	"iter"
	"strings"

	"workreport/pipeline/source"
)

// Row is one record: a value for each field of its set, and its place.
type Row struct {
	Place  source.Place
	Values []any
}

// Account says what became of the rows of one file or sheet, as Excel counts
// them: Read = Heading + Totals + Blank + Loaded + Rejected.
type Account struct {
	Set, File, Sheet        string
	Read, Heading, Totals   int // Heading: titles and headings; Totals: rows of 合计 and the like
	Blank, Loaded, Rejected int
}

// Reading is the typed rows of one sheet, its account and its problems. The
// account and problems are complete when the rows have been read to the end.
type Reading struct {
	Set      Set
	Account  Account
	Problems []Problem
	sheet    source.Sheet
	heading  heading
	waiting  []source.Row // read while looking for the heading, and below it
	columns  []int        // for each field of Set: its column in the sheet, -1 where it is missing
}

// Read finds the heading of a sheet and binds its columns to the fields of the set.
func Read(set Set, sheet source.Sheet) *Reading {
	r := &Reading{
		Set:     set,
		Account: Account{Set: set.Name, File: sheet.File, Sheet: sheet.Name},
		sheet:   sheet,
		columns: make([]int, len(set.Fields)),
	}
	meaning := map[string]int{}
	for i, f := range set.Fields {
		r.columns[i] = -1
		for _, header := range f.Headers() {
			meaning[fold(header)] = i
		}
	}
	if r.findHeading(meaning) {
		r.bind(meaning)
	}
	return r
}

func (r *Reading) bind(meaning map[string]int) {
	for column, header := range r.heading.cells {
		field, known := meaning[fold(header)]
		switch {
		case fold(header) == "":
		case !known:
			r.say(Problem{Row: r.heading.last, Column: header, Severity: Warn,
				Rule: "这一列不在约定之内，没有读入", Remedy: "需要时加进记录约定，或改成约定的表头"})
		case r.columns[field] >= 0:
			r.say(Problem{Row: r.heading.last, Column: header, Severity: Reject,
				Rule: fmt.Sprintf("与“%s”是同一列", r.heading.cells[r.columns[field]]), Remedy: "请只留一列"})
		default:
			r.columns[field] = column
		}
	}
	for i, f := range r.Set.Fields {
		if r.columns[i] < 0 && f.Constraints.Required {
			r.say(Problem{Row: r.heading.last, Severity: Reject,
				Rule: fmt.Sprintf("缺“%s”这一列", f.Title), Remedy: "请补上这一列"})
		}
	}
}

// Bound tells whether the headings allow the rows to be read.
func (r *Reading) Bound() bool {
	for _, p := range r.Problems {
		if p.Severity == Reject {
			return false
		}
	}
	return true
}

// Rows yields the rows that keep the contract; the others are put into
// Problems, and so is the fault at which a file cannot be read on.
func (r *Reading) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, cells := range r.waiting {
			if !r.row(cells, yield) {
				return
			}
		}
		for cells, err := range r.sheet.Rows {
			if err != nil {
				r.say(Problem{Rule: err.Error(), Severity: Reject})
				return
			}
			if !r.row(cells, yield) {
				return
			}
		}
	}
}

// row puts one row into the account and, where it keeps the contract, yields it.
func (r *Reading) row(cells source.Row, yield func(Row) bool) bool {
	r.Account.Blank += cells.Number - r.Account.Read - 1 // blank lines that the file's reader passed over
	r.Account.Read = cells.Number
	switch {
	case blank(cells.Cells):
		r.Account.Blank++
		return true
	case isTotals(cells.Cells):
		r.Account.Totals++
		return true
	}
	values, ok := r.values(cells)
	if !ok {
		r.Account.Rejected++
		return true
	}
	r.Account.Loaded++
	return yield(Row{Place: source.Place{File: r.sheet.File, Sheet: r.sheet.Name, Row: cells.Number}, Values: values})
}

func (r *Reading) values(row source.Row) (values []any, ok bool) {
	values, ok = make([]any, len(r.Set.Fields)), true
	for i, f := range r.Set.Fields {
		var cell string
		if c := r.columns[i]; c >= 0 && c < len(row.Cells) {
			cell = row.Cells[c]
		}
		value, rule, remedy := f.Value(cell)
		if rule != "" {
			ok = false
			r.say(Problem{Row: row.Number, Column: r.columnName(i), Value: shown(f, cell), Severity: Reject, Rule: rule, Remedy: remedy})
		}
		values[i] = value
	}
	for c := len(r.heading.cells); c < len(row.Cells); c++ {
		if strings.TrimSpace(row.Cells[c]) != "" {
			ok = false
			r.say(Problem{Row: row.Number, Value: row.Cells[c], Severity: Reject,
				Rule: "这一格在表头之外", Remedy: "请检查是否多了一个分隔符，或补上表头"})
		}
	}
	return values, ok
}

func (r *Reading) columnName(field int) string {
	if c := r.columns[field]; c >= 0 {
		return r.heading.cells[c]
	}
	return r.Set.Fields[field].Title
}

func (r *Reading) say(p Problem) {
	p.File, p.Sheet = r.sheet.File, r.sheet.Name
	r.Problems = append(r.Problems, p)
}

// shown is a cell as a problem may show it: what is private stays out.
func shown(f Field, cell string) string {
	if f.Private && cell != "" {
		return "（不公开）"
	}
	return cell
}

func blank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
