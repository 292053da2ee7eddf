// Command workreport regenerates the figures of a CPPCC committee's annual work
// report from the year's records, with charts and a draft appendix.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"syscall"

	"workreport/pipeline"
	"workreport/pipeline/contract"
	"workreport/pipeline/fault"
)

// version is of the program; a release build sets it.
var version = "0.6.0"

// The exit codes, a promise to whoever schedules the program.
const (
	exitDone   = 0
	exitFailed = 1 // the run failed: a folder, a setting, a query; an edition was altered; the last run was no success
	exitUsage  = 2 // the command line was wrong
	exitBroken = 3 // somebody must look: the records break the contract, or the guard has doubts
	exitWrong  = 4 // the draft disagrees with the figures
)

func main() {
	debug.SetGCPercent(50) // the engine has more use for the memory
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// command is one of the program's commands.
type command struct {
	name, arguments, purpose string
	run                      func(ctx context.Context, a arguments, out, errs io.Writer) error
	operands                 operands
	flags                    func(*flag.FlagSet, *arguments)
}

// operands is how many arguments without a flag a command takes.
type operands struct{ least, most int }

var (
	none    = operands{0, 0}
	one     = operands{1, 1}
	noneOr1 = operands{0, 1}
	noneTo2 = operands{0, 2}
)

// arguments are what the command line says.
type arguments struct {
	year     int // 0 for the last year there are records of
	data     string
	out      string
	queries  string
	format   string
	scale    int
	edition  string
	json     bool
	pdf      bool
	template string
	html     string
	docx     string
	output   string
	closer   bool
	since    string
	rest     []string
	in       io.Reader

	install, remove, dryRun bool

	allowRejected int
	keep          int
	unattended    bool
	accept        bool
}

func commands() []command {
	return []command{
		{"run", "", "读入一年的记录，算出全部数字，画图，写出统计附录", runYear, none, flags(yearFlag, dataFlag, queriesFlag, outFlag, allowFlag, templateFlag, pdfFlag, publishFlags)},
		{"figures", "", "列出全部数字：数值、报告写法、表述", listFigures, none, flags(yearFlag, dataFlag, queriesFlag, formatFlag, allowFlag)},
		{"explain", "编号", "一个数字或一张统计表从哪里来：数值、定义、查询和背后的每一条记录", explain, one, flags(yearFlag, dataFlag, queriesFlag, allowFlag)},
		{"check", "稿子", "核对稿子里的每一个数字：.docx、.xlsx、.txt、.md、.html，或用 - 读标准输入", checkDraft, one, flags(yearFlag, outFlag, editionFlag, recordsFlag, queriesFlag, allowFlag, checkFlags)},
		{"refresh", "稿子", "把现在的数字写进稿子（.docx、.xlsx、.txt、.md），Word 文档里记为修订；不改原稿，另附改动清单", refresh, one, flags(yearFlag, outFlag, editionFlag, recordsFlag, queriesFlag, allowFlag, refreshFlags)},
		{"carry", "上年报告", "上年的报告写到今年：哪些数字变了，句子怎么写，哪些还没有数据", carry, one, flags(yearFlag, outFlag, recordsFlag, queriesFlag, allowFlag, carryFlags)},
		{"outline", "", "写一份报告初稿：数字的表述按部分连成句子，每个数字核对过；不写 -o 就显示在屏幕上", firstDraft, none, flags(yearFlag, outFlag, editionFlag, recordsFlag, queriesFlag, allowFlag, outputFlag)},
		{"history", "", "列出一年已发布的各期：时间、编号、记录、改动", history, none, flags(yearFlag, outFlag, jsonFlag)},
		{"diff", "[甲] [乙]", "两期之间改了哪些数字和表，是哪些记录引起的；不写就比上一期和当前的一期", diff, noneTo2, flags(yearFlag, outFlag, jsonFlag, htmlFlag)},
		{"verify", "[期]", "核对已发布的各期是不是发布时的样子，一个字节也不差", verify, noneOr1, flags(yearFlag, outFlag, jsonFlag)},
		{"rollback", "[期]", "退回到更早的一期，不重新计算；不写就退回上一期", rollback, noneOr1, flags(yearFlag, outFlag)},
		{"status", "", "上一次运行的结果，和当前的一期是否完好、是否已旧", status, none, flags(yearFlag, dataFlag, outFlag, jsonFlag)},
		{"notify", "", "上一次运行没有成功的，运行设置里的 on_failure 命令（定时运行用）", notify, none, flags(yearFlag, dataFlag, outFlag)},
		scheduleCommand(thisMachine()),
		{"sample", "文件夹", "生成虚构的样例记录", makeSample, one, flags(yearFlag, scaleFlag)},
		{"init", "文件夹", "为一个新单位建立文件夹：记录约定、查询、设置和空白表格", initOffice, one, flags(yearFlag)},
		{"licenses", "", "程序所含第三方软件和字体的许可与声明全文", printLicenses, none, flags()},
	}
}

// usageError is a command line that cannot be understood.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

// run is the program: arguments in, exit code out.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	buffered := bufio.NewWriter(out)
	err := safely(func() error { return dispatch(ctx, args, in, buffered, errs) })
	if flushed := buffered.Flush(); err == nil && flushed != nil {
		err = fmt.Errorf("结果没有写完：%w", flushed)
	}
	return complain(ctx, err, errs)
}

// complain says what went wrong, if anything did, and gives the exit code for it.
func complain(ctx context.Context, err error, errs io.Writer) int {
	if err == nil {
		return exitDone
	}
	code := exitCode(err)
	var broken pipeline.Broken
	var doubtful pipeline.Doubtful
	switch {
	case code == exitUsage:
		fmt.Fprintf(errs, "%s\n用法见 workreport help\n", err)
	case errors.As(err, &broken):
		printBroken(errs, broken)
	case errors.As(err, &doubtful):
		for _, doubt := range doubtful.Doubts {
			fmt.Fprintln(errs, contract.Printable(doubt))
		}
		fmt.Fprintln(errs, err)
	case ctx.Err() != nil:
		fmt.Fprintln(errs, interrupted)
	default:
		fmt.Fprintln(errs, worded(err))
	}
	return code
}

// worded is an error with what to do about a full disk, whoever ran into it.
func worded(err error) string {
	if strings.Contains(strings.ToLower(err.Error()), "no space left on device") || errors.Is(err, syscall.EDQUOT) {
		return err.Error() + "\n磁盘满了，没有发布，已发布的一期不受影响；请腾出空间（输出文件夹和临时文件夹）后再运行"
	}
	return err.Error()
}

const interrupted = "已中断，没有写出任何结果"

// exitCode is the promise that an error keeps.
func exitCode(err error) int {
	var broken pipeline.Broken
	var doubtful pipeline.Doubtful
	var usage usageError
	var wrong wrongNumbers
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		return exitUsage
	case errors.As(err, &broken), errors.As(err, &doubtful):
		return exitBroken
	case errors.As(err, &wrong):
		return exitWrong
	}
	return exitFailed
}

// safely turns a fault of the program itself into an error, so that whoever runs
// it unattended gets one line and an exit code.
func safely(work func() error) (err error) {
	defer fault.Caught(&err)
	return work()
}

func dispatch(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) error {
	if len(args) == 0 {
		return usageError{"要写明命令，如 run、figures、check；全部命令见 workreport help"}
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		help(out)
		return nil
	case "version", "-version", "--version":
		fmt.Fprintln(out, "workreport", version)
		return nil
	}
	for _, c := range commands() {
		if c.name == args[0] {
			a, err := c.parse(args[1:], out)
			if errors.Is(err, flag.ErrHelp) {
				return nil
			}
			if err != nil {
				return err
			}
			a.in = in
			return c.run(ctx, a, out, errs)
		}
	}
	return usageError{fmt.Sprintf("没有“%s”这个命令", args[0])}
}

// parse reads flags and operands in any order.
func (c command) parse(args []string, out io.Writer) (arguments, error) {
	a := arguments{data: "data", out: "out", format: "table", scale: 1}
	set := flag.NewFlagSet(c.name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	c.flags(set, &a)
	for {
		if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
			c.help(out, set)
			return a, err
		} else if err != nil {
			return a, usageError{fmt.Sprintf("workreport %s：%s", c.name, flagFault(err))}
		}
		if set.NArg() == 0 {
			break
		}
		a.rest = append(a.rest, set.Arg(0))
		args = set.Args()[1:]
	}
	if n := len(a.rest); n < c.operands.least || n > c.operands.most {
		want := "不带别的参数"
		switch {
		case c.operands == one:
			want = "要且只要一个参数：" + c.arguments
		case c.operands.most > 0:
			want = fmt.Sprintf("最多带 %d 个参数：%s", c.operands.most, c.arguments)
		}
		return a, usageError{fmt.Sprintf("workreport %s %s", c.name, want)}
	}
	return a, nil
}

// dashed is a flag as it is written: -o, --year.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// flagFault says in Chinese what the flag package found wrong.
func flagFault(err error) string {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		return "没有参数 " + dashed(name)
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return "参数 " + dashed(name) + " 后面要写值"
	}
	if match := badValue.FindStringSubmatch(text); match != nil {
		reason := strings.ReplaceAll(match[3], "parse error", "应是整数")
		return fmt.Sprintf("参数 %s 的值 %s 不对：%s", dashed(match[2]), match[1], reason)
	}
	return "参数不对：" + text
}

var badValue = regexp.MustCompile(`^invalid value ("[^"]*") for flag -(\S+): (.*)$`)

// fillYear takes the last year there are records of where none was named.
func (a *arguments) fillYear() (err error) {
	if a.year == 0 {
		a.year, err = pipeline.LastYear(a.data)
	}
	return err
}

func help(out io.Writer) {
	fmt.Fprint(out, "workreport 由一年的履职记录重新算出政协常委会工作报告的数字，画图，并写出统计附录草案。\n\n命令：\n")
	for _, c := range commands() {
		fmt.Fprintf(out, "  workreport %s  %s\n", pad(strings.TrimSpace(c.name+" "+c.arguments), 20), c.purpose)
	}
	fmt.Fprint(out, "\n每个命令加 --help 看它的参数。\n退出码：0 完成；1 运行失败；2 命令写错；3 记录不合约定，或有疑问要人确认；4 稿子里有数字不对。\n")
}

func (c command) help(out io.Writer, set *flag.FlagSet) {
	fmt.Fprintf(out, "workreport %s\n%s\n", strings.Join(strings.Fields(c.name+" "+c.arguments+" [参数]"), " "), c.purpose)
	set.VisitAll(func(f *flag.Flag) {
		value, text := flag.UnquoteUsage(f)
		if f.DefValue != "" {
			text += "（默认 " + f.DefValue + "）"
		}
		fmt.Fprintf(out, "  %s  %s\n", pad(dashed(f.Name)+" "+value, 18), text)
	})
}

// maxPrinted is how many problems a terminal is shown.
const maxPrinted = 100

func printBroken(errs io.Writer, b pipeline.Broken) {
	printed := 0
	for _, p := range b.Problems {
		if p.Severity != contract.Reject {
			continue
		}
		if printed++; printed <= maxPrinted {
			fmt.Fprintln(errs, p)
		}
	}
	if printed > maxPrinted {
		fmt.Fprintf(errs, "……其余 %d 处略\n", printed-maxPrinted)
	}
	fmt.Fprintln(errs, b.Error())
	if b.Folder != "" {
		fmt.Fprintf(errs, "全部问题、拒收的行和每张表的行数写在 %s：problems.csv、rejected.csv、intake.csv\n", b.Folder)
	}
}

// cacheFolder is where drawn pictures are kept between runs, "" where the
// machine has no place for them.
func cacheFolder() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "workreport")
}
