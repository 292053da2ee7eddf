package proof

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"workreport/pipeline/figure"
)

// fields are what the files of figures say of one, under the same names.
func fields(f figure.Figure) map[string]string {
	return map[string]string{
		"title": f.Spec.Title, "value": f.ValueText, "unit": f.Spec.Unit, "quoted": f.Quoted, "sentence": f.Sentence(),
		"last_value": f.LastText, "change": f.ChangeText, "change_rate": f.ChangeRateText, "rows": strconv.FormatInt(f.Rows, 10),
	}
}

// compared are the fields that each file holds.
var (
	inCSV     = []string{"title", "value", "unit", "quoted", "sentence", "last_value", "change", "change_rate", "rows"}
	inJSON    = []string{"title", "value", "unit", "quoted", "sentence", "last_value", "change", "rows"}
	inColumns = []string{"title", "value", "unit", "quoted", "rows"}
)

// figures holds a file of figures, by field, to those that were computed.
func (w Want) figures(f *finding, got []map[string]string, names []string) {
	if len(got) != len(w.Figures) {
		f.say("有 %d 个数字，算出的是 %d 个", len(got), len(w.Figures))
	}
	for _, of := range w.Figures {
		at := slices.IndexFunc(got, func(g map[string]string) bool { return g["id"] == of.Spec.ID })
		if at < 0 {
			f.say("没有数字“%s”（%s）", of.Spec.Title, of.Spec.ID)
			continue
		}
		want := fields(of)
		for _, name := range names {
			if name != "title" && name != "unit" && name != "sentence" {
				f.numbers++
			}
			if g := got[at][name]; g != want[name] && g != "'"+want[name] && !(name == "value" && len(names) == len(inColumns) && sameNumber(want[name], g)) {
				f.differs(whereOf(of, name), g, want[name])
			}
		}
	}
}

func (w Want) figuresCSV(f *finding, content []byte) {
	rows := rowsOf(f, content)
	var got []map[string]string
	for _, row := range rows[min(1, len(rows)):] {
		of := map[string]string{}
		for j, cell := range row {
			of[rows[0][j]] = cell
		}
		got = append(got, of)
	}
	w.figures(f, got, inCSV)
}

func (w Want) figuresJSON(f *finding, content []byte) {
	var objects []map[string]any
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	if err := decoder.Decode(&objects); err != nil {
		f.say("不是完好的 JSON：%v", err)
		return
	}
	var got []map[string]string
	for _, o := range objects {
		of := map[string]string{}
		for name, value := range o {
			of[name] = fmt.Sprint(value)
		}
		got = append(got, of)
	}
	w.figures(f, got, inJSON)
}

// catalogue holds the figures that drafts are checked against: their wordings are
// written anew from the values that stand in the file.
func (w Want) catalogue(f *finding, content []byte) {
	c, err := figure.ReadCatalogue(content)
	if err != nil {
		f.say("%v", err)
		return
	}
	quoted := Want{Figures: slices.DeleteFunc(slices.Clone(w.Figures), func(of figure.Figure) bool { return of.Spec.Claim != "" })}
	var got []map[string]string
	for _, of := range c.Figures {
		g := fields(of)
		g["id"] = of.Spec.ID
		got = append(got, g)
	}
	quoted.figures(f, got, []string{"title", "value", "unit", "quoted", "last_value", "rows"})
}

func (w Want) figuresArrow(f *finding, content []byte) {
	in, err := ipc.NewReader(bytes.NewReader(content))
	if err != nil {
		f.say("不是完好的 Arrow：%v", err)
		return
	}
	defer in.Release()
	var got []map[string]string
	for in.Next() {
		got = append(got, figuresOf(in.Record())...)
	}
	if err := in.Err(); err != nil {
		f.say("不是完好的 Arrow：%v", err)
		return
	}
	w.figures(f, got, inColumns)
}

func (w Want) figuresParquet(f *finding, content []byte) {
	table, err := parquet(content)
	if err != nil {
		f.say("不是完好的 Parquet：%v", err)
		return
	}
	defer table.Release()
	var got []map[string]string
	for in := array.NewTableReader(table, 0); in.Next(); {
		got = append(got, figuresOf(in.Record())...)
	}
	w.figures(f, got, inColumns)
}

func parquet(content []byte) (arrow.Table, error) {
	in, err := file.NewParquetReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	defer in.Close()
	reader, err := pqarrow.NewFileReader(in, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return nil, err
	}
	return reader.ReadTable(context.Background())
}

func figuresOf(record arrow.Record) []map[string]string {
	got := make([]map[string]string, record.NumRows())
	for row := range got {
		got[row] = map[string]string{}
		for j, field := range record.Schema().Fields() {
			got[row][field.Name] = textOf(record.Column(j), row)
		}
	}
	return got
}

func textOf(cells arrow.Array, row int) string {
	if cells.IsNull(row) {
		return ""
	}
	decimal, ok := cells.(*array.Decimal128)
	if !ok {
		return cells.ValueStr(row)
	}
	places := decimal.DataType().(*arrow.Decimal128Type).Scale
	whole := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	return new(big.Rat).SetFrac(decimal.Value(row).BigInt(), whole).FloatString(int(places))
}

// intake holds the account of every sheet: each row came to one end, and this
// year's that were loaded are those that were counted.
func (w Want) intake(f *finding, content []byte) {
	rows := rowsOf(f, content)
	loaded := map[string]int{}
	for i, row := range rows[min(1, len(rows)):] {
		of := map[string]string{}
		for j, cell := range row {
			of[rows[0][j]] = cell
		}
		n := func(name string) int {
			x, err := strconv.Atoi(of[name])
			if err != nil {
				f.say("第%d行的 %s 不是数：“%s”", i+2, name, of[name])
			}
			f.numbers++
			return x
		}
		sum := n("blank") + n("heading") + n("totals") + n("loaded") + n("rejected") + n("repeated")
		if all := n("rows"); all != sum {
			f.say("%s %s：共 %d 行，去向合计 %d 行，不相符", of["file"], of["sheet"], all, sum)
		}
		if strings.HasPrefix(of["file"], w.Year+"/") {
			loaded[of["record_set"]] += n("loaded")
		}
	}
	for set, want := range w.Loaded {
		if loaded[set] != want {
			f.say("记录集 %s：文件里入库 %d 条，实际入库 %d 条", set, loaded[set], want)
		}
	}
}
