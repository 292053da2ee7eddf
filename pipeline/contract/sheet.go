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

// Account says what became of the rows of one file or sheet:
// Read = Loaded + Rejected + Blank.
type Account struct {
	Set, File, Sheet              string
	Read, Loaded, Rejected, Blank int
}

// Reading is the typed rows of one sheet, its account and its problems. The
// account and problems are complete when the rows have been read to the end.
type Reading struct {
	Set      Set
	Account  Account
	Problems []Problem
	sheet    source.Sheet
	columns  []int // for each field of Set: its column in the sheet, -1 where it is missing
}

// Read binds a sheet to its record set by the headings.
func Read(set Set, sheet source.Sheet) *Reading {
	r := &Reading{
		Set:     set,
		Account: Account{Set: set.Name, File: sheet.File, Sheet: sheet.Name},
		sheet:   sheet,
		columns: make([]int, len(set.Fields)),
	}
	r.bind()
	return r
}

func (r *Reading) bind() {
	meaning, recognised := map[string]int{}, 0
	for i, f := range r.Set.Fields {
		r.columns[i] = -1
		for _, header := range f.Headers() {
			meaning[fold(header)] = i
		}
	}
	for column, header := range r.sheet.Header {
		field, known := meaning[fold(header)]
		switch {
		case fold(header) == "":
		case !known:
			r.say(Problem{Row: r.sheet.HeaderRow, Column: header, Severity: Warn,
				Rule: "这一列不在约定之内，没有读入", Remedy: "需要时加进记录约定，或改成约定的表头"})
		case r.columns[field] >= 0:
			r.say(Problem{Row: r.sheet.HeaderRow, Column: header, Severity: Reject,
				Rule: fmt.Sprintf("与“%s”是同一列", r.sheet.Header[r.columns[field]]), Remedy: "请只留一列"})
		default:
			r.columns[field] = column
			recognised++
		}
	}
	if recognised == 0 {
		r.Problems = nil
		r.say(Problem{Row: r.sheet.HeaderRow, Severity: Reject,
			Rule: "不像表头，没有一列是约定的", Remedy: "表头应在第一行；请删去上面的标题行，或核对列名"})
		return
	}
	for i, f := range r.Set.Fields {
		if r.columns[i] < 0 && f.Constraints.Required {
			r.say(Problem{Row: r.sheet.HeaderRow, Severity: Reject,
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
		for cells, err := range r.sheet.Rows {
			if err != nil {
				r.say(Problem{Rule: err.Error(), Severity: Reject})
				return
			}
			r.Account.Read++
			if blank(cells.Cells) {
				r.Account.Blank++
				continue
			}
			values, ok := r.values(cells)
			if !ok {
				r.Account.Rejected++
				continue
			}
			r.Account.Loaded++
			place := source.Place{File: r.sheet.File, Sheet: r.sheet.Name, Row: cells.Number}
			if !yield(Row{Place: place, Values: values}) {
				return
			}
		}
	}
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
			r.say(Problem{Row: row.Number, Column: r.heading(i), Value: shown(f, cell), Severity: Reject, Rule: rule, Remedy: remedy})
		}
		values[i] = value
	}
	for c := len(r.sheet.Header); c < len(row.Cells); c++ {
		if strings.TrimSpace(row.Cells[c]) != "" {
			ok = false
			r.say(Problem{Row: row.Number, Value: row.Cells[c], Severity: Reject,
				Rule: "这一格在表头之外", Remedy: "请检查是否多了一个分隔符，或补上表头"})
		}
	}
	return values, ok
}

func (r *Reading) heading(field int) string {
	if c := r.columns[field]; c >= 0 {
		return r.sheet.Header[c]
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
