package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/draft"
	"workreport/pipeline/edition"
)

// carry holds last year's report against this year's figures.
func carry(ctx context.Context, a arguments, out, errs io.Writer) error {
	name := a.rest[0]
	_, text, err := a.open(name)
	if err == nil {
		err = a.checkOutput(name, text)
	}
	if err != nil {
		return err
	}
	now, e, err := a.against(ctx)
	if err != nil {
		return err
	}
	if now.Against == "" {
		return errors.New("没有今年的数字可比；先运行 workreport run，或用 --data 指明记录")
	}
	last, err := a.lastYear(now)
	if err != nil {
		return err
	}
	how, err := a.revision(e)
	if err != nil {
		return err
	}
	c, err := draft.CarryOver(ctx, name, text, last, now, how)
	if err != nil {
		return fmt.Errorf("%s：%w", shownName(name), err)
	}
	if a.output != "" {
		if err := a.put(name, false, e, output{a.output, c.Content}); err != nil {
			return err
		}
	}
	if a.json {
		return draft.CarryJSON(out, c)
	}
	printCarry(out, shownName(name), c, a)
	return nil
}

// lastYear are the figures that last year's report is held against: those that
// were published then, or what this year's definitions make of last year's records.
func (a *arguments) lastYear(now draft.Options) (draft.Options, error) {
	year := now.Catalogue.Year - 1
	last := draft.Options{Catalogue: now.Catalogue.LastYear(), Against: fmt.Sprintf("按今年的定义算出的 %d 年数字", year)}
	if a.data != "" {
		return last, nil
	}
	e, ok, err := edition.Find(a.out, year, "")
	if err != nil || !ok {
		return last, err
	}
	last.Against = fmt.Sprintf("已发布的 %d 年数字（%s）", year, e.Folder)
	last.Catalogue, err = catalogueOf(e)
	return last, err
}

func printCarry(out io.Writer, name string, c draft.Carry, a arguments) {
	if a.output != "" {
		name += " → " + a.output
	}
	fmt.Fprintf(out, "%s\n上年    %s\n今年    %s\n", name, c.Then.Against, c.Before.Against)
	for _, n := range c.Then.AllNotices() {
		fmt.Fprintf(out, "注意    %s\n", n)
	}
	if year := fmt.Sprintf("%d年", c.Year); strings.Contains(c.After.Text.String, year) {
		fmt.Fprintf(out, "注意    写着“%s”的有 %d 处；年份、届次和日期不改，请自己改\n", year, strings.Count(c.After.Text.String, year))
	}
	for _, fate := range []draft.Fate{draft.Moves, draft.ByHand, draft.NoData, draft.Stays} {
		printFate(out, fate, c)
	}
	printNotQuoted(out, "上年报告没有引用的数字", c.NotQuoted)
	printLeftOver(out, c)
	if a.output == "" {
		fmt.Fprintln(out, "没有写文件；要写出今年的初稿，加 -o 初稿的文件名")
	}
}

// printFate prints the numbers that become the same thing.
func printFate(out io.Writer, fate draft.Fate, c draft.Carry) {
	list := slices.DeleteFunc(slices.Clone(c.Numbers), func(n draft.Carried) bool { return n.Fate != fate })
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s的 %d 处\n", fate, len(list))
	for i, n := range list {
		number := n.Then.Shown()
		if n.New != "" {
			number += " → " + n.New
		}
		fmt.Fprintf(out, "  %s  %s  %s\n", n.Then.PlaceText(), number, n.Subject())
		if n.Then.Verdict.Wrong() {
			fmt.Fprintf(out, "      上年稿中的数和上年的记录不符：%s\n", n.Then.Why)
		}
		if n.Why != "" {
			fmt.Fprintf(out, "      %s\n", n.Why)
		}
		last := i+1 == len(list) || list[i+1].Reads != n.Reads // of its sentence
		if fate != draft.Stays && last {
			fmt.Fprintf(out, "      写作：%s\n", contract.Printable(strings.TrimSpace(n.Reads)))
		}
	}
}

// printLeftOver prints the statistics that no figure is known for.
func printLeftOver(out io.Writer, c draft.Carry) {
	known := map[int]bool{}
	for _, n := range c.Numbers {
		known[n.Then.Start] = true
	}
	var rows [][]string
	for _, f := range c.Then.Findings {
		if !known[f.Start] && f.Commented() {
			before, number, after := f.Mention(40)
			rows = append(rows, []string{"  " + f.PlaceText(), before + "【" + number + "】" + after, f.Why})
		}
	}
	if len(rows) > 0 {
		fmt.Fprintf(out, "\n认不出是哪个数字的 %d 处\n", len(rows))
		printTable(out, rows)
	}
	counts := map[draft.Fate]int{}
	for _, n := range c.Numbers {
		counts[n.Fate]++
	}
	fmt.Fprintf(out, "\n合计    认得出的 %d 处：要变 %d，不变 %d，还没有数据 %d，要自己改 %d；认不出的 %d 处；上年报告没有引用的数字 %d 个\n",
		len(c.Numbers), counts[draft.Moves], counts[draft.Stays], counts[draft.NoData], counts[draft.ByHand], len(rows), len(c.NotQuoted))
}
