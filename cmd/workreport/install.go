package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"workreport/pipeline/schedule"
)

// step is one thing done to the machine, and how it is said.
type step struct {
	what string
	do   func() error
}

// take takes the steps, or only says them.
func take(steps []step, dry bool, out io.Writer) error {
	for _, s := range steps {
		if dry {
			fmt.Fprintf(out, "将%s\n", s.what)
			continue
		}
		if err := s.do(); err != nil {
			return err
		}
		fmt.Fprintf(out, "已%s\n", s.what)
	}
	return nil
}

// install puts the units of a plan in place and starts the timer.
func (m machine) install(ctx context.Context, p schedule.Plan, a arguments, out io.Writer) error {
	if err := m.past(p, a); err != nil {
		return err
	}
	if !m.systemd {
		advice, err := cronAdvice(p)
		if err != nil {
			return err
		}
		return errors.New("没有安装：" + advice)
	}
	units, err := p.Units()
	if err != nil {
		return err
	}
	if err := m.fits(p); err != nil {
		return err
	}
	if err := take(m.steps(ctx, p, units), a.dryRun, out); err != nil {
		return err
	}
	if a.dryRun {
		for _, u := range units {
			fmt.Fprintf(out, "\n%s\n\n%s", filepath.Join(m.folder, u.Name), u.Text)
		}
		return nil
	}
	fmt.Fprintf(out, "%d年度的运行定在 %s\n", p.Year, moment(p.When))
	m.hints(p, out)
	return nil
}

// steps are what an installation does, in order.
func (m machine) steps(ctx context.Context, p schedule.Plan, units []schedule.Unit) []step {
	var steps []step
	if !isDir(p.Out) {
		steps = append(steps, step{"建立输出文件夹 " + p.Out, func() error { return makeFolder(p.Out, p.User) }})
	}
	steps = append(steps, step{"请 systemd-analyze 检查", func() error { return m.verify(ctx, units) }})
	for _, u := range units {
		path := filepath.Join(m.folder, u.Name)
		steps = append(steps, step{"写入 " + path, func() error { return replaceFile(path, u.Text) }})
	}
	// A timer that is over stays so until it is restarted: enable --now is not enough.
	return append(steps, m.ask(ctx, "daemon-reload"), m.ask(ctx, "enable", p.Timer()), m.ask(ctx, "restart", p.Timer()))
}

// fits refuses what cannot run as planned.
func (m machine) fits(p schedule.Plan) error {
	for _, path := range []string{p.Program, p.Folder, p.Data, p.Out, p.Queries, p.Template} {
		for _, folder := range m.temporary {
			if path == folder || strings.HasPrefix(path, folder+"/") {
				return fmt.Errorf("%s：在临时文件夹 %s 里，定时的运行看不到那里；请移到别的文件夹", path, folder)
			}
		}
	}
	for _, name := range schedule.Names(p.Year) {
		path := filepath.Join(m.folder, name)
		text, err := os.ReadFile(path)
		if err == nil && !schedule.Ours(string(text)) {
			return fmt.Errorf("%s：已有这个文件，不是本程序写的，没有安装；请核对后移走", path)
		}
	}
	return nil
}

// hints say what the installer cannot see to.
func (m machine) hints(p schedule.Plan, out io.Writer) {
	if !m.system {
		fmt.Fprintln(out, "注意    要在没有人登录时也运行，请执行一次 loginctl enable-linger（可能要管理员来做）")
		if !p.Namespaces {
			fmt.Fprintln(out, "注意    这台机器不许用户服务隔离文件夹和网络；要隔离，请用 root 安装")
		}
		return
	}
	who := p.User
	if who == "" {
		who = "root"
	}
	for _, folder := range []string{p.Out, filepath.Join(p.Out, fmt.Sprint(p.Year))} {
		if of, err := owner(folder); err == nil && of != p.User {
			fmt.Fprintf(out, "注意    %s 不是 %s 的，运行时可能写不进去；请执行 chown -R %s %[1]s\n", folder, who, who)
			return
		}
	}
}

// ask is the step of one systemctl.
func (m machine) ask(ctx context.Context, args ...string) step {
	line := strings.Join(append([]string{"systemctl"}, m.of(args...)...), " ")
	return step{"执行 " + line, func() error {
		if said, err := m.systemctl(ctx, args...); err != nil {
			return fmt.Errorf("%s 没有成功（%w），它说：%s；改正后请再执行一次 workreport schedule", line, err, said)
		}
		return nil
	}}
}

// verify asks systemd about the units before they are installed. It goes through
// everything they touch, too, so that only what it says of them counts.
func (m machine) verify(ctx context.Context, units []schedule.Unit) error {
	folder, err := os.MkdirTemp("", "workreport-*")
	if err != nil {
		return fmt.Errorf("临时文件夹建不了：%w", err)
	}
	defer os.RemoveAll(folder)
	args := m.of("verify", "--man=no")
	for _, u := range units {
		path := filepath.Join(folder, u.Name)
		if err := os.WriteFile(path, []byte(u.Text), 0o644); err != nil {
			return fmt.Errorf("临时文件写不了：%w", err)
		}
		args = append(args, path)
	}
	said, err := m.call(ctx, "systemd-analyze", args...)
	if err == nil || errors.Is(err, exec.ErrNotFound) {
		return nil
	}
	if slices.ContainsFunc(units, func(u schedule.Unit) bool { return strings.Contains(said, u.Name) }) {
		return fmt.Errorf("systemd-analyze 说写成的服务不对，没有安装：%s", said)
	}
	return nil
}

// remove stops the timer and deletes what was written here, and nothing else.
func (m machine) remove(ctx context.Context, a arguments, out io.Writer) error {
	var steps []step
	timer := schedule.Plan{Year: a.year}.Timer()
	for _, name := range schedule.Names(a.year) {
		path := filepath.Join(m.folder, name)
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s：读不了：%w", path, err)
		}
		if !schedule.Ours(string(text)) {
			return fmt.Errorf("%s：不是本程序写的，没有删除任何文件；请核对后自己处理", path)
		}
		if name == timer && m.systemd {
			steps = slices.Insert(steps, 0, m.ask(ctx, "disable", "--now", name))
		}
		steps = append(steps, step{"删除 " + path, func() error { return os.Remove(path) }})
	}
	if len(steps) == 0 {
		fmt.Fprintf(out, "%s：没有安装过 %d 年度的定时器，没有要删除的\n", m.folder, a.year)
		return nil
	}
	if m.systemd {
		steps = append(steps, m.ask(ctx, "daemon-reload"), m.ask(ctx, "reset-failed", fmt.Sprintf("workreport-%d*", a.year)))
	}
	return take(steps, a.dryRun, out)
}
