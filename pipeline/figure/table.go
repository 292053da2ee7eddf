package figure

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"

	"workreport/pipeline/contract"
	"workreport/pipeline/quote"
	"workreport/queries"
)

// Table is a breakdown: its declaration, its rows as an Arrow record, and the
// record sets they come from. Columns of format ratio and share are not in the
// record: they are computed exactly when asked for.
type Table struct {
	Spec     queries.Table // Columns include last year's (Column.Last) where there are any
	Record   arrow.Record
	Sources  []string // titles of the record sets behind it
	Rounding contract.Rounding

	Records    arrow.Record // the first of the records behind it, by place; nil where they were not read
	AllRecords int64        // how many there are, one behind two rows counted once
	behind     []int64      // how many are behind each row
}

// Len is the number of rows.
func (t Table) Len() int { return int(t.Record.NumRows()) }

// Column is the declaration of a column; it panics on a name the table does not have.
func (t Table) Column(name string) queries.Column {
	i := slices.IndexFunc(t.Spec.Columns, func(c queries.Column) bool { return c.Name == name })
	if i < 0 {
		panic(fmt.Sprintf("table %s has no column %s", t.Spec.ID, name))
	}
	return t.Spec.Columns[i]
}

// Number is the exact value of a numeric cell; false where the cell is empty.
// Money is in 元; ratios and shares are fractions (1 is 100 %).
func (t Table) Number(row int, column string) (*big.Rat, bool) {
	c := t.Column(column)
	switch c.Format {
	case queries.Ratio:
		return divide(t.Number(row, c.Numerator))(t.Number(row, c.Denominator))
	case queries.Share:
		return divide(t.Number(row, c.Numerator))(t.sum(c.Numerator), true)
	}
	return cellNumber(t.cells(column), row)
}

// Text is a cell in full, as the CSV holds it: integers with no separators,
// money in 万元, ratios as percentages by the rounding policy, dates as
// 2021-03-05, and "" where it is empty.
func (t Table) Text(row int, column string) string {
	return t.written(row, column, t.numberText)
}

// Shown is a cell as it is printed, with as many decimals as the others of its
// column: two for money in 万元, those of the rounding policy for percentages,
// more only where a share would else be written 0% or 100% falsely.
func (t Table) Shown(row int, column string) string {
	return t.written(row, column, t.numberShown)
}

func (t Table) written(row int, column string, number func(queries.Column) func(*big.Rat, bool) string) string {
	c := t.Column(column)
	if c.Format == queries.Text || c.Format == queries.Date {
		return CellText(t.cells(column), row)
	}
	return number(c)(t.Number(row, column))
}

// TotalShown is Total as it is printed, "" where there is none.
func (t Table) TotalShown(column string) string {
	return t.numberShown(t.Column(column))(t.Total(column))
}

// MoneyShown writes 元 as 万元 with two decimals; in full where that would show
// nothing of a sum that is not nothing.
func (t Table) MoneyShown(yuan *big.Rat) string {
	wan := new(big.Rat).Quo(yuan, big.NewRat(10000, 1))
	if text := quote.Round(wan, 2, t.Rounding.Policy); text != "0.00" || wan.Sign() == 0 {
		return text
	}
	return quote.Exact(wan, t.Rounding.Policy)
}

func (t Table) numberShown(c queries.Column) func(*big.Rat, bool) string {
	return func(x *big.Rat, ok bool) string {
		switch {
		case !ok:
			return ""
		case c.Format == queries.Ratio || c.Format == queries.Share:
			whole, decimals, _ := strings.Cut(strings.TrimSuffix(quote.Percent(x, t.Rounding), "%"), ".")
			if decimals += strings.Repeat("0", max(0, t.Rounding.PercentPlaces-len(decimals))); decimals != "" {
				whole += "." + decimals
			}
			return whole + "%"
		case c.Format == queries.Money:
			return t.MoneyShown(x)
		}
		return t.numberText(c)(x, ok)
	}
}

// Heading is how a column is headed. Where last year's stands beside it, over
// is the title that both share, and title the year: 会议数 over 2021年, 2020年.
func (t Table) Heading(column string) (over, title string) {
	c := t.Column(column)
	last := strings.TrimSuffix(column, "_last") + "_last"
	if slices.ContainsFunc(t.Spec.Columns, func(c queries.Column) bool { return c.Name == last && c.Last }) {
		if year, rest, found := strings.Cut(c.Title, "年"); found && rest != "" {
			return rest, year + "年"
		}
	}
	return "", c.Title
}

// Total is the sum of a column that Spec.Total names, and the ratio of the
// totals for a ratio or share of such columns; false for any other.
func (t Table) Total(column string) (*big.Rat, bool) {
	c := t.Column(column)
	switch {
	case c.Format == queries.Ratio:
		return divide(t.Total(c.Numerator))(t.Total(c.Denominator))
	case c.Format == queries.Share:
		return divide(t.Total(c.Numerator))(t.Total(c.Numerator))
	case slices.Contains(t.Spec.Total, column):
		return t.sum(column), true
	}
	return nil, false
}

// TotalText is Total in full, "" where there is none.
func (t Table) TotalText(column string) string {
	return t.numberText(t.Column(column))(t.Total(column))
}

func (t Table) numberText(c queries.Column) func(*big.Rat, bool) string {
	return func(x *big.Rat, ok bool) string {
		switch {
		case !ok:
			return ""
		case c.Format == queries.Ratio || c.Format == queries.Share:
			return quote.Percent(x, t.Rounding)
		case c.Format == queries.Money:
			return quote.Exact(new(big.Rat).Quo(x, big.NewRat(10000, 1)), t.Rounding.Policy)
		}
		return quote.Exact(x, t.Rounding.Policy)
	}
}

func (t Table) sum(column string) *big.Rat {
	sum := new(big.Rat)
	for row := range t.Len() {
		if x, ok := t.Number(row, column); ok {
			sum.Add(sum, x)
		}
	}
	return sum
}

func (t Table) cells(column string) arrow.Array {
	return t.Record.Column(t.Record.Schema().FieldIndices(column)[0])
}

// divide returns the second half of a division, so that both halves may come
// from calls that answer (number, ok). Nothing divided by nothing is empty.
func divide(above *big.Rat, haveAbove bool) func(*big.Rat, bool) (*big.Rat, bool) {
	return func(below *big.Rat, haveBelow bool) (*big.Rat, bool) {
		if !haveAbove || !haveBelow || below.Sign() == 0 {
			return nil, false
		}
		return new(big.Rat).Quo(above, below), true
	}
}

// CellText is a cell of any column type the store makes, in full: 是 and 否 for
// truth values, "" where it is empty.
func CellText(cells arrow.Array, row int) string {
	if x, ok := cellNumber(cells, row); ok {
		return quote.Exact(x, contract.HalfUp) // integers and decimals end: nothing is rounded
	}
	if cells.IsNull(row) {
		return ""
	}
	if truth, ok := cells.(*array.Boolean); ok {
		return map[bool]string{true: "是", false: "否"}[truth.Value(row)]
	}
	return cells.ValueStr(row)
}

// cellNumber is the exact value of a cell of any column type the store makes.
func cellNumber(cells arrow.Array, row int) (*big.Rat, bool) {
	if cells.IsNull(row) {
		return nil, false
	}
	switch cells := cells.(type) {
	case *array.Int64:
		return new(big.Rat).SetInt64(cells.Value(row)), true
	case *array.Decimal128:
		scale := cells.DataType().(*arrow.Decimal128Type).Scale
		places := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
		return new(big.Rat).SetFrac(cells.Value(row).BigInt(), places), true
	}
	return nil, false
}
