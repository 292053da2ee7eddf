package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"workreport/pipeline"
	"workreport/pipeline/draft"
	"workreport/pipeline/edition"
	"workreport/pipeline/figure"
)

// wrongNumbers is a draft with numbers that must be mended.
type wrongNumbers struct{ count int }

func (w wrongNumbers) Error() string { return fmt.Sprintf("稿中有 %d 处数字不对", w.count) }

// checkDraft holds the numbers of a draft against the figures.
func checkDraft(ctx context.Context, a arguments, out, errs io.Writer) error {
	name := a.rest[0]
	if a.html != "" && filepath.Clean(a.html) == filepath.Clean(a.docx) {
		return usageError{"--html 和 --docx 是同一个文件；请分开写"}
	}
	content, text, err := a.open(name)
	if err != nil {
		return err
	}
	o, e, err := a.against(ctx)
	if err != nil {
		return err
	}
	r, err := draft.Check(ctx, text, o)
	if err != nil {
		return err
	}
	if a.html != "" {
		if err := writeBeside(a.html, name, func(w io.Writer) error { return draft.HTML(w, filepath.Base(shownName(name)), r) }); err != nil {
			return err
		}
	}
	if a.docx != "" {
		if err := writeBeside(a.docx, name, func(w io.Writer) error { return draft.Comment(w, r) }); err != nil {
			return err
		}
	}
	if a.json {
		err = draft.JSON(out, r)
	} else {
		printReport(out, shownName(name), r, a)
	}
	if wrong := r.Coverage().Wrong; err == nil && wrong > 0 {
		err = wrongNumbers{wrong}
	}
	if err == nil {
		a.remember(name, content, e, false)
	}
	return err
}

func shownName(name string) string {
	if name == "-" {
		return "标准输入"
	}
	return name
}

// open reads a draft, once it is clear what it is to be held against.
func (a *arguments) open(name string) (content []byte, text draft.Text, err error) {
	if a.edition != "" && a.data != "" {
		return nil, text, usageError{"--edition 和 --data 只能用一个：按已发布的一期，或按现在的记录"}
	}
	if content, err = readDraft(name, a.in); err != nil {
		return nil, text, err
	}
	if text, err = draft.Read(name, content); err != nil {
		err = fmt.Errorf("%s：%w", shownName(name), err)
	}
	return content, text, err
}

// readDraft reads a whole draft, and no more than may be one.
func readDraft(name string, in io.Reader) ([]byte, error) {
	if name != "-" {
		info, err := os.Stat(name)
		if err == nil && info.IsDir() {
			return nil, fmt.Errorf("%s 是文件夹；请给出报告的文件", name)
		}
		if err == nil && !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%s 不是普通的文件；要从别的程序读，用 -", name)
		}
		file, err := os.Open(name)
		if errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("没有 %s 这个文件", name)
		}
		if err != nil {
			return nil, fmt.Errorf("%s 打不开：%w", name, err)
		}
		defer file.Close()
		in = file
	}
	content, err := io.ReadAll(io.LimitReader(in, draft.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s 读不下去：%w", shownName(name), err)
	}
	return content, nil
}

// against is what a draft is held against: the records where --data names them,
// else the published edition, which is given as well, else nothing but the wordings.
func (a *arguments) against(ctx context.Context) (o draft.Options, e edition.Edition, err error) {
	switch {
	case a.data != "":
		err = a.recordsNow(ctx, &o)
	default:
		e, err = a.published(&o)
	}
	if err == nil {
		o.Bindings, err = a.bindings(o.Catalogue)
	}
	return o, e, err
}

// bindings are what a person has decided about the numbers of drafts of the year.
func (a *arguments) bindings(c figure.Catalogue) ([]draft.Binding, error) {
	folder := a.data
	if folder == "" {
		folder = "data"
	}
	year := c.Year
	if year == 0 {
		year = a.year
	}
	folder = filepath.Join(folder, fmt.Sprint(year))
	var ids []string
	for _, f := range c.Figures {
		if len(f.Spec.Says) > 0 {
			ids = append(ids, f.Spec.ID)
		}
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, nil
	}
	return draft.ReadBindings(os.DirFS(folder), folder, ids)
}

func (a *arguments) recordsNow(ctx context.Context, o *draft.Options) error {
	definitions, err := a.definitions()
	if err != nil {
		return err
	}
	year, _, err := pipeline.Compute(ctx, definitions, a.data, a.year)
	if err != nil {
		return err
	}
	o.Catalogue = year.Catalogue()
	o.Against = fmt.Sprintf("%s 里现在的记录", filepath.Join(a.data, fmt.Sprint(a.year)))
	return nil
}

func (a *arguments) published(o *draft.Options) (e edition.Edition, err error) {
	if a.year == 0 {
		if years := edition.Years(a.out); len(years) > 0 {
			a.year = years[len(years)-1]
		}
	}
	e, ok, err := edition.Find(a.out, a.year, a.edition)
	if err != nil {
		return e, err
	}
	if !ok {
		return e, a.wordings(o)
	}
	if o.Catalogue, err = catalogueOf(e); err != nil {
		return e, err
	}
	a.year = o.Catalogue.Year
	o.Against = fmt.Sprintf("已发布的 %d 年数字（%s）", o.Catalogue.Year, e.Folder)
	return e, nil
}

// catalogueOf are the figures that an edition published.
func catalogueOf(e edition.Edition) (figure.Catalogue, error) {
	content, err := e.Read(pipeline.CatalogueFile)
	if err != nil {
		return figure.Catalogue{}, err
	}
	c, err := figure.ReadCatalogue(content)
	if err != nil {
		err = fmt.Errorf("%s：%w", filepath.Join(e.Folder, pipeline.CatalogueFile), err)
	}
	return c, err
}

// wordings are the figures without values.
func (a *arguments) wordings(o *draft.Options) error {
	definitions, err := pipeline.LoadDefinitions("data", a.queries)
	if err != nil {
		return err
	}
	for _, spec := range definitions.Queries.Figures {
		o.Catalogue.Figures = append(o.Catalogue.Figures, figure.Figure{Spec: spec})
	}
	o.Catalogue.Year = a.year
	return nil
}

// writable refuses a file that is the draft itself, or none that a program may replace.
func writable(path, name string) error {
	if draft, err := os.Stat(name); err == nil {
		if there, err := os.Stat(path); err == nil && os.SameFile(draft, there) {
			return usageError{fmt.Sprintf("%s 就是稿子本身，不会覆盖；请换一个文件名", path)}
		}
	}
	if there, err := os.Lstat(path); err == nil && !there.Mode().IsRegular() {
		return usageError{fmt.Sprintf("%s 不是普通的文件，不会覆盖；请换一个文件名", path)}
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s 写不了：没有 %s 这个文件夹", path, filepath.Dir(path))
	}
	return nil
}

// writeBeside writes a file of its own, put in place whole; never over the draft.
func writeBeside(path, name string, fill func(io.Writer) error) error {
	if err := writable(path, name); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".workreport-*")
	if err != nil {
		return fmt.Errorf("%s 写不了：%w", path, err)
	}
	err = fill(file)
	err = errors.Join(err, file.Close())
	if err == nil {
		err = errors.Join(os.Chmod(file.Name(), 0o644), os.Rename(file.Name(), path))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("%s 没有写成：%w", path, err), os.Remove(file.Name()))
	}
	return nil
}

// printReport prints what must be mended and looked at with its sentence, then
// what is right, then what is no statistic, each sorted by place.
func printReport(out io.Writer, name string, r draft.Report, a arguments) {
	fmt.Fprintf(out, "%s\n", name)
	if r.Against != "" {
		fmt.Fprintf(out, "对照    %s\n", r.Against)
	}
	for _, n := range r.AllNotices() {
		fmt.Fprintf(out, "注意    %s\n", n)
	}
	attention(out, r)
	var right [][]string
	for _, f := range r.Findings {
		if f.Verdict.Right() {
			note := f.Why
			if f.Suggestion != "" {
				note += "；更接近的写法：" + f.Suggestion
			}
			before, number, after := f.Mention(24)
			right = append(right, []string{"  " + f.PlaceText(), string(f.Verdict), before + "【" + number + "】" + after, note})
		}
	}
	if len(right) > 0 {
		fmt.Fprintf(out, "\n相符的 %d 处\n", len(right))
		printTable(out, right)
	}
	setAside(out, r)
	printNotQuoted(out, "稿中没有引用的数字", r.NotQuoted)
	c := r.Coverage()
	fmt.Fprintf(out, "\n合计    数字 %d 处＝统计数 %d＋不是统计数 %d；统计数：核对 %d（相符 %d，有错 %d），无据 %d，未判 %d；没有引用的数字 %d 个\n",
		c.Numbers, c.Statistics, c.SetAside, c.Checked, c.Right, c.Wrong, c.WithoutBasis, c.Undecided, c.NotQuoted)
	for _, file := range [][2]string{{"页面", a.html}, {"批注", a.docx}} {
		if file[1] != "" {
			fmt.Fprintf(out, "%s    %s\n", file[0], file[1])
		}
	}
}

// printNotQuoted lists the figures that a draft does not quote, if any.
func printNotQuoted(out io.Writer, title string, list []figure.Figure) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s %d 个\n", title, len(list))
	var rows [][]string
	for _, f := range list {
		rows = append(rows, []string{"  " + f.Spec.ID, f.Quoted, f.Spec.Title})
	}
	printTable(out, rows)
}

// attention prints the findings that someone must look at.
func attention(out io.Writer, r draft.Report) {
	proposed := false
	for _, title := range []struct {
		words string
		want  func(draft.Finding) bool
	}{
		{"要改的", func(f draft.Finding) bool { return f.Verdict.Wrong() }},
		{"要看的", func(f draft.Finding) bool { return f.Commented() && !f.Verdict.Wrong() }},
	} {
		list := slices.DeleteFunc(slices.Clone(r.Findings), func(f draft.Finding) bool { return !title.want(f) })
		if len(list) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n%s %d 处\n", title.words, len(list))
		for _, f := range list {
			before, number, after := f.Mention(66)
			fmt.Fprintf(out, "  %s  %s【%s】%s\n", f.PlaceText(), before, number, after)
			for _, line := range f.Lines() {
				fmt.Fprintf(out, "      %s\n", line)
			}
			if f.Verdict == draft.Undecided && len(f.Candidates) > 0 {
				fmt.Fprintf(out, "      认定：%s\n", f.Proposed())
				proposed = true
			}
		}
	}
	if proposed {
		fmt.Fprintf(out, "  认定的办法：在年份文件夹的 %s 里照上面的样子加一行（语句,编号,说明），以后就按它核对\n", draft.BindingsFile)
	}
}

// setAside prints what is no statistic, by the reason.
func setAside(out io.Writer, r draft.Report) {
	texts := map[string][]string{}
	var reasons []string
	all, within := 0, "行或段"
	for _, f := range r.Findings {
		if f.Verdict != draft.NoStatistic {
			continue
		}
		if texts[f.Why] == nil {
			reasons = append(reasons, f.Why)
		}
		place := fmt.Sprint(f.Line)
		if f.Cell != "" {
			place, within = f.Sheet+"!"+f.Cell, "工作表和单元格"
		}
		texts[f.Why] = append(texts[f.Why], fmt.Sprintf("%s(%s)", f.Shown(), place))
		all++
	}
	if all == 0 {
		return
	}
	fmt.Fprintf(out, "\n不是统计数的 %d 处（括号里是%s）\n", all, within)
	for _, reason := range reasons {
		fmt.Fprintf(out, "  %s %d 处：%s\n", reason, len(texts[reason]), strings.Join(texts[reason], "、"))
	}
}
