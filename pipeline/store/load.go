package store

import (
	"context"
	"fmt"
	"iter"
	"math/big"
	"os"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/decimal128"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/compress"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"workreport/pipeline/contract"
	"workreport/pipeline/fault"
)

// Load reads the rows of a reading into the set. A text that no reader can take
// apart in another way is read by the engine, and only what it stumbles over is
// read again row by row; everything else is read row by row. Both ways end in
// Parquet, and the same SQL reads it.
//
// Several readings may be loaded at the same time.
func (s *Store) Load(ctx context.Context, r *contract.Reading) error {
	rows := r.Rows()
	if r.Sheet.Text != nil && r.Sheet.Text.Plain {
		again, ok, err := s.loadByEngine(ctx, r)
		if err != nil {
			return err
		}
		if ok {
			rows = r.Only(again)
		}
	}
	p := s.newPart(r)
	n, err := writeRows(ctx, p.path, r.Set, rows)
	if err != nil {
		return fmt.Errorf("%s：写入数据库：%w", r.Sheet.File, err)
	}
	if n == 0 {
		return nil
	}
	return s.keep(ctx, s.conn, p, nil)
}

// batch is how many rows go into one record batch.
const batch = 1 << 15

// writeRows writes rows as Parquet, by way of Arrow record batches, and counts them.
func writeRows(ctx context.Context, path string, set contract.Set, rows iter.Seq[contract.Row]) (n int, err error) {
	schema := schemaFor(set)
	file := &remembering{}
	defer func() {
		if file.err != nil {
			err = file.err
		}
	}()
	defer fault.Caught(&err) // the library panics where the file cannot be written
	builder := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer builder.Release()
	var out *pqarrow.FileWriter
	defer func() {
		if out != nil {
			if closing := out.Close(); err == nil {
				err = closing
			}
		}
	}()
	flush := func() error {
		if out == nil {
			if out, err = newParquet(path, file, schema); err != nil {
				return err
			}
		}
		record := builder.NewRecord()
		defer record.Release()
		return out.Write(record)
	}
	for row := range rows {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		appendRow(builder, set, row)
		if n++; n%batch == 0 {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	if n%batch != 0 {
		err = flush()
	}
	return n, err
}

// remembering is a file that keeps the first error of writing it.
type remembering struct {
	*os.File
	err error
}

func (f *remembering) Write(p []byte) (n int, err error) {
	if n, err = f.File.Write(p); err != nil && f.err == nil {
		f.err = err
	}
	return n, err
}

func newParquet(path string, file *remembering, schema *arrow.Schema) (_ *pqarrow.FileWriter, err error) {
	if file.File, err = os.Create(path); err != nil {
		return nil, err
	}
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Snappy))
	return pqarrow.NewFileWriter(schema, file, properties, pqarrow.DefaultWriterProps())
}

func schemaFor(set contract.Set) *arrow.Schema {
	var fields []arrow.Field
	for _, f := range set.Fields {
		if !f.Private {
			fields = append(fields, arrow.Field{Name: f.Name, Type: arrowTypeOf(f.Type), Nullable: true})
		}
	}
	return arrow.NewSchema(append(fields, arrow.Field{Name: "_row", Type: arrow.PrimitiveTypes.Int64}), nil)
}

func arrowTypeOf(t contract.Type) arrow.DataType {
	switch t {
	case contract.Integer:
		return arrow.PrimitiveTypes.Int64
	case contract.Number:
		return &arrow.Decimal128Type{Precision: moneyDigits, Scale: contract.MoneyPlaces}
	case contract.Date:
		return arrow.FixedWidthTypes.Date32
	case contract.Boolean:
		return arrow.FixedWidthTypes.Boolean
	}
	return arrow.BinaryTypes.String
}

func appendRow(builder *array.RecordBuilder, set contract.Set, row contract.Row) {
	column := 0
	for i, f := range set.Fields {
		if f.Private {
			continue
		}
		appendValue(builder.Field(column), row.Values[i])
		column++
	}
	builder.Field(column).(*array.Int64Builder).Append(int64(row.Place.Row))
}

func appendValue(builder array.Builder, value any) {
	switch value := value.(type) {
	case nil:
		builder.AppendNull()
	case string:
		builder.(*array.StringBuilder).Append(value)
	case int64:
		builder.(*array.Int64Builder).Append(value)
	case *big.Int:
		builder.(*array.Decimal128Builder).Append(decimal128.FromBigInt(value))
	case time.Time:
		builder.(*array.Date32Builder).Append(arrow.Date32FromTime(value))
	case bool:
		builder.(*array.BooleanBuilder).Append(value)
	}
}
