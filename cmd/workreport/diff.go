package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"workreport/pipeline/change"
	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
)

// diff says what is other in one edition than in another, and which records did it.
func diff(ctx context.Context, a arguments, out, _ io.Writer) error {
	from, to, err := a.two()
	if err != nil {
		return err
	}
	changes, err := change.Between(ctx, from, to)
	if err != nil {
		return err
	}
	if a.html != "" {
		if err := writeBeside(a.html, "", func(w io.Writer) error { return change.HTML(w, changes) }); err != nil {
			return err
		}
	}
	if a.json {
		return writeJSON(out, changes)
	}
	printChanges(out, changes)
	if a.html != "" {
		fmt.Fprintf(out, "\n页面    %s\n", a.html)
	}
	return nil
}

// two are the editions to compare: those named, or one named and the current, or
// the current and the one it came after.
func (a *arguments) two() (from, to edition.Edition, err error) {
	named, err := a.named()
	if err != nil {
		return from, to, err
	}
	if len(named) == 2 {
		return named[0], named[1], nil
	}
	all, err := a.editions()
	if err != nil {
		return from, to, err
	}
	to, ok, err := edition.Find(a.out, a.year, "")
	if err == nil && !ok {
		err = fmt.Errorf("%s：%s；请写明比哪两期", a.out, edition.CurrentFault(a.out, a.year))
	}
	if err != nil {
		return from, to, err
	}
	if len(named) == 1 {
		return named[0], to, nil
	}
	at := slices.IndexFunc(all, func(e edition.Edition) bool { return e.Name == to.Manifest.Previous })
	if at < 0 {
		return from, to, fmt.Errorf("%d 年当前的一期之前没有别的一期可比；也可写明比哪两期，或别的年份的文件夹", a.year)
	}
	return all[at], to, nil
}

func printChanges(out io.Writer, c change.Changes) {
	fmt.Fprintf(out, "%d年第%d期（%s，%s）→ %d年第%d期（%s，%s）\n", c.From.Year, c.From.Number, clock(c.From.Time), edition.Short(c.From.Digest),
		c.To.Year, c.To.Number, clock(c.To.Time), edition.Short(c.To.Digest))
	if c.Empty() {
		fmt.Fprintln(out, "两期完全相同")
		return
	}
	printFigures(out, c)
	printRecordChanges(out, c)
	printTables(out, c)
	if len(c.Definitions) > 0 {
		fmt.Fprintf(out, "\n定义 %d 个\n", len(c.Definitions))
		for _, d := range c.Definitions {
			note := ""
			if d.How == change.Altered && !d.Noted {
				note = "：说明没有改"
			}
			fmt.Fprintf(out, "  %s %s（%s）%s\n", d.How.Title(), d.Title, d.ID, note)
		}
	}
	if len(c.Settings) > 0 {
		fmt.Fprintf(out, "\n设置 %d 项\n", len(c.Settings))
		for _, s := range c.Settings {
			fmt.Fprintf(out, "  %d年 %s：%s → %s\n", s.Year, s.Key, contract.Printable(s.Old), contract.Printable(s.New))
		}
	}
	if len(c.Inputs) > 0 {
		fmt.Fprintf(out, "\n输入的文件 %d 个\n", len(c.Inputs))
		for _, i := range c.Inputs {
			fmt.Fprintf(out, "  %s %s\n", i.How.Title(), contract.Printable(i.Path))
		}
	}
}

func printFigures(out io.Writer, c change.Changes) {
	fmt.Fprintf(out, "\n数字 %d 个\n", len(c.Figures))
	for _, f := range c.Figures {
		switch {
		case f.How == change.Added:
			fmt.Fprintf(out, "  新增 %s（%s）  %s\n", f.Title, f.ID, f.New)
		case f.How == change.Gone:
			fmt.Fprintf(out, "  删去 %s（%s）  原为 %s\n", f.Title, f.ID, f.Old)
		case f.Old != f.New:
			fmt.Fprintf(out, "  %s（%s）  %s → %s\n", f.Title, f.ID, f.Old, f.New)
		default:
			fmt.Fprintf(out, "  %s（%s）  %s，没有变\n", f.Title, f.ID, f.New)
		}
		if f.OldSentence != f.NewSentence && f.OldSentence != "" && f.NewSentence != "" {
			fmt.Fprintf(out, "      稿子  %s → %s\n", f.OldSentence, f.NewSentence)
		}
		if f.OldLast != f.NewLast && f.How == change.Altered {
			fmt.Fprintf(out, "      上年  %s → %s\n", orNone(f.OldLast), orNone(f.NewLast))
		}
		for _, line := range c.Words(f) {
			fmt.Fprintf(out, "      因为  %s\n", line)
		}
	}
}

func orNone(text string) string {
	if text == "" {
		return "没有"
	}
	return text
}

func printTables(out io.Writer, c change.Changes) {
	if len(c.Tables) == 0 {
		return
	}
	fmt.Fprintf(out, "\n统计表 %d 张\n", len(c.Tables))
	for _, t := range c.Tables {
		fmt.Fprintf(out, "  %s %s（%s）\n", t.How.Title(), t.Title, t.ID)
		var rows [][]string
		for _, cell := range t.Cells {
			rows = append(rows, []string{"      " + contract.Printable(cell.Row), columnOr(cell), contract.Printable(orNone(cell.Old)) + " → " + contract.Printable(orNone(cell.New))})
		}
		printTable(out, rows)
		if named := change.Named(c, t.Records); named != "" {
			fmt.Fprintf(out, "      因为  %s\n", named)
		}
	}
}

func columnOr(cell change.Cell) string {
	if cell.Column == "" {
		return "整行"
	}
	return cell.Column
}

func printRecordChanges(out io.Writer, c change.Changes) {
	total := c.Total()
	fmt.Fprintf(out, "\n记录  新增 %d，删去 %d，改动 %d\n", total.Added, total.Gone, total.Altered)
	for _, n := range c.Counts {
		if all := n.Added + n.Gone + n.Altered; n.Listed < all {
			fmt.Fprintf(out, "  %d年“%s”共 %d 条，这里列出 %d 条\n", n.Year, n.Title, all, n.Listed)
		}
	}
	for _, r := range c.Records {
		fmt.Fprintf(out, "  %s\n      %s\n", r.Heading(), r.Content())
		if len(r.Figures) > 0 {
			fmt.Fprintf(out, "      影响  %s\n", strings.Join(r.Figures, "、"))
		}
	}
}
