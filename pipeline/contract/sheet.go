package contract

import (
	"fmt"
	"iter"
	"slices"

	"workreport/pipeline/source"
)

// Row is one record: a value for each field of its set, and its place.
type Row struct {
	Place  source.Place
	Values []any
}

// Account says what became of the rows of one file or sheet, as Excel counts
// them.
type Account struct {
	Set, File, Sheet, Format string
	Rows                     int // counted without reading them
	Blank                    int
	Heading                  int // titles and headings
	Totals                   int // rows of 合计 and the like
	Loaded                   int
	Rejected                 int
	Repeated                 int // rows whose key an earlier row has
}

// Balanced tells whether every row is in one place and no other.
func (a Account) Balanced() bool {
	return a.Rows == a.Blank+a.Heading+a.Totals+a.Loaded+a.Rejected+a.Repeated
}

// Kept is how many rows with a record did not get in.
func (a Account) Kept() int { return a.Rejected + a.Repeated }

// Reading is the typed rows of one sheet, its account and its problems. The
// account and problems are complete when the rows have been read to the end.
type Reading struct {
	Set      Set
	Sheet    source.Sheet
	Account  Account
	Problems []Problem
	Refused  []int // numbers of the rows kept out, sorted
	heading  heading
	columns  []int // for each field of Set: its column in the sheet, -1 where it is missing
	unsaid   int   // problems beyond maxProblems
}

// maxProblems is how many problems of one sheet are listed.
const maxProblems = 200_000

// Read finds the heading of a sheet and binds its columns to the fields of the set.
func Read(set Set, sheet source.Sheet) *Reading {
	r := &Reading{
		Set:   set,
		Sheet: sheet,
		Account: Account{Set: set.Name, File: sheet.File, Sheet: sheet.Name, Format: sheet.Format,
			Rows: sheet.Count.Rows, Blank: sheet.Count.Rows - sheet.Count.Filled},
		columns: make([]int, len(set.Fields)),
	}
	meaning := map[string]int{}
	for i, f := range set.Fields {
		r.columns[i] = -1
		for _, header := range f.Headers() {
			meaning[fold(header)] = i
		}
	}
	r.sayHidden()
	if r.findHeading(meaning) {
		r.bind(meaning)
	}
	if !r.Bound() {
		r.Account.Rejected = sheet.Count.Filled
		return r
	}
	r.Account.Heading = r.heading.rows
	return r
}

func (r *Reading) bind(meaning map[string]int) {
	if len(r.heading.cells) > 1000 {
		r.say(Problem{Row: r.heading.last, Severity: Reject, Rule: fmt.Sprintf("表头有 %d 列，太多了", len(r.heading.cells)), Remedy: "请检查分隔符，删去多余的列"})
		return
	}
	for column, header := range r.heading.cells {
		field, known := meaning[fold(header)]
		switch {
		case isBlank(header):
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
	return !slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Severity == Reject })
}

// Failed tells whether the sheet as a whole is refused, whatever its rows are.
func (r *Reading) Failed() bool { return r.Account.Kept() > len(r.Refused) }

// Refuse takes a row that was loaded out of the account again, as rejected or as
// repeated. It answers false for a row that is out already.
func (r *Reading) Refuse(row int, repeated bool) bool {
	at, out := slices.BinarySearch(r.Refused, row)
	if out {
		return false
	}
	r.Refused = slices.Insert(r.Refused, at, row)
	r.Account.Loaded--
	if repeated {
		r.Account.Repeated++
	} else {
		r.Account.Rejected++
	}
	return true
}

// Width is how many columns the heading has.
func (r *Reading) Width() int { return len(r.heading.cells) }

// HeadingEnd is the number of the last row of the heading.
func (r *Reading) HeadingEnd() int { return r.heading.last }

// Headings are the rows of the heading as one, titles left out.
func (r *Reading) Headings() []string { return r.heading.cells }

// Column is the column of a field, -1 where the sheet has none.
func (r *Reading) Column(field int) int { return r.columns[field] }

// IsNamed tells whether a column has a heading.
func (r *Reading) IsNamed(column int) bool { return r.isHeaded(column) }

// Recognised is how many columns the heading names that the contract knows.
func (r *Reading) Recognised() int { return r.heading.recognised }

// ColumnTitle is the column of a field as the file names it.
func (r *Reading) ColumnTitle(field string) string {
	return r.columnName(slices.IndexFunc(r.Set.Fields, func(f Field) bool { return f.Name == field }))
}

// Rows yields the rows that keep the contract; the others are put into
// Problems, and so is the fault at which a file cannot be read on.
func (r *Reading) Rows() iter.Seq[Row] { return r.take(r.Sheet.Rows()) }

// Only is Rows for the rows with the given numbers, which must be sorted.
func (r *Reading) Only(numbers []int) iter.Seq[Row] { return r.take(r.Sheet.Only(numbers)) }

func (r *Reading) take(rows iter.Seq2[source.Row, error]) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		merged := mergedIn(r.Sheet.Count.Merged)
		for row, err := range rows {
			if err != nil {
				r.say(Refusal(err.Error()))
				a := &r.Account // what could not be read did not get in
				a.Rejected = a.Rows - a.Blank - a.Heading - a.Totals - a.Loaded
				break
			}
			if row.Number <= r.heading.last {
				continue
			}
			if !r.row(row, merged(row.Number), yield) {
				break
			}
		}
		if r.unsaid > 0 {
			r.Problems = append(r.Problems, Problem{File: r.Sheet.File, Sheet: r.Sheet.Name, Severity: Reject,
				Rule: fmt.Sprintf("还有 %d 处问题没有逐一列出", r.unsaid), Remedy: "请先改正已列出的"})
		}
	}
}

// row puts one row into the account and, where it keeps the contract, yields it.
func (r *Reading) row(row source.Row, merged []source.Area, yield func(Row) bool) bool {
	switch {
	case row.Fault != "":
		p := Refusal(row.Fault)
		p.Row = row.Number
		r.say(p)
		r.refuse(row.Number)
		r.Account.Rejected += row.Lost // more than the rows refused: the sheet has failed
		return true
	case blank(row.Cells) && len(row.Unknown) == 0:
		r.Account.Blank++
		return true
	case isTotals(row.Cells):
		r.Account.Totals++
		return true
	}
	values, ok := r.values(row, merged)
	if !ok {
		r.refuse(row.Number)
		return true
	}
	r.Account.Loaded++
	return yield(Row{Place: source.Place{File: r.Sheet.File, Sheet: r.Sheet.Name, Row: row.Number}, Values: values})
}

func (r *Reading) refuse(row int) {
	r.Account.Rejected++
	r.Refused = append(r.Refused, row)
}

func (r *Reading) values(row source.Row, merged []source.Area) (values []any, ok bool) {
	values, ok = make([]any, len(r.Set.Fields)), true
	shifted := r.shifted(row.Cells)
	reject := func(p Problem) {
		ok = false
		p.Row, p.Severity = row.Number, Reject
		if shifted && p.Value != "" {
			p.Value = Undisclosed
		}
		r.say(p)
	}
	for i, f := range r.Set.Fields {
		var cell string
		c := r.columns[i]
		if c >= 0 && c < len(row.Cells) {
			cell = row.Cells[c]
		}
		if slices.Contains(row.Unknown, c) {
			reject(Problem{Column: r.columnName(i), Rule: "公式没有算出的值", Remedy: "请在 Excel 或 WPS 里打开、重新计算后保存"})
			continue
		}
		if at := mergedWith(merged, c, row.Number); at > 0 && isBlank(cell) {
			reject(Problem{Column: r.columnName(i), Rule: fmt.Sprintf("与第%d行的单元格合并在一起，这里没有值", at), Remedy: "请取消合并，逐格填写"})
			continue
		}
		if r.Sheet.Days1904 && f.Type == Date {
			cell = since1900(cell)
		}
		value, rule, remedy := f.Value(cell)
		if rule != "" {
			reject(Problem{Column: r.columnName(i), Value: shown(f, cell), Rule: rule, Remedy: remedy})
		}
		values[i] = value
	}
	for c, cell := range row.Cells {
		if !r.isHeaded(c) && !isBlank(cell) {
			reject(Problem{Value: cell, Rule: "这一格在表头之外", Remedy: "请检查是否多了一个分隔符，或补上表头"})
		}
	}
	return values, ok
}

// isHeaded tells whether a column has a name above it.
func (r *Reading) isHeaded(column int) bool {
	return column < len(r.heading.cells) && !isBlank(r.heading.cells[column])
}

// shifted tells whether what is private may stand in any column of a row: it has
// cells where the heading has none.
func (r *Reading) shifted(cells []string) bool {
	if !r.Set.hasPrivate() {
		return false
	}
	for c, cell := range cells {
		if !r.isHeaded(c) && !isBlank(cell) {
			return true
		}
	}
	return false
}

// Whole is a row that was refused as it may be shown and read again: its cells as
// they stand, but for those that are or may be private, and days in the common count.
func (r *Reading) Whole(row source.Row) []string {
	cells := slices.Clone(row.Cells)
	hide := func(c int) {
		if cells[c] != "" {
			cells[c] = Undisclosed
		}
	}
	if r.Set.hasPrivate() {
		bound := map[int]bool{}
		for i, f := range r.Set.Fields {
			bound[r.columns[i]] = !f.Private
		}
		for c := range cells {
			if row.Fault != "" || r.shifted(row.Cells) || !bound[c] {
				hide(c)
			}
		}
	}
	for i, f := range r.Set.Fields {
		if c := r.columns[i]; r.Sheet.Days1904 && f.Type == Date && c >= 0 && c < len(cells) {
			cells[c] = since1900(cells[c])
		}
	}
	return cells
}

func (r *Reading) columnName(field int) string {
	if c := r.columns[field]; c >= 0 {
		return r.heading.cells[c]
	}
	return r.Set.Fields[field].Title
}

func (r *Reading) say(p Problem) {
	if len(r.Problems) >= maxProblems {
		r.unsaid++
		return
	}
	p.File, p.Sheet = r.Sheet.File, r.Sheet.Name
	r.Problems = append(r.Problems, p)
}

// shown is a cell as a problem may show it: what is private stays out.
func shown(f Field, cell string) string {
	if f.Private && cell != "" {
		return Undisclosed
	}
	return cell
}

// Undisclosed stands where the cell of a private field would stand; read again,
// it is a blank.
const Undisclosed = "（不公开）"

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return !isBlank(cell) })
}
