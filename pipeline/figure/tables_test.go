package figure

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/decimal128"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"workreport/pipeline/contract"
	"workreport/queries"
)

var funds = queries.Table{
	ID: "funds", Key: []string{"kind"}, Total: []string{"items", "done", "amount"}, Compare: true,
	Columns: []queries.Column{
		{Name: "kind", Title: "类型", Format: queries.Text},
		{Name: "items", Title: "笔数", Format: queries.Integer},
		{Name: "done", Title: "到位", Format: queries.Integer},
		{Name: "amount", Title: "金额", Format: queries.Money},
		{Name: "rate", Title: "到位率", Format: queries.Ratio, Numerator: "done", Denominator: "items"},
		{Name: "part", Title: "占比", Format: queries.Share, Numerator: "items", Denominator: "items"},
	},
}

type fund struct {
	kind        string
	items, done int64
	cents       int64
}

func fundTable(rows ...fund) Table {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "kind", Type: arrow.BinaryTypes.String},
		{Name: "items", Type: arrow.PrimitiveTypes.Int64},
		{Name: "done", Type: arrow.PrimitiveTypes.Int64},
		{Name: "amount", Type: &arrow.Decimal128Type{Precision: 38, Scale: 2}},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for _, r := range rows {
		b.Field(0).(*array.StringBuilder).Append(r.kind)
		b.Field(1).(*array.Int64Builder).Append(r.items)
		b.Field(2).(*array.Int64Builder).Append(r.done)
		b.Field(3).(*array.Decimal128Builder).Append(decimal128.FromI64(r.cents))
	}
	return Table{Spec: funds, Record: b.NewRecord(), Rounding: contract.Rounding{Policy: contract.HalfUp, PercentPlaces: 2}}
}

func TestTableIsExact(t *testing.T) {
	// 0.10 + 0.20 元 is 0.30 元 exactly; 1 of 3 is 33.33 %, 2 of 3 66.67 %
	table := fundTable(fund{"甲", 1, 1, 10}, fund{"乙", 2, 1, 20})
	if x, _ := table.Total("amount"); x.Cmp(big.NewRat(3, 10)) != 0 {
		t.Errorf("total %s", x)
	}
	if got := table.Text(0, "part") + table.Text(1, "part") + table.Text(1, "rate") + table.TotalText("rate"); got != "33.33%66.67%50%66.67%" {
		t.Errorf("got %s", got)
	}
	if _, ok := table.Total("kind"); ok {
		t.Error("a text has a total")
	}
}

func TestMoneyIsNeverShownAsNothing(t *testing.T) {
	table := fundTable(fund{"甲", 1, 1, 4000}, fund{"乙", 1, 1, 0}, fund{"丙", 1, 1, 438652000}, fund{"丁", 1, 1, 5000})
	// 40 元 is 0.004 万元, 50 元 is 0.005 and rounds up
	for row, want := range []string{"0.004", "0.00", "438.65", "0.01"} {
		if got := table.Shown(row, "amount"); got != want {
			t.Errorf("row %d is shown %s, want %s", row, got, want)
		}
	}
}

func TestNothingDividedByNothingIsEmpty(t *testing.T) {
	table := fundTable(fund{"甲", 0, 0, 0})
	if got := table.Text(0, "rate") + table.Text(0, "part"); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestCompareTablesKeepsEveryRowAndEveryCent(t *testing.T) {
	now := []Table{fundTable(fund{"甲", 2, 1, 123456789012345678}, fund{"丙", 1, 1, 5})}
	last := []Table{fundTable(fund{"乙", 4, 1, 7}, fund{"甲", 3, 3, 987654321098765432})}
	CompareTables(now, last, 2021)
	got := now[0]
	// 甲 was and is, 丙 is new, 乙 only was: it comes last and this year's cells are empty
	for _, c := range []struct {
		row          int
		column, want string
	}{
		{0, "kind", "甲"}, {1, "kind", "丙"}, {2, "kind", "乙"},
		{0, "items", "2"}, {0, "items_last", "3"}, {1, "items_last", ""}, {2, "items", ""}, {2, "items_last", "4"},
		{0, "rate", "50%"}, {0, "rate_last", "100%"}, {2, "rate_last", "25%"}, {2, "part_last", "57.14%"},
	} {
		if text := got.Text(c.row, c.column); text != c.want {
			t.Errorf("row %d, %s is %q, want %q", c.row, c.column, text, c.want)
		}
	}
	for column, want := range map[string]string{"amount": "1234567890123456.78", "amount_last": "9876543210987654.32"} {
		if x, _ := got.Number(0, column); x.FloatString(2) != want {
			t.Errorf("%s is %s, want %s", column, x.FloatString(2), want)
		}
	}
	if x, _ := got.Total("items_last"); x.Cmp(big.NewRat(7, 1)) != 0 {
		t.Errorf("last year's total %s", x)
	}
	var titles []string
	for _, c := range got.Spec.Columns {
		titles = append(titles, fmt.Sprint(c.Title, c.Last))
	}
	if want := "类型false 2021年笔数false 2020年笔数true"; !strings.HasPrefix(strings.Join(titles, " "), want) {
		t.Errorf("columns %v", titles)
	}
	if len(funds.Columns) != 6 || len(funds.Total) != 3 {
		t.Error("the declaration was changed")
	}
}

func TestAgreesHoldsTheResultAgainstItsHeader(t *testing.T) {
	good := fundTable(fund{"甲", 1, 1, 10}, fund{"乙", 2, 1, 20})
	if err := agrees(good.Spec, good.Record); err != nil {
		t.Fatal(err)
	}
	twice := fundTable(fund{"甲", 1, 1, 10}, fund{"甲", 2, 1, 20})
	wrongType, wrongName, missing := good.Spec, good.Spec, good.Spec
	wrongType.Columns = append([]queries.Column{{Name: "kind", Format: queries.Integer}}, funds.Columns[1:]...)
	wrongName.Columns = append([]queries.Column{{Name: "sort", Format: queries.Text}}, funds.Columns[1:]...)
	missing.Columns = funds.Columns[1:]
	for _, c := range []struct {
		spec   queries.Table
		record arrow.Record
		want   string
	}{
		{twice.Spec, twice.Record, "键 甲 出现两次"},
		{wrongType, good.Record, "列 kind 的类型"},
		{wrongName, good.Record, "第 1 列是 kind，文件头声明的是 sort"},
		{missing, good.Record, "查询给出 4 列，文件头声明了 3 列"},
	} {
		if err := agrees(c.spec, c.record); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}
