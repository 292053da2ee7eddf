package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"

	"workreport/pipeline"
	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
)

func explain(ctx context.Context, a arguments, out, _ io.Writer) error {
	id := a.rest[0]
	definitions, err := a.definitions()
	if err != nil {
		return err
	}
	return pipeline.With(ctx, definitions, a.data, a.year, func(y *pipeline.Year) error {
		if f, ok := findFigure(y, id); ok {
			return explainFigure(ctx, y, f, out)
		}
		for _, t := range y.Tables {
			if t.Spec.ID == id || t.Spec.Title == id {
				return explainTable(ctx, y, t, out)
			}
		}
		for _, c := range y.Checks {
			if c.Spec.ID == id {
				explainCheck(y, c, out)
				return nil
			}
		}
		return usageError{fmt.Sprintf("没有“%s”这个数字或统计表%s", id, nearest(y, id))}
	})
}

func findFigure(y *pipeline.Year, id string) (figure.Figure, bool) {
	at := slices.IndexFunc(y.Figures, func(f figure.Figure) bool { return f.Spec.ID == id || f.Spec.Title == id })
	if at < 0 {
		return figure.Figure{}, false
	}
	return y.Figures[at], true
}

func explainFigure(ctx context.Context, y *pipeline.Year, f figure.Figure, out io.Writer) error {
	fmt.Fprintf(out, "%s（%s）\n", f.Spec.Title, f.Spec.ID)
	for _, l := range [][2]string{
		{"数值", f.ValueText + f.Spec.Unit}, {"报告写法", f.Quoted}, {"表述", f.Sentence()}, {"章节", f.Spec.Section},
		{"定义", f.Spec.Note}, {"来源", strings.Join(f.Sources, "、")}, {"查询文件", f.Spec.File},
	} {
		if l[1] != "" {
			fmt.Fprintf(out, "%s  %s\n", pad(l[0], 8), l[1])
		}
	}
	if f.Spec.Numerator != "" {
		above, _ := findFigure(y, f.Spec.Numerator)
		below, _ := findFigure(y, f.Spec.Denominator)
		fmt.Fprintf(out, "算法      %s ÷ %s ＝ %s%s ÷ %s%s\n", above.Spec.Title, below.Spec.Title,
			above.ValueText, above.Spec.Unit, below.ValueText, below.Spec.Unit)
		fmt.Fprint(out, "\n分子：")
		if err := explainFigure(ctx, y, above, out); err != nil {
			return err
		}
		fmt.Fprint(out, "\n分母：")
		return explainFigure(ctx, y, below, out)
	}
	fmt.Fprintf(out, "算法      %s\n%s\n", f.Spec.Value, indent(f.Spec.SQL))
	record, err := y.Store.Query(ctx, figure.Body(f.Spec))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "记录      %d 条\n", record.NumRows())
	printRecords(out, y, f.Sources, record, every(record))
	return nil
}

// explainTable prints a table, and under each of its rows the records behind it.
func explainTable(ctx context.Context, y *pipeline.Year, t figure.Table, out io.Writer) error {
	fmt.Fprintf(out, "%s（%s）\n", t.Spec.Title, t.Spec.ID)
	for _, l := range [][2]string{
		{"章节", t.Spec.Section}, {"单位", t.Spec.Unit}, {"定义", t.Spec.Note}, {"来源", strings.Join(t.Sources, "、")}, {"查询文件", t.Spec.File},
	} {
		if l[1] != "" {
			fmt.Fprintf(out, "%s  %s\n", pad(l[0], 8), l[1])
		}
	}
	fmt.Fprintln(out, indent(t.Spec.WholeSQL()))
	printTable(out, tableRows(t))
	if t.Spec.Records == "" {
		return nil
	}
	records, err := y.Store.Query(ctx, figure.RecordsBody(t.Spec))
	if err != nil {
		return err
	}
	behind := make([][]int, t.Len())
	for i, row := range t.RowsOf(records) {
		behind[row] = append(behind[row], i)
	}
	records = titled(y, t.Sources, records)
	for row, of := range behind {
		var name []string
		for _, key := range t.Spec.Key {
			name = append(name, contract.Printable(t.Text(row, key)))
		}
		fmt.Fprintf(out, "\n%s：记录 %d 条\n", strings.Join(name, "，"), len(of))
		printRecords(out, y, t.Sources, records, of)
	}
	return nil
}

// titled leaves out of the records of a table what only its query has a use for.
func titled(y *pipeline.Year, sources []string, records arrow.Record) arrow.Record {
	var fields []arrow.Field
	var columns []arrow.Array
	for i, f := range records.Schema().Fields() {
		if strings.HasPrefix(f.Name, "_") || heading(y, sources, f.Name) != f.Name {
			fields, columns = append(fields, f), append(columns, records.Column(i))
		}
	}
	return array.NewRecord(arrow.NewSchema(fields, nil), columns, records.NumRows())
}

// tableRows are the headings, rows and total of a table.
func tableRows(t figure.Table) [][]string {
	var header, total []string
	for _, c := range t.Spec.Columns {
		header, total = append(header, c.Title), append(total, t.TotalShown(c.Name))
	}
	rows := [][]string{header}
	for row := range t.Len() {
		var cells []string
		for _, c := range t.Spec.Columns {
			cells = append(cells, contract.Printable(t.Shown(row, c.Name)))
		}
		rows = append(rows, cells)
	}
	if len(t.Spec.Total) > 0 {
		total[0] = "合计"
		rows = append(rows, total)
	}
	return rows
}

// every is the numbers of all rows of a record.
func every(record arrow.Record) []int {
	rows := make([]int, record.NumRows())
	for i := range rows {
		rows[i] = i
	}
	return rows
}

func explainCheck(y *pipeline.Year, c figure.Check, out io.Writer) {
	verdict := "成立，没有反例"
	if !c.Holds() {
		verdict = fmt.Sprintf("不成立，反例 %d 条", c.All)
	}
	fmt.Fprintf(out, "%s（%s）\n结论      %s\n", c.Spec.Title, c.Spec.ID, verdict)
	for _, l := range [][2]string{
		{"报告", c.Spec.Claim}, {"定义", c.Spec.Note}, {"要求", c.Spec.Expect},
		{"来源", strings.Join(c.Sources, "、")}, {"查询文件", c.Spec.File},
	} {
		if l[1] != "" {
			fmt.Fprintf(out, "%s  %s\n", pad(l[0], 8), l[1])
		}
	}
	fmt.Fprintln(out, indent(c.Spec.SQL))
	printRecords(out, y, c.Sources, c.Violations, every(c.Violations))
}

func indent(sql string) string {
	return "    " + strings.ReplaceAll(sql, "\n", "\n    ")
}

// printRecords prints the rows of a record with their places first; columns are
// named as on the office's forms.
func printRecords(out io.Writer, y *pipeline.Year, sources []string, record arrow.Record, which []int) {
	if len(which) == 0 {
		return
	}
	var shown []int
	header := []string{"文件", "表", "行"}
	places := []int{-1, -1, -1}
	for i, f := range record.Schema().Fields() {
		if at := slices.Index([]string{"_file", "_sheet", "_row"}, f.Name); at >= 0 {
			places[at] = i
			continue
		}
		shown, header = append(shown, i), append(header, heading(y, sources, f.Name))
	}
	rows := [][]string{header}
	for _, row := range which {
		var cells []string
		for _, column := range slices.Concat(places, shown) {
			cells = append(cells, cellText(record, column, row))
		}
		rows = append(rows, cells)
	}
	printTable(out, rows)
}

// heading is the title of a column in the record sets behind the figure.
func heading(y *pipeline.Year, sources []string, name string) string {
	for _, set := range y.Contract.Sets {
		if f, ok := set.Field(name); ok && slices.Contains(sources, set.Title) {
			return f.Title
		}
	}
	return name
}

// cellText is a cell for the terminal, "" for a column that is not there.
func cellText(record arrow.Record, column, row int) string {
	if column < 0 {
		return ""
	}
	return contract.Printable(figure.CellText(record.Column(column), row))
}

// nearest offers the figure or table whose id is the fewest changes away from what was typed.
func nearest(y *pipeline.Year, id string) string {
	var ids []string
	for _, f := range y.Figures {
		ids = append(ids, f.Spec.ID)
	}
	for _, t := range y.Tables {
		ids = append(ids, t.Spec.ID)
	}
	if best := contract.Nearest(id, ids); best != "" {
		return "，最接近的是 " + best
	}
	return "；全部编号见 workreport figures"
}
