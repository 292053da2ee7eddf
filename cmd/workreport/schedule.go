package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"workreport/pipeline/contract"
	"workreport/pipeline/schedule"
)

func scheduleCommand(m machine) command {
	run := func(ctx context.Context, a arguments, out, _ io.Writer) error { return m.schedule(ctx, a, out) }
	return command{"schedule", "", "定时：会期前一天无人值守地运行；看、安装、删除 systemd 的定时器，没有 systemd 就给出 cron 的一行", run, none,
		flags(yearFlag, dataFlag, queriesFlag, outFlag, allowFlag, templateFlag, scheduleFlags)}
}

func scheduleFlags(set *flag.FlagSet, a *arguments) {
	set.BoolVar(&a.install, "install", false, "装上定时器；root 装给整台机器，别的用户装给自己")
	set.BoolVar(&a.remove, "remove", false, "删除定时器")
	set.BoolVar(&a.dryRun, "dry-run", false, "同 --install 或 --remove 一起用：只说要做什么，什么也不做")
}

func (m machine) schedule(ctx context.Context, a arguments, out io.Writer) error {
	switch {
	case a.install && a.remove:
		return usageError{"workreport schedule：--install 和 --remove 只能用一个"}
	case a.dryRun && !a.install && !a.remove:
		return usageError{"workreport schedule：--dry-run 要同 --install 或 --remove 一起用"}
	}
	if m.folder == "" {
		return errors.New("不知道用户的设置文件夹在哪里，看不了也装不了定时器；请设好环境变量 HOME")
	}
	if err := a.fillYear(); err != nil {
		return err
	}
	if a.remove {
		return m.remove(ctx, a, out)
	}
	p, err := m.plan(ctx, a)
	if err != nil {
		return err
	}
	if a.install {
		return m.install(ctx, p, a, out)
	}
	return m.show(ctx, p, a, out)
}

// plan is what is to run, when, and as whom.
func (m machine) plan(ctx context.Context, a arguments) (schedule.Plan, error) {
	p := schedule.Plan{Year: a.year, AllowRejected: a.allowRejected, System: m.system}
	e, err := settings(a)
	if err != nil {
		return p, err
	}
	if p.When, err = schedule.Moment(e, time.Local); err != nil {
		return p, err
	}
	if p.Program, err = m.program(); err != nil {
		return p, fmt.Errorf("找不到程序自己的文件：%w", err)
	}
	for _, path := range []struct {
		from string
		to   *string
	}{{".", &p.Folder}, {a.data, &p.Data}, {a.out, &p.Out}, {a.queries, &p.Queries}, {a.template, &p.Template}} {
		if path.from == "" {
			continue
		}
		if *path.to, err = filepath.Abs(path.from); err != nil {
			return p, fmt.Errorf("%s：不知道在哪个文件夹：%w", path.from, err)
		}
	}
	if m.system {
		p.User, err = owner(p.Data)
	} else if m.systemd {
		p.Namespaces = m.namespaces(ctx)
	}
	return p, err
}

// settings are those of the year's own folder.
func settings(a arguments) (contract.Edition, error) {
	folder := filepath.Join(a.data, fmt.Sprint(a.year))
	e, err := contract.LoadEdition(os.DirFS(folder), folder)
	if err == nil && e.Year != a.year {
		err = fmt.Errorf("%s/%s：年份写的是 %d，应与文件夹一致，写 %d", folder, contract.EditionFile, e.Year, a.year)
	}
	return e, err
}

// past is the error of a moment that will not come again.
func (m machine) past(p schedule.Plan, a arguments) error {
	if p.When.After(m.now()) {
		return nil
	}
	return fmt.Errorf("%s：这一天已过，不会再运行；请核对 %s 里的 session_date（会期的第一天），改了再装",
		moment(p.When), filepath.Join(a.data, fmt.Sprint(a.year), contract.EditionFile))
}

func moment(t time.Time) string { return t.Format("2006年1月2日 15:04") }

// show says when the run is due, and whether the machine knows.
func (m machine) show(ctx context.Context, p schedule.Plan, a arguments, out io.Writer) error {
	fmt.Fprintf(out, "%d年度的运行定在 %s，会期的前一天\n", p.Year, moment(p.When))
	if err := m.past(p, a); err != nil {
		fmt.Fprintf(out, "注意    %v\n", err)
	}
	if !m.systemd {
		advice, err := cronAdvice(p)
		if err == nil {
			fmt.Fprintln(out, advice)
		}
		return err
	}
	units, err := p.Units()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "安装    %s\n", m.state(ctx, p, units))
	for _, u := range units {
		fmt.Fprintf(out, "\n%s\n\n%s", filepath.Join(m.folder, u.Name), u.Text)
	}
	return nil
}

// cronAdvice says how to have cron do it.
func cronAdvice(p schedule.Plan) (string, error) {
	line, err := p.Cron()
	if err != nil {
		return "", err
	}
	edit := "crontab -e"
	if p.User != "" {
		edit = "crontab -u " + p.User + " -e"
	}
	return fmt.Sprintf("这台机器没有运行 systemd，请交给 cron：执行 %s，加上下面的一行，存盘退出。\n\n%s\n\n"+
		"cron 的时间里没有年份，所以这一行先核对是不是 %d 年。到时候机器要开着，cron 不补做。", edit, line, p.When.Year()), nil
}

// state compares what is installed with what would be.
func (m machine) state(ctx context.Context, p schedule.Plan, units []schedule.Unit) string {
	present, other := 0, ""
	for _, u := range units {
		text, err := os.ReadFile(filepath.Join(m.folder, u.Name))
		if err == nil {
			present++
		}
		if string(text) != u.Text {
			other += " " + u.Name
		}
	}
	if present == 0 {
		return "没有安装；用 workreport schedule --install 安装"
	}
	if other != "" {
		return "已安装，但与现在要装的不同：" + other[1:] + "；用 workreport schedule --install 重装"
	}
	for _, verb := range []string{"is-enabled", "is-active"} {
		if said, err := m.systemctl(ctx, verb, p.Timer()); err != nil {
			return fmt.Sprintf("已安装，但定时器没有启用（%s %s）；用 workreport schedule --install 重装", verb, said)
		}
	}
	return "已安装，与现在要装的相同，定时器已启用"
}
