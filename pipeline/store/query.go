package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/decimal128"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/marcboeker/go-duckdb/v2"
)

// Query is a statement with the place of its body in a query file, so that the
// engine's errors name file and line.
type Query struct {
	Before   string // what comes in front of the body: one line, or nothing
	Body     string
	After    string
	File     string
	Line     int // line of File on which Body begins
	HeadLine int // line of File that Before stands for

	// What Before has from the file, "" for nothing: each must be whole by itself.
	Expression string // a value
	Subquery   string // a SELECT
}

// SQL is the whole statement.
func (q Query) SQL() string {
	if q.Before == "" {
		return q.Body
	}
	return q.Before + "\n" + q.Body + "\n" + q.After
}

func (q Query) locate(err error) error {
	before := 0
	if q.Before != "" {
		before = 1
	}
	return locate(err, q.File, q.Line, before, q.HeadLine)
}

// Query answers with an Arrow record: BIGINT as int64, HUGEINT and DECIMAL as
// decimal128, DATE as date32, BOOLEAN and VARCHAR as themselves. Any other type,
// FLOAT and DOUBLE above all, is an error.
func (s *Store) Query(ctx context.Context, q Query) (arrow.Record, error) {
	record, _, err := s.QueryFirst(ctx, q, math.MaxInt64)
	return record, err
}

// QueryFirst is Query for the first rows alone, with the number of all.
func (s *Store) QueryFirst(ctx context.Context, q Query, most int64) (record arrow.Record, all int64, err error) {
	if err := s.admit(ctx, q); err != nil {
		return nil, 0, err
	}
	rows, err := s.pool.QueryContext(ctx, q.SQL())
	if err != nil {
		return nil, 0, q.locate(err)
	}
	defer rows.Close()
	schema, err := schemaOf(rows)
	if err != nil {
		return nil, 0, fmt.Errorf("%s:%d: %w", q.File, q.Line, err)
	}
	builder := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer builder.Release()
	cells := make([]any, len(schema.Fields()))
	targets := make([]any, len(cells))
	for i := range cells {
		targets[i] = &cells[i]
	}
	for rows.Next() {
		if all++; all > most {
			continue
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, 0, q.locate(err)
		}
		for i, cell := range cells {
			if err := add(builder.Field(i), cell); err != nil {
				return nil, 0, fmt.Errorf("%s:%d: 列 %s：%w", q.File, q.Line, schema.Field(i).Name, err)
			}
		}
	}
	if err := rows.Err(); err != nil {
		return nil, 0, q.locate(err)
	}
	return builder.NewRecord(), all, nil
}

func schemaOf(rows *sql.Rows) (*arrow.Schema, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	fields := make([]arrow.Field, len(types))
	for i, t := range types {
		kind, err := arrowType(t.DatabaseTypeName())
		if err != nil {
			return nil, fmt.Errorf("列 %s：%w", t.Name(), err)
		}
		fields[i] = arrow.Field{Name: t.Name(), Type: kind, Nullable: true}
	}
	return arrow.NewSchema(fields, nil), nil
}

func arrowType(name string) (arrow.DataType, error) {
	var precision, scale int32
	switch {
	case name == "BIGINT", name == "INTEGER", name == "SMALLINT", name == "TINYINT":
		return arrow.PrimitiveTypes.Int64, nil
	case name == "HUGEINT":
		return &arrow.Decimal128Type{Precision: 38}, nil
	case name == "DATE":
		return arrow.FixedWidthTypes.Date32, nil
	case name == "BOOLEAN":
		return arrow.FixedWidthTypes.Boolean, nil
	case name == "VARCHAR":
		return arrow.BinaryTypes.String, nil
	case name == "DOUBLE", name == "FLOAT":
		return nil, fmt.Errorf("结果是浮点数，不精确；请用整数或 DECIMAL，比率用“a / b”的写法")
	case strings.HasPrefix(name, "DECIMAL("):
		if _, err := fmt.Sscanf(name, "DECIMAL(%d,%d)", &precision, &scale); err == nil {
			return &arrow.Decimal128Type{Precision: precision, Scale: scale}, nil
		}
	}
	return nil, fmt.Errorf("结果的类型 %s 不能用，可用整数、DECIMAL、DATE、BOOLEAN、VARCHAR", name)
}

func add(builder array.Builder, cell any) error {
	if cell == nil {
		builder.AppendNull()
		return nil
	}
	switch b := builder.(type) {
	case *array.Int64Builder:
		n, ok := integer(cell)
		if !ok {
			return fmt.Errorf("不认识的值 %v", cell)
		}
		b.Append(n)
	case *array.Decimal128Builder:
		unscaled, ok := cell.(*big.Int)
		if d, isDecimal := cell.(duckdb.Decimal); isDecimal {
			unscaled, ok = d.Value, true
		}
		if !ok || unscaled.BitLen() > 127 {
			return fmt.Errorf("数值 %v 太大", cell)
		}
		b.Append(decimal128.FromBigInt(unscaled))
	case *array.Date32Builder:
		b.Append(arrow.Date32FromTime(cell.(time.Time)))
	case *array.BooleanBuilder:
		b.Append(cell.(bool))
	case *array.StringBuilder:
		b.Append(cell.(string))
	}
	return nil
}

func integer(cell any) (int64, bool) {
	switch n := cell.(type) {
	case int64:
		return n, true
	case int32:
		return int64(n), true
	case int16:
		return int64(n), true
	case int8:
		return int64(n), true
	}
	return 0, false
}
