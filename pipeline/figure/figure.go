// Package figure computes the figures, tables and checks of a year.
package figure

import (
	"math/big"

	"github.com/apache/arrow/go/v15/arrow"

	"workreport/queries"
)

// Figure is a computed figure.
type Figure struct {
	Spec    queries.Figure
	Value   *big.Rat // in Spec.Unit (万元 for money, 100 for 100 %); nil where no record supports it
	Quoted  string   // as the report writes it: 50余次, 100%, 全市第一
	Rows    int64    // how many rows stand behind it
	Last    *big.Rat // last year's value, nil where there is none
	Sources []string // titles of the record sets behind it

	ValueText      string // Value in full precision: 228, 4386.5, 100; "" for nil
	LastText       string // likewise
	LastQuoted     string
	ChangeText     string // +12, -3.5, 持平, "" where there is no last value
	ChangeRateText string // +5.6%, "" where it makes no sense
}

// Kind says how the report uses the figure: 引用 (quoted), 隐含 (implied by its
// words) or 基础 (the basis of another figure).
func (f Figure) Kind() string {
	switch {
	case f.Spec.Claim != "":
		return "隐含"
	case f.Spec.Basis != "":
		return "基础"
	}
	return "引用"
}

// Sentence is the report's wording with the number in it, "" for a figure that is not quoted.
func (f Figure) Sentence() string { panic("seam") }

// Check is a check with the rows that break it, none where it holds.
type Check struct {
	Spec       queries.Check
	Violations arrow.Record
	Sources    []string
}

// Holds tells whether the check was passed.
func (c Check) Holds() bool { return c.Violations.NumRows() == 0 }
