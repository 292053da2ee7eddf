package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"

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
	return pipeline.Beside(ctx, definitions, a.data, a.year, func(y, _ *pipeline.Year) error {
		if f, ok := findFigure(y, id); ok {
			return explainFigure(ctx, y, f, out)
		}
		for _, c := range y.Checks {
			if c.Spec.ID == id {
				explainCheck(y, c, out)
				return nil
			}
		}
		return usageError{fmt.Sprintf("没有“%s”这个数字%s", id, nearest(y, id))}
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
		{"上年", strings.TrimPrefix(lastYear(f), "上年")}, {"定义", f.Spec.Note}, {"口径有变", changed(f)}, {"来源", strings.Join(f.Sources, "、")}, {"查询文件", f.Spec.File},
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
	printRecords(out, y, f.Sources, record)
	return nil
}

// changed says what last year's own definition made of last year, and what it was.
func changed(f figure.Figure) string {
	if f.Then == nil {
		return ""
	}
	return fmt.Sprintf("%s；上年的口径：%s（%s）", f.Then.Said(), strings.TrimSuffix(f.Then.Note, "。"), f.Then.Spec.File)
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
	printRecords(out, y, c.Sources, c.Violations)
}

func indent(sql string) string {
	return "    " + strings.ReplaceAll(sql, "\n", "\n    ")
}

// printRecords prints records with their places first; columns are named as on
// the office's forms.
func printRecords(out io.Writer, y *pipeline.Year, sources []string, record arrow.Record) {
	if record.NumRows() == 0 {
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
	for row := range int(record.NumRows()) {
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

// nearest offers the figure whose id is the fewest changes away from what was typed.
func nearest(y *pipeline.Year, id string) string {
	var ids []string
	for _, f := range y.Figures {
		ids = append(ids, f.Spec.ID)
	}
	if best := contract.Nearest(id, ids); best != "" {
		return "，最接近的是 " + best
	}
	return "；全部编号见 workreport figures"
}
