package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"workreport/pipeline"
	"workreport/pipeline/draft"
	"workreport/pipeline/edition"
	"workreport/pipeline/figure"
)

// carry holds last year's report against this year's figures.
func carry(ctx context.Context, a arguments, out, errs io.Writer) error {
	name := a.rest[0]
	if err := a.checkOutput(name); err != nil {
		return err
	}
	_, text, err := openDraft(name, a.in)
	if err != nil {
		return err
	}
	now, err := against(ctx, a)
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
	how, err := a.revision(now.Catalogue.Year)
	if err != nil {
		return err
	}
	c, err := draft.CarryOver(ctx, name, text, last, now, how)
	if err != nil {
		return fmt.Errorf("%s：%w", shownName(name), err)
	}
	if a.output != "" {
		if err := writeBeside(a.output, name, func(w io.Writer) error { _, err := w.Write(c.Content); return err }); err != nil {
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
	content, err := e.Read(pipeline.CatalogueFile)
	if err != nil {
		return last, err
	}
	last.Against = fmt.Sprintf("已发布的 %d 年数字（%s）", year, e.Folder)
	last.Catalogue, err = figure.ReadCatalogue(content)
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
	var moved, same [][]string
	for _, n := range c.Numbers {
		switch {
		case n.New != "":
			moved = append(moved, []string{"  " + n.Then.PlaceText(), n.Then.Shown() + " → " + n.New, n.Then.Basis()})
		}
	}
	_, _, _ = moved, same, strings.Join
}
