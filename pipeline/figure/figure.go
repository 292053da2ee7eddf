// Package figure computes the figures, tables and checks of a year. The value
// of a figure and the rows behind it come from the same SELECT, so they can
// never disagree. Values are exact; nothing is rounded before it is written.
package figure

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/decimal128"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"workreport/pipeline/contract"
	"workreport/pipeline/quote"
	"workreport/pipeline/store"
	"workreport/queries"
)

// Figure is a computed figure.
type Figure struct {
	Spec    queries.Figure
	Value   *big.Rat     // in Spec.Unit (万元 for money, 100 for 100 %); nil where no record supports it
	Quoted  string       // as the report writes it: 50余次, 100%, 全市第一
	Rows    int64        // how many rows stand behind it
	Last    *big.Rat     // last year's value by the same definition, nil where there is none
	Then    *Then        // last year's by last year's own, nil where that was the same
	Sources []string     // titles of the record sets behind it
	Records arrow.Record // the first of the rows, by place; nil where they were not read

	ValueText      string // Value in full precision: 228, 4386.52, 100; "" for nil
	LastText       string // likewise
	ChangeText     string // +12, -3.5, 持平, +0.51个百分点; "" where there is no last value
	ChangeRateText string // +5.6%; "" where it makes no sense
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

// Holds tells whether the words of an implicit figure are true.
func (f Figure) Holds() bool {
	return f.Value != nil && f.Value.Cmp(new(big.Rat).SetInt64(f.Spec.AtLeast)) >= 0
}

// Sentence is the report's wording with the number in it: the first of its
// wordings, the claim of an implicit figure, "" for one that is not quoted or
// that no record supports.
func (f Figure) Sentence() string {
	switch {
	case f.Spec.Claim != "":
		return f.Spec.Claim
	case len(f.Spec.Says) == 0 || f.Value == nil || f.Rows == 0:
		return ""
	}
	return strings.Replace(f.Spec.Says[0], "{}", f.Number(), 1)
}

// Number is the figure as it stands in a wording, which brings its own unit: 50余.
func (f Figure) Number() string { return strings.TrimSuffix(f.Quoted, f.Spec.Unit) }

// Compute computes every figure, in the order of the report. Its error lists
// every figure that could not be computed.
func Compute(ctx context.Context, s *store.Store, figures []queries.Figure, rounding contract.Rounding) ([]Figure, error) {
	list := make([]Figure, len(figures))
	computed := make(map[string]*Figure, len(figures))
	var faults []error
	for i, spec := range figures {
		if spec.Numerator == "" {
			var err error
			if list[i], err = aggregate(ctx, s, spec); err != nil {
				faults = append(faults, err)
			}
		}
		computed[spec.ID] = &list[i]
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	for i, spec := range figures {
		if spec.Numerator != "" {
			list[i] = ratio(spec, computed[spec.Numerator], computed[spec.Denominator])
		}
		list[i].write(rounding)
	}
	return list, nil
}

func (f *Figure) write(rounding contract.Rounding) {
	if f.Value != nil {
		f.ValueText = quote.Exact(f.Value, rounding.Policy)
		f.Quoted = quote.Write(f.Value, f.Spec.Quote, f.Spec.Unit, rounding)
	}
}

// Body is the query whose rows stand behind a figure.
func Body(spec queries.Figure) store.Query {
	return store.Query{
		Before: "SELECT * FROM (", Body: spec.SQL, After: ") AS records ORDER BY _file, _sheet, _row",
		File: spec.File, Line: spec.Line, HeadLine: spec.ValueLine,
	}
}

// aggregate computes the value over the rows, their number, and that every one
// of them knows its place.
func aggregate(ctx context.Context, s *store.Store, spec queries.Figure) (Figure, error) {
	f := Figure{Spec: spec}
	q := Body(spec)
	q.Before = fmt.Sprintf("SELECT %s AS value, count(*) AS every, count(CASE WHEN _file IS NOT NULL AND _sheet IS NOT NULL THEN _row END) AS placed FROM (", spec.Value)
	q.After, q.Expression = ") AS records", spec.Value
	record, err := s.Query(ctx, q)
	if err != nil {
		return f, err
	}
	defer record.Release()
	every, _ := cellNumber(record.Column(1), 0)
	placed, _ := cellNumber(record.Column(2), 0)
	if record.NumRows() != 1 || every.Cmp(placed) != 0 {
		return f, fmt.Errorf("%s:%d: 有的行没有 _file、_sheet、_row，说不清来源", spec.File, spec.Line)
	}
	if record.Column(0).IsValid(0) {
		var ok bool
		if f.Value, ok = cellNumber(record.Column(0), 0); !ok {
			return f, fmt.Errorf("%s:%d: “value:”的结果不是数", spec.File, spec.ValueLine)
		}
		if new(big.Rat).Abs(f.Value).Cmp(largest) > 0 {
			return f, fmt.Errorf("%s:%d: “value:”的结果太大，不像是报告里的数字", spec.File, spec.ValueLine)
		}
		f.Value.Quo(f.Value, scale(spec.Unit))
	}
	f.Rows = every.Num().Int64()
	f.Sources, err = s.Sources(ctx, q)
	return f, err
}

// largest bounds a value, so that it fits a decimal of 38 digits with six places.
var largest = new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil))

// scale is how many 元 the unit of a money figure has, 1 for any other unit.
func scale(unit string) *big.Rat {
	switch {
	case strings.HasPrefix(unit, "万元"):
		return big.NewRat(10_000, 1)
	case strings.HasPrefix(unit, "亿元"):
		return big.NewRat(100_000_000, 1)
	}
	return big.NewRat(1, 1)
}

func ratio(spec queries.Figure, above, below *Figure) Figure {
	f := Figure{Spec: spec, Rows: below.Rows, Sources: below.Sources}
	if above.Value != nil && below.Value != nil && below.Value.Sign() != 0 {
		f.Value = new(big.Rat).Quo(above.Value, below.Value)
		if spec.Unit == "%" {
			f.Value.Mul(f.Value, big.NewRat(100, 1))
		}
	}
	return f
}

// Compare puts last year's values beside this year's, for the figures that both
// years have. Implicit figures name the things of their year and are left alone.
func Compare(figures, last []Figure, rounding contract.Rounding) {
	before := make(map[string]Figure, len(last))
	for _, f := range last {
		before[f.Spec.ID] = f
	}
	for i := range figures {
		f := &figures[i]
		old, ok := before[f.Spec.ID]
		if !ok || old.Value == nil || f.Spec.Claim != "" {
			continue
		}
		f.Last, f.LastText = old.Value, old.ValueText
		if f.Value == nil {
			continue
		}
		f.ChangeText = quote.Change(f.Value, f.Last, f.Spec.Unit, rounding)
		f.ChangeRateText = quote.ChangeRate(f.Value, f.Last, f.Spec.Unit, rounding)
	}
}

// Check is a check with the rows that break it, none where it holds.
type Check struct {
	Spec       queries.Check
	Violations arrow.Record // the first of them
	All        int64        // how many there are
	Sources    []string
}

// Holds tells whether the check was passed.
func (c Check) Holds() bool { return c.Violations.NumRows() == 0 }

// maxViolations is how many of the rows that break one check are kept.
const maxViolations = 10_000

// RunChecks runs every check, in the order given.
func RunChecks(ctx context.Context, s *store.Store, checks []queries.Check) ([]Check, error) {
	var done []Check
	var faults []error
	for _, spec := range checks {
		q := store.Query{Body: spec.SQL, File: spec.File, Line: spec.Line}
		record, all, err := s.QueryFirst(ctx, q, maxViolations)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		sources, err := s.Sources(ctx, q)
		if err != nil {
			faults = append(faults, err)
		}
		done = append(done, Check{spec, record, all, sources})
	}
	return done, errors.Join(faults...)
}

// Record is the figures as an Arrow record: texts, the exact value as a decimal
// with six places (rounded by the policy where it does not end), and the number
// of rows behind each.
func Record(figures []Figure, rounding contract.Rounding) arrow.Record {
	value := &arrow.Decimal128Type{Precision: 38, Scale: 6}
	text := arrow.BinaryTypes.String
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: text}, {Name: "title", Type: text}, {Name: "value", Type: value, Nullable: true},
		{Name: "unit", Type: text}, {Name: "quoted", Type: text}, {Name: "section", Type: text},
		{Name: "definition", Type: text}, {Name: "rows", Type: arrow.PrimitiveTypes.Int64},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for _, f := range figures {
		for i, cell := range []string{f.Spec.ID, f.Spec.Title, "", f.Spec.Unit, f.Quoted, f.Spec.Section, f.Spec.Note} {
			if text, ok := b.Field(i).(*array.StringBuilder); ok {
				text.Append(cell)
			}
		}
		if f.Value == nil {
			b.Field(2).AppendNull()
		} else {
			millionths, _ := new(big.Int).SetString(strings.Replace(quote.Round(f.Value, 6, rounding.Policy), ".", "", 1), 10)
			b.Field(2).(*array.Decimal128Builder).Append(decimal128.FromBigInt(millionths))
		}
		b.Field(7).(*array.Int64Builder).Append(f.Rows)
	}
	return b.NewRecord()
}
