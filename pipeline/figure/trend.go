package figure

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"workreport/pipeline/contract"
	"workreport/pipeline/quote"
	"workreport/queries"
)

// Course is a figure over the years; Values are in Spec.Unit, by the name of the
// year's column, and missing where a year has none.
type Course struct {
	Spec   queries.Figure
	Values map[string]*big.Rat
}

// MaxCourses is how many figures the picture of a trend has at most.
const MaxCourses = 10

// Trend is the table of the quoted figures over consecutive years, the earliest
// first, by the definitions of the last of them: figures[i] are those of the year
// first+i, all computed by the same queries.
func Trend(first int, figures [][]Figure, rounding contract.Rounding) Table {
	t := Table{Rounding: rounding, Spec: queries.Table{ID: queries.TrendID, Section: "历年比较", File: "历年数字", Key: []string{"figure"},
		Title: "近" + quote.Ordinal(int64(len(figures))) + "年主要数字",
		Note:  fmt.Sprintf("各年的数都按%d年度的口径，由当年的记录算出。", first+len(figures)-1),
		Columns: []queries.Column{
			{Name: "figure", Title: "数字", Format: queries.Text}, {Name: "unit", Title: "单位", Format: queries.Text},
		}}}
	var years []string
	for i := range figures {
		years = append(years, fmt.Sprintf("y%d", first+i))
		t.Spec.Columns = append(t.Spec.Columns, queries.Column{Name: years[i], Title: fmt.Sprintf("%d年", first+i), Format: queries.OfFigure})
	}
	t.Spec.Chart = &queries.Chart{Kind: "trend", X: "figure", Y: years}
	for _, f := range figures[len(figures)-1] {
		if f.Kind() != "引用" {
			continue
		}
		c := Course{Spec: f.Spec, Values: map[string]*big.Rat{}}
		for i, name := range years {
			at := slices.IndexFunc(figures[i], func(of Figure) bool { return of.Spec.ID == f.Spec.ID })
			c.Values[name] = figures[i][at].Value
		}
		t.Courses = append(t.Courses, c)
	}
	return t.ofCourses()
}

// ofCourses makes the record of the courses.
func (t Table) ofCourses() Table {
	fields := []arrow.Field{{Name: "figure", Type: arrow.BinaryTypes.String}, {Name: "unit", Type: arrow.BinaryTypes.String}}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	for _, c := range t.Courses {
		b.Field(0).(*array.StringBuilder).Append(c.Spec.Title)
		b.Field(1).(*array.StringBuilder).Append(c.Spec.Unit)
	}
	t.Record = b.NewRecord()
	return t
}

// Highlighted is the trend of the figures that open the page of charts, or else of
// the first that have a value, as many as a picture holds.
func (t Table) Highlighted() Table {
	all := t.Courses
	t.Courses = nil
	marked := slices.ContainsFunc(all, func(c Course) bool { return c.Spec.Highlight })
	for _, c := range all {
		valued := slices.ContainsFunc(t.Spec.Chart.Y, func(year string) bool { return c.Values[year] != nil })
		if len(t.Courses) < MaxCourses && valued && c.Spec.Highlight == marked {
			t.Courses = append(t.Courses, c)
		}
	}
	return t.ofCourses()
}

// number is the value in one year; percentages are fractions, as in every table.
func (c Course) number(year string) (*big.Rat, bool) {
	x := c.Values[year]
	if x == nil {
		return nil, false
	}
	if c.Spec.Unit == "%" {
		x = new(big.Rat).Quo(x, big.NewRat(100, 1))
	}
	return x, true
}

// text is the value in one year as it is printed, "" where there is none.
func (c Course) text(year string, rounding contract.Rounding) string {
	x := c.Values[year]
	if x == nil {
		return ""
	}
	return written(c.Spec, x, rounding)
}
