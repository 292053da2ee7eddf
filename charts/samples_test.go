package charts

import (
	"math/big"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/decimal128"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/queries"
)

// cells is a column of a table in a test: texts, or numbers as decimals.
type cells struct {
	queries.Column
	values []string
}

// table makes a table whose first column is X. An empty cell is "".
func table(t *testing.T, kind string, columns ...cells) figure.Table {
	t.Helper()
	made := figure.Table{Sources: []string{"提案"}, Rounding: contract.Rounding{Policy: contract.HalfUp, PercentPlaces: 1}}
	made.Spec = queries.Table{ID: kind + "_sample", Title: "样表", Section: "三、民生福祉/提案信息", Unit: "件", File: "tables/sample.sql",
		Chart: &queries.Chart{Kind: kind, X: columns[0].Name}, Key: []string{columns[0].Name}, Note: "并案计入主案，不另计件。"}
	var fields []arrow.Field
	var arrays []arrow.Array
	for i, c := range columns {
		made.Spec.Columns = append(made.Spec.Columns, c.Column)
		if i > 0 && !c.Last {
			made.Spec.Chart.Y = append(made.Spec.Chart.Y, c.Name)
		}
		if c.Format == queries.Ratio {
			continue
		}
		if c.Format == queries.Integer || c.Format == queries.Money {
			made.Spec.Total = append(made.Spec.Total, c.Name)
		}
		values := arrowColumn(t, c)
		fields = append(fields, arrow.Field{Name: c.Name, Type: values.DataType(), Nullable: true})
		arrays = append(arrays, values)
	}
	made.Record = array.NewRecord(arrow.NewSchema(fields, nil), arrays, -1)
	return made
}

func arrowColumn(t *testing.T, c cells) arrow.Array {
	t.Helper()
	money := &arrow.Decimal128Type{Precision: 18, Scale: 2}
	kind := map[queries.Format]arrow.DataType{queries.Text: arrow.BinaryTypes.String, queries.Integer: arrow.PrimitiveTypes.Int64,
		queries.Money: money, queries.Date: arrow.FixedWidthTypes.Date32}[c.Format]
	b := array.NewBuilder(memory.DefaultAllocator, kind)
	for _, v := range c.values {
		if v == "" {
			b.AppendNull()
		} else if d, ok := b.(*array.Decimal128Builder); ok {
			x, _ := new(big.Rat).SetString(v)
			d.Append(decimal128.FromBigInt(new(big.Int).Div(new(big.Int).Mul(x.Num(), big.NewInt(100)), x.Denom())))
		} else if err := b.AppendValueFromString(v); err != nil {
			t.Fatal(err)
		}
	}
	return b.NewArray()
}

func texts(name, title string, values ...string) cells {
	return cells{queries.Column{Name: name, Title: title, Format: queries.Text}, values}
}

func integers(name, title string, values ...string) cells {
	return cells{queries.Column{Name: name, Title: title, Format: queries.Integer}, values}
}

// lastYear makes a column last year's.
func lastYear(c cells) cells {
	c.Last = true
	return c
}

// samples has one small table for each chart kind.
func samples(t *testing.T) []figure.Table {
	kinds := texts("kind", "类别", "经济建设", "生态文明建设", "其他")
	thisYear, before := integers("n", "2021年", "86", "14", ""), lastYear(integers("n_last", "2020年", "80", "21", "7"))
	return []figure.Table{
		table(t, "column", kinds, thisYear, before),
		table(t, "bar", kinds, thisYear),
		table(t, "line", kinds, thisYear, before),
		table(t, "stack", kinds, thisYear, integers("m", "平时", "31", "9", "5")),
		table(t, "funnel", kinds, integers("n", "2021年", "365", "211", "34")),
		table(t, "calendar", dates("day", "日期", "2021-03-05", "2021-11-30"), integers("n", "活动", "1", "9")),
		table(t, "donut", kinds, integers("n", "2021年", "86", "14", "5")),
	}
}

func dates(name, title string, values ...string) cells {
	return cells{queries.Column{Name: name, Title: title, Format: queries.Date}, values}
}

func money(name, title string, values ...string) cells {
	return cells{queries.Column{Name: name, Title: title, Format: queries.Money}, values}
}

// drawn makes and draws charts without a cache.
func drawn(t *testing.T, tables ...figure.Table) []Chart {
	t.Helper()
	charts, err := New(tables)
	if err != nil {
		t.Fatal(err)
	}
	if err := Draw(t.Context(), charts, ""); err != nil {
		t.Fatal(err)
	}
	return charts
}
