package queries

import "strings"

// Set is everything the queries folder declares: figures, tables, checks and
// the views they share, each sorted by its place in the report.
type Set struct {
	Views   []View
	Figures []Figure
	Tables  []Table
	Checks  []Check
	Texts   map[string]string // the files as they stand, by their path: figures/proposals_filed.sql
}

// View is a definition that several queries share.
type View struct {
	ID   string
	SQL  string
	File string
	Line int // line of File on which SQL begins
}

// Figure is a set of rows (SQL) and an aggregate over them (Value), or an exact
// ratio of two other figures (Numerator, Denominator; no SQL).
type Figure struct {
	ID, Title, Section string
	Order              int      // place in the report; figures are listed by it
	Value              string   // aggregate over SQL, e.g. count(*)
	Numerator          string   // id of the figure above the line of a ratio
	Denominator        string   // id of the figure below the line of a ratio
	Unit               string   // 件, 人次, 万元, %; 万元 and 亿元 take an aggregate in 元
	Quote              Quote    // how the report writes the value
	Says               []string // the report's wording, {} where the number stands, the unit behind it
	Claim              string   // for an implicit figure: the words that imply it
	AtLeast            int64    // for an implicit figure: the least value that makes Claim true
	Basis              string   // for a figure the report does not quote: what it is the basis of
	Highlight          bool     // among the few that open the page of charts
	Note               string   // the choices in the definition, and why
	SQL                string
	File               string
	ValueLine, Line    int // lines of File with the value, and on which SQL begins
}

// WholeSQL is the SQL with the aggregate over it, ready to be run; "" for a ratio.
func (f Figure) WholeSQL() string {
	if f.SQL == "" {
		return ""
	}
	return "SELECT " + f.Value + "\nFROM (\n" + indent(f.SQL) + "\n) AS records"
}

// Quote is how a value is written: exactly, with a hedge after a round number,
// or as a rank.
type Quote struct {
	Hedge string // "", 余, 多, rank
	Place int64  // for 余 and 多: the place value of the last digit written, in Unit
	Scope string // for a rank: the words before it, 全市
}

// Table is a breakdown: one row a key, in the order of its SQL.
type Table struct {
	ID, Title, Section string
	Order              int
	Unit               string // unit of the whole table, for the line 单位：…
	Columns            []Column
	Key                []string // columns that identify a row
	Total              []string // columns that may be added up
	Compare            bool     // last year's values stand beside this year's
	Chart              *Chart
	Note               string
	Records            string   // SELECT of the rows behind the table, which SQL knows as records; "" for none
	Counts             []string // columns that add up to the number of records behind a row
	SQL                string
	File               string
	RecordsLine, Line  int // lines of File on which Records and SQL begin
}

// TrendID is the id of the table of figures over the years, which the program makes.
const TrendID = "trends"

// WholeSQL is the SQL with that of its records, ready to be run.
func (t Table) WholeSQL() string {
	if t.Records == "" {
		return t.SQL
	}
	return "WITH records AS (\n" + indent(t.Records) + "\n)\n" + t.SQL
}

func indent(sql string) string { return "  " + strings.ReplaceAll(sql, "\n", "\n  ") }

// Format says what a table column holds and how it is shown.
type Format string

// The formats of a table column.
const (
	Text    Format = "text"
	Integer Format = "integer"
	Money   Format = "money" // exact 元 in the record, shown in 万元
	Date    Format = "date"
	Ratio   Format = "ratio" // Numerator / Denominator of the same row, as a percentage
	Share   Format = "share" // Numerator / the column's total, as a percentage

	// OfFigure is a figure's value in one year, written as the figure of the row
	// is. The program makes such columns; no header may ask for them.
	OfFigure Format = "figure"
)

// Column is one column of a Table.
type Column struct {
	Name, Title            string
	Format                 Format
	Unit                   string
	Numerator, Denominator string // of a Ratio or Share: names of integer columns
	Last                   bool   // last year's value of the column of the same name without _last
}

// Chart says which picture a table becomes.
type Chart struct {
	Kind string   // one of ChartKinds
	X    string   // column of categories
	Y    []string // columns of values
}

// ChartKinds are the kinds of picture that charts can draw.
var ChartKinds = []string{"column", "bar", "line", "stack", "funnel", "calendar", "donut"}

// Check is a query that returns the rows that must not exist.
type Check struct {
	ID, Title, Section string
	Order              int
	Severity           string // reject: the run ends; warn: said, and printed in every document
	Claim              string // the words of the report that the check proves, if any
	Expect             string // what a row must satisfy, and what to do, for the reader
	Note               string
	SQL                string
	File               string
	Line               int
}
