package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// machine is where a schedule goes, and how its service manager is spoken to.
type machine struct {
	systemd   bool     // whether one runs
	system    bool     // root: for the whole machine
	folder    string   // of the units; "" where the user has none
	temporary []string // folders that a unit sees its own copy of
	program   func() (string, error)
	now       func() time.Time
	call      func(ctx context.Context, name string, args ...string) (said string, err error)
}

func thisMachine() machine {
	m := machine{systemd: isDir("/run/systemd/system"), system: os.Geteuid() == 0, folder: "/etc/systemd/system",
		temporary: []string{"/tmp", "/var/tmp"}, program: os.Executable, now: time.Now, call: call}
	if m.system {
		return m
	}
	m.folder = ""
	if settings, err := os.UserConfigDir(); err == nil {
		m.folder = filepath.Join(settings, "systemd", "user")
	}
	return m
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// call runs a program to its end and gives what it said.
func call(ctx context.Context, name string, args ...string) (string, error) {
	said, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	return strings.TrimSpace(string(said)), err
}

func (m machine) systemctl(ctx context.Context, args ...string) (string, error) {
	return m.call(ctx, "systemctl", m.of(args...)...)
}

// of are the arguments of a program that speaks to the right manager.
func (m machine) of(args ...string) []string {
	if m.system {
		return args
	}
	return append([]string{"--user"}, args...)
}

// namespaces tries whether a unit of this user can be shut off: many machines do
// not allow it, and there a unit that asks for it would not start at all.
func (m machine) namespaces(ctx context.Context) bool {
	_, err := m.call(ctx, "systemd-run", "--user", "--wait", "--quiet", "--property=PrivateUsers=yes", "--property=PrivateNetwork=yes",
		"--property=ProtectSystem=strict", "--property=ProtectHome=read-only", "--property=PrivateTmp=yes", "true")
	return err == nil
}

// userName is what the User= of every systemd takes.
var userName = regexp.MustCompile(`^[a-z_][a-z0-9_-]{0,30}$`)

// owner is who the records belong to, "" for root.
func owner(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("%s：记录文件夹打不开：%w", path, err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || stat.Uid == 0 {
		return "", nil
	}
	id := strconv.Itoa(int(stat.Uid))
	if u, err := user.LookupId(id); err == nil && userName.MatchString(u.Username) {
		return u.Username, nil
	}
	return id, nil
}

// makeFolder makes a folder, and its parents, that belong to who is to write there.
func makeFolder(path, who string) error {
	var made []string
	for at := path; !isDir(at); at = filepath.Dir(at) {
		made = append(made, at)
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		return fmt.Errorf("输出文件夹建不了：%w", err)
	}
	if who == "" {
		return nil
	}
	uid, gid, err := idsOf(who)
	if err != nil {
		return err
	}
	for _, folder := range made {
		if err := os.Lchown(folder, uid, gid); err != nil {
			return fmt.Errorf("输出文件夹交不给 %s：%w", who, err)
		}
	}
	return nil
}

// idsOf are the numbers of a user, by name or by number.
func idsOf(who string) (uid, gid int, err error) {
	u, err := user.Lookup(who)
	if err != nil {
		u, err = user.LookupId(who)
	}
	if err != nil {
		uid, err = strconv.Atoi(who)
		return uid, -1, err
	}
	uid, _ = strconv.Atoi(u.Uid)
	gid, _ = strconv.Atoi(u.Gid)
	return uid, gid, nil
}

// replaceFile puts a file in place in one step.
func replaceFile(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("存放服务的文件夹建不了：%w", err)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".workreport-*")
	if err != nil {
		return fmt.Errorf("%s：写不了：%w", path, err)
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Chmod(0o644), file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("%s：写不了：%w", path, err)
	}
	return nil
}
