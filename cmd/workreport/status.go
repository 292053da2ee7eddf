package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"workreport/pipeline/contract"
	"workreport/pipeline/draft"
	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
)

// standing is what status says.
type standing struct {
	Run     *journal.Status `json:"run"` // nil where there was none
	Edition string          `json:"edition"`
	Number  int             `json:"number"`
	Digest  string          `json:"digest"`
	Time    time.Time       `json:"time,omitzero"`
	Altered []string        `json:"altered"` // files of the edition
	Stale   []string        `json:"stale"`   // files of records that changed since it was made
}

// noSuccess is a year whose last run was none, or whose edition is not whole.
type noSuccess struct{ why string }

func (n noSuccess) Error() string { return n.why }

// status says what became of the last run, and whether the edition that stands is
// whole and of the records as they are. Its error makes it a test for other programs.
func status(_ context.Context, a arguments, out, _ io.Writer) error {
	if err := a.fillStanding(); err != nil {
		return err
	}
	now, err := a.standing()
	if err != nil {
		return err
	}
	if a.json {
		err = writeJSON(out, now)
	} else {
		printStatus(out, a.year, now)
	}
	switch {
	case err != nil:
		return err
	case now.Run == nil:
		return noSuccess{fmt.Sprintf("%d 年还没有运行过", a.year)}
	case now.Run.Code != exitDone:
		return noSuccess{"上一次运行没有成功"}
	case now.Edition == "":
		return noSuccess{fmt.Sprintf("%d 年没有当前的一期：%s", a.year, edition.CurrentFault(a.out, a.year))}
	case len(now.Altered) > 0:
		return noSuccess{"当前的一期被改动了"}
	}
	return nil
}

// fillStanding takes the last year that has run, or else has records, where none was named.
func (a *arguments) fillStanding() error {
	if a.year == 0 {
		a.year = journal.LastYear(a.out)
	}
	if a.year != 0 {
		return nil
	}
	return a.fillYear()
}

func (a *arguments) standing() (now standing, err error) {
	now.Altered, now.Stale = []string{}, []string{}
	run, ran, err := journal.Last(a.out, a.year)
	if err != nil {
		return now, err
	}
	if ran {
		now.Run = &run
	}
	e, ok, err := edition.Find(a.out, a.year, "")
	if err != nil || !ok {
		return now, err
	}
	now.Edition, now.Number, now.Digest, now.Time = e.Folder, e.Manifest.Number, e.Manifest.Digest, e.Manifest.Time
	now.Altered = append(now.Altered, e.Altered()...)
	for _, f := range e.Manifest.Inputs {
		year, name, _ := strings.Cut(f.Path, "/")
		if year != fmt.Sprint(a.year) && year != fmt.Sprint(a.year-1) {
			continue
		}
		if is, err := edition.Hash(os.DirFS(filepath.Join(a.data, year)), name); err != nil || is.SHA256 != f.SHA256 {
			now.Stale = append(now.Stale, f.Path)
		}
	}
	now.Stale = append(now.Stale, a.unread(e)...)
	return now, nil
}

// unread are the files of records of the year that the edition was not made from.
func (a *arguments) unread(e edition.Edition) (more []string) {
	year := fmt.Sprint(a.year)
	fs.WalkDir(os.DirFS(filepath.Join(a.data, year)), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == draft.BindingsFile || !slices.Contains([]string{".csv", ".tsv", ".xlsx", ".xlsm"}, strings.ToLower(filepath.Ext(name))) {
			return nil
		}
		if file := year + "/" + name; !slices.ContainsFunc(e.Manifest.Inputs, func(f edition.File) bool { return f.Path == file }) {
			more = append(more, file+"（新）")
		}
		return nil
	})
	return more
}

// states are what became of a run, in words.
var states = map[journal.State]string{
	journal.Running: "正在运行", journal.Published: "成功，发布了新的一期", journal.Unchanged: "成功，与已发布的一期相同",
	journal.Stopped: "停下，要人处理，没有发布", journal.Failed: "失败，没有发布", journal.Killed: "中断，没有发布",
}

func printStatus(out io.Writer, year int, now standing) {
	if run := now.Run; run != nil {
		by := "有人操作"
		if run.Unattended {
			by = "无人值守"
		}
		fmt.Fprintf(out, "运行    %s（%s，%s 开始，退出码 %d）\n", states[run.State], by, clock(run.Began), run.Code)
		for _, line := range strings.Split(run.Message, "\n") {
			if line != "" {
				fmt.Fprintf(out, "        %s\n", contract.Printable(line))
			}
		}
	}
	if now.Edition == "" {
		fmt.Fprintf(out, "发布    %d 年没有当前的一期\n", year)
		return
	}
	fmt.Fprintf(out, "发布    第 %d 期，%s，数字编号 %s：%s\n", now.Number, clock(now.Time), edition.Short(now.Digest), now.Edition)
	if len(now.Altered) == 0 {
		fmt.Fprintln(out, "完好    是，与发布时一个字节不差")
	}
	for _, line := range now.Altered {
		fmt.Fprintf(out, "改动    %s\n", line)
	}
	if len(now.Stale) == 0 {
		fmt.Fprintln(out, "记录    发布以后没有改动")
		return
	}
	fmt.Fprintf(out, "记录    发布以后改动了 %d 个文件，要重新运行：%s\n", len(now.Stale), contract.Printable(strings.Join(now.Stale[:min(5, len(now.Stale))], "、")))
}

// notify runs the command for a failure where the last run was no success and the
// run itself could not: it was killed, or was not allowed to.
func notify(_ context.Context, a arguments, out, _ io.Writer) error {
	if err := a.fillStanding(); err != nil {
		return err
	}
	last, ran, err := journal.Last(a.out, a.year)
	if err != nil {
		return err
	}
	switch {
	case !ran:
		last = journal.Status{Year: a.year, State: journal.Failed, Code: exitFailed, Message: "没有运行起来，见系统日志"}
	case last.State == journal.Running:
		fmt.Fprintln(out, "正在运行，没有可通知的")
		return nil
	case last.Code == exitDone:
		fmt.Fprintln(out, "上一次运行成功，没有可通知的")
		return nil
	case last.Notified:
		fmt.Fprintln(out, "已经通知过了")
		return nil
	}
	if err := inform(a, last); err != nil {
		return err
	}
	fmt.Fprintln(out, "已运行 on_failure 的命令；没有设置命令的，只记在 status 里")
	return nil
}

// patience bounds the command for a failure.
const patience = time.Minute

// commandFile keeps the command for a failure beside the editions, for its owner
// alone, for the day when the folder of records is not there.
const commandFile = ".on_failure.json"

func keepCommand(a arguments) error {
	command := contract.FailureCommand(a.yearFolder())
	if command == nil {
		return nil
	}
	text, err := json.Marshal(command)
	if err != nil {
		return err
	}
	folder := filepath.Join(a.out, fmt.Sprint(a.year))
	return errors.Join(os.MkdirAll(folder, 0o755), os.WriteFile(filepath.Join(folder, commandFile), text, 0o600))
}

func (a arguments) yearFolder() fs.FS { return os.DirFS(filepath.Join(a.data, fmt.Sprint(a.year))) }

// failureCommand is what the settings say, or where there are none, what they said
// when a run last went by them.
func failureCommand(a arguments) (command []string) {
	if _, err := fs.Stat(a.yearFolder(), contract.EditionFile); err == nil {
		return contract.FailureCommand(a.yearFolder())
	}
	text, err := os.ReadFile(filepath.Join(a.out, fmt.Sprint(a.year), commandFile))
	if err != nil || json.Unmarshal(text, &command) != nil || len(command) == 0 {
		return nil
	}
	return command
}

// inform runs the command that the year's settings name for a failure: as it
// stands, without a shell, the message on its standard input.
func inform(a arguments, s journal.Status) error {
	command := failureCommand(a)
	if command == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Stdin = strings.NewReader(fmt.Sprintf("%d 年工作报告的数字：%s（退出码 %d）\n%s\n", s.Year, states[s.State], s.Code, s.Message))
	c.Env = slices.Concat(os.Environ(), []string{fmt.Sprint("WORKREPORT_YEAR=", s.Year), "WORKREPORT_STATE=" + string(s.State), fmt.Sprint("WORKREPORT_CODE=", s.Code),
		"WORKREPORT_MESSAGE=" + strings.ReplaceAll(s.Message[:min(len(s.Message), 8<<10)], "\x00", "")})
	c.SysProcAttr, c.WaitDelay = &syscall.SysProcAttr{Setpgid: true}, time.Second
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	if said, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("on_failure 的命令 %s 没有成功：%w：%.300s", command[0], err, said)
	}
	return journal.Notified(a.out, s)
}
