package figure

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"workreport/pipeline/contract"
	"workreport/pipeline/store"
	"workreport/queries"
)

// Tables runs every breakdown, in the order of the report, and holds each
// result against what its header says of it.
func Tables(ctx context.Context, s *store.Store, tables []queries.Table, rounding contract.Rounding) ([]Table, error) {
	var done []Table
	var faults []error
	for _, spec := range tables {
		q := tableBody(spec)
		record, err := s.Query(ctx, q)
		if err == nil {
			err = agrees(spec, record)
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		sources, err := s.Sources(ctx, q)
		if err != nil {
			faults = append(faults, err)
		}
		done = append(done, Table{Spec: spec, Record: record, Sources: sources, Rounding: rounding})
	}
	return done, errors.Join(faults...)
}

// agrees compares a result with its header: the same columns in the same order,
// of the same kinds, and no key twice.
func agrees(spec queries.Table, record arrow.Record) error {
	var want []queries.Column
	for _, c := range spec.Columns {
		if c.Format != queries.Ratio && c.Format != queries.Share {
			want = append(want, c)
		}
	}
	fields := record.Schema().Fields()
	if len(fields) != len(want) {
		return fmt.Errorf("%s:%d: 查询给出 %d 列，文件头声明了 %d 列", spec.File, spec.Line, len(fields), len(want))
	}
	for i, c := range want {
		if fields[i].Name != c.Name {
			return fmt.Errorf("%s:%d: 第 %d 列是 %s，文件头声明的是 %s", spec.File, spec.Line, i+1, fields[i].Name, c.Name)
		}
		if !fits(c.Format, fields[i].Type) {
			return fmt.Errorf("%s:%d: 列 %s 的类型 %s 不是声明的 %s", spec.File, spec.Line, c.Name, fields[i].Type, c.Format)
		}
	}
	seen := map[string]bool{}
	for row := range int(record.NumRows()) {
		key := keyOf(spec, record, row)
		if seen[key] {
			return fmt.Errorf("%s:%d: 键 %s 出现两次，“key:”不能唯一确定一行", spec.File, spec.Line, spoken(key))
		}
		seen[key] = true
	}
	return nil
}

func fits(format queries.Format, t arrow.DataType) bool {
	switch d, isDecimal := t.(*arrow.Decimal128Type); format {
	case queries.Text:
		return t.ID() == arrow.STRING
	case queries.Date:
		return t.ID() == arrow.DATE32
	case queries.Integer:
		return t.ID() == arrow.INT64 || isDecimal && d.Scale == 0
	case queries.Money:
		return t.ID() == arrow.INT64 || isDecimal
	}
	return false
}

func keyOf(spec queries.Table, record arrow.Record, row int) string {
	var parts []string
	for _, name := range spec.Key {
		parts = append(parts, CellText(record.Column(record.Schema().FieldIndices(name)[0]), row))
	}
	return strings.Join(parts, "\x00")
}

// CompareTables puts last year's values beside this year's in every table that
// asks for it and that both years have, as columns named <name>_last. A row
// that only last year had comes at the end: nothing is lost.
func CompareTables(tables, last []Table, year int) {
	for i, t := range tables {
		at := slices.IndexFunc(last, func(l Table) bool { return l.Spec.ID == t.Spec.ID })
		if t.Spec.Compare && at >= 0 && last[at].Len() > 0 {
			tables[i] = t.beside(last[at], year)
		}
	}
}

func (t Table) beside(last Table, year int) Table {
	rows := t.pair(last)
	var fields []arrow.Field
	var columns []arrow.Array
	spec := t.Spec
	spec.Columns, spec.Total = nil, slices.Clone(t.Spec.Total)
	for _, c := range t.Spec.Columns {
		isKey := slices.Contains(t.Spec.Key, c.Name)
		before := c
		before.Name, before.Last = c.Name+"_last", true
		if !isKey && c.Format != queries.Text && c.Format != queries.Date {
			before.Title = fmt.Sprintf("%d年%s", year-1, c.Title)
			c.Title = fmt.Sprintf("%d年%s", year, c.Title)
		}
		spec.Columns = append(spec.Columns, c)
		switch {
		case c.Format == queries.Ratio || c.Format == queries.Share:
			before.Numerator, before.Denominator = c.Numerator+"_last", c.Denominator+"_last"
			spec.Columns = append(spec.Columns, before)
		case isKey || c.Format == queries.Text || c.Format == queries.Date:
			fields = append(fields, arrow.Field{Name: c.Name, Type: t.cells(c.Name).DataType(), Nullable: true})
			columns = append(columns, pick(rows, t.cells(c.Name), last.cells(c.Name), true, true))
		default:
			fields = append(fields, arrow.Field{Name: c.Name, Type: t.cells(c.Name).DataType(), Nullable: true},
				arrow.Field{Name: before.Name, Type: t.cells(c.Name).DataType(), Nullable: true})
			columns = append(columns, pick(rows, t.cells(c.Name), last.cells(c.Name), true, false),
				pick(rows, t.cells(c.Name), last.cells(c.Name), false, true))
			spec.Columns = append(spec.Columns, before)
			if slices.Contains(t.Spec.Total, c.Name) {
				spec.Total = append(spec.Total, before.Name)
			}
		}
	}
	t.Spec = spec
	t.Record = array.NewRecord(arrow.NewSchema(fields, nil), columns, int64(len(rows)))
	return t
}

// place is a row of the joined table: its number in this year's and last year's, -1 for none.
type place struct{ now, before int }

func (t Table) pair(last Table) []place {
	before := map[string]int{}
	for row := range last.Len() {
		before[keyOf(last.Spec, last.Record, row)] = row
	}
	var rows []place
	for row := range t.Len() {
		key := keyOf(t.Spec, t.Record, row)
		old, ok := before[key]
		if !ok {
			old = -1
		}
		delete(before, key)
		rows = append(rows, place{row, old})
	}
	for row := range last.Len() {
		if _, only := before[keyOf(last.Spec, last.Record, row)]; only {
			rows = append(rows, place{-1, row})
		}
	}
	return rows
}

// pick builds a column from this year's cells, last year's, or the first of the
// two that there is. Cells are copied as they are, never by way of text.
func pick(rows []place, now, before arrow.Array, useNow, useBefore bool) arrow.Array {
	none := array.MakeArrayOfNull(memory.DefaultAllocator, now.DataType(), 1)
	cells := make([]arrow.Array, len(rows))
	for i, r := range rows {
		switch {
		case useNow && r.now >= 0:
			cells[i] = array.NewSlice(now, int64(r.now), int64(r.now)+1)
		case useBefore && r.before >= 0:
			cells[i] = array.NewSlice(before, int64(r.before), int64(r.before)+1)
		default:
			cells[i] = none
		}
	}
	if len(cells) == 0 {
		return array.MakeArrayOfNull(memory.DefaultAllocator, now.DataType(), 0)
	}
	column, err := array.Concatenate(cells, memory.DefaultAllocator)
	if err != nil {
		panic(err) // both columns were checked against the same header
	}
	return column
}
