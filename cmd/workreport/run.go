package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"workreport/pipeline"
	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
	"workreport/pipeline/figure"
	"workreport/pipeline/journal"
)

func runYear(ctx context.Context, a arguments, out, errs io.Writer) error {
	if err := a.fillRun(); err != nil {
		return err
	}
	if err := pipeline.Apart(a.data, a.out, a.year); err != nil {
		return err
	}
	began := time.Now()
	told := begin(a, out, errs)
	tell, clear := progress(errs)
	var result pipeline.Result
	err := safely(func() (err error) {
		result, err = pipeline.Run(ctx, pipeline.Options{
			Year: a.year, Data: a.data, Queries: a.queries, Out: a.out,
			Cache: cacheFolder(), Version: version, Now: began, AllowRejected: a.allowRejected, PDF: a.pdf, Template: a.template,
			Keep: a.keep, Unattended: a.unattended, Accept: a.accept,
			Progress: func(step string) { tell(step); told.Tell("step", step) },
		})
		return err
	})
	clear()
	told.end(ctx, a, result, err, errs)
	if err != nil {
		return err
	}
	if !told.lines {
		report(out, result, time.Since(began))
	}
	return nil
}

// fillRun finds the year of a run. One that somebody has named and that is not
// there is a slip, and leaves no trace; an unattended run is told of all the same.
func (a *arguments) fillRun() error {
	named := a.year != 0
	err := a.fillYear()
	if err == nil && named && !a.unattended {
		err = pipeline.FindYear(a.data, a.year)
	}
	if err != nil && a.unattended {
		if a.year = journal.LastYear(a.out); a.year != 0 {
			return nil // what is wrong, the run will find again
		}
	}
	return err
}

// progress shows the step at hand on a terminal, and nothing anywhere else.
func progress(errs io.Writer) (tell func(string), clear func()) {
	if !isTerminal(errs) {
		return func(string) {}, func() {}
	}
	return func(step string) { fmt.Fprintf(errs, "\r\x1b[K%s……", step) },
		func() { fmt.Fprint(errs, "\r\x1b[K") }
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// report says what was read, computed, found and written.
func report(out io.Writer, r pipeline.Result, took time.Duration) {
	y := r.Year
	fmt.Fprintf(out, "%s %d年度工作报告的数字（%s，%s）\n", y.Edition.Organisation, y.Edition.Year, y.Edition.Session, y.Edition.Status)
	if y.Edition.Notice != "" {
		fmt.Fprintf(out, "注意    %s\n", y.Edition.Notice)
	}
	fmt.Fprintf(out, "定义    查询：%s；记录约定：%s\n", r.Definitions.QueryFolder, r.Definitions.ContractFolder)
	for _, of := range []*pipeline.Year{y, r.Last} {
		if of != nil && len(of.Own) > 0 {
			fmt.Fprintf(out, "定义    %d年另有自己的查询 %d 个：%s\n", of.Edition.Year, len(of.Own), filepath.Join(of.Folder, "queries"))
		}
	}
	fmt.Fprintf(out, "读入    %s\n", intake(y))
	if r.Last != nil {
		fmt.Fprintf(out, "上年    %s\n", intake(r.Last))
	} else {
		fmt.Fprintf(out, "上年    没有 %d 年的记录，不作比较\n", y.Edition.Year-1)
	}
	if r.Trend != nil {
		fmt.Fprintf(out, "历年    %s，%d年至%d年\n", r.Trend.Spec.Title, r.Older[0].Edition.Year, y.Edition.Year)
	}
	fmt.Fprintf(out, "数字    %s\n", counts(y.Figures))
	fmt.Fprintf(out, "论断    %s\n", claims(y))
	fmt.Fprintf(out, "表和图  统计表 %d 张，图 %d 幅\n", len(y.Tables), len(r.Charts))
	var lines []string
	for _, f := range y.Unsupported() {
		lines = append(lines, fmt.Sprintf("%s    %s（%s）没有一条记录支持", contract.Warn.Title(), f.Spec.Title, f.Spec.ID))
	}
	for _, p := range r.Problems() {
		lines = append(lines, fmt.Sprintf("%s    %s", p.Severity.Title(), p))
	}
	for _, line := range append(r.Characters, r.NotPrinted...) {
		lines = append(lines, fmt.Sprintf("%s    %s", contract.Warn.Title(), line))
	}
	for _, doubt := range r.Doubts {
		lines = append(lines, fmt.Sprintf("%s    %s", contract.Warn.Title(), contract.Printable(doubt)))
	}
	warnings(out, lines)
	fmt.Fprintf(out, "自查    核对 %d 个文件里的 %d 处数字，全部一致\n", r.Proof.Files, r.Proof.Numbers)
	if len(r.Published.Altered) > 0 {
		fmt.Fprintf(out, "注意    上一期发布以后被改动过：%s\n", strings.Join(r.Published.Altered, "；"))
	}
	if r.Published.Backward {
		fmt.Fprintln(out, "注意    这台机器的时钟比上一期发布时还早；各期的先后按期号，不按时间")
	}
	for _, note := range r.Published.Notes {
		fmt.Fprintf(out, "注意    %s\n", contract.Printable(note))
	}
	for _, name := range r.Published.Removed {
		fmt.Fprintf(out, "删去    %s（只保留最近的各期）\n", name)
	}
	if r.Published.New {
		fmt.Fprintf(out, "写出    %s\n", r.Published.Folder)
	} else {
		fmt.Fprintf(out, "写出    与已发布的一期完全相同，没有另写：%s\n", r.Published.Folder)
	}
	for _, f := range [][2]string{{"数字", "figures.csv"}, {"图", "charts.html"}, {"附录", "appendix.docx"}, {"", "appendix.xlsx"}, {"", "appendix.html"},
		{"打印", "charts.pdf"}, {"", "appendix.pdf"}} {
		if !slices.ContainsFunc(r.Published.Manifest.Outputs, func(o edition.File) bool { return o.Path == f[1] }) {
			continue
		}
		fmt.Fprintf(out, "  %s  %s\n", pad(f[0], 4), filepath.Join(r.Published.Current, f[1]))
	}
	fmt.Fprintf(out, "用时    %.1f 秒\n", took.Seconds())
}

func intake(y *pipeline.Year) string {
	var sum contract.Account
	for _, r := range y.Readings {
		a := r.Account
		sum.Rows, sum.Blank, sum.Heading, sum.Totals = sum.Rows+a.Rows, sum.Blank+a.Blank, sum.Heading+a.Heading, sum.Totals+a.Totals
		sum.Loaded, sum.Rejected, sum.Repeated = sum.Loaded+a.Loaded, sum.Rejected+a.Rejected, sum.Repeated+a.Repeated
	}
	return fmt.Sprintf("%d年 %d 种记录，%d 张表；共 %d 行＝入库 %d＋表头 %d＋合计 %d＋空行 %d＋拒收 %d＋重复 %d", y.Edition.Year,
		len(y.Contract.Sets), len(y.Readings), sum.Rows, sum.Loaded, sum.Heading, sum.Totals, sum.Blank, sum.Rejected, sum.Repeated)
}

func counts(figures []figure.Figure) string {
	kinds := map[string]int{}
	for _, f := range figures {
		kinds[f.Kind()]++
		if f.Then != nil {
			kinds["口径有变"]++
		}
	}
	text := fmt.Sprintf("报告引用 %d 个，作为基础 %d 个，隐含 %d 个", kinds["引用"], kinds["基础"], kinds["隐含"])
	if n := kinds["口径有变"]; n > 0 {
		text += fmt.Sprintf("；口径比上年有变的 %d 个", n)
	}
	return text
}

// claims counts what the report's words imply: figures and checks together.
func claims(y *pipeline.Year) string {
	all, rules := 0, 0
	for _, f := range y.Figures {
		if f.Spec.Claim != "" {
			all++
		}
	}
	for _, c := range y.Checks {
		if c.Spec.Claim != "" {
			all++
		} else {
			rules++
		}
	}
	return fmt.Sprintf("报告隐含的论断 %d 条，成立 %d 条；记录之间的检查 %d 项", all, all-len(y.Claims()), rules)
}

const maxWarnings = 20

func warnings(out io.Writer, lines []string) {
	for i, line := range lines {
		if i == maxWarnings {
			fmt.Fprintf(out, "提醒    ……其余 %d 条，记录的问题见 problems.csv\n", len(lines)-i)
			return
		}
		fmt.Fprintln(out, line)
	}
}
