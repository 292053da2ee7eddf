package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
)

func TestTwoRunsAtOnce(t *testing.T) {
	o := newOffice(t)
	o.must("run")
	for round := range 5 {
		o.amount(3000 + round)
		var both sync.WaitGroup
		codes, said := make([]int, 3), make([]string, 3)
		for i := range codes {
			both.Go(func() { _, said[i], codes[i] = finish(t, o.command("run")) })
		}
		both.Wait()
		for i, code := range codes {
			if code != exitDone && !(code == exitFailed && strings.Contains(said[i], "另一次运行正在写")) {
				t.Errorf("code %d: %s", code, said[i])
			}
		}
		if !slices.Contains(codes, exitDone) {
			t.Errorf("no run came through: %q", said)
		}
		o.current()
	}
	all, err := edition.List(o.path("out"), 2021)
	if err != nil || len(all) != 6 {
		t.Errorf("%d editions, %v", len(all), err)
	}
	o.nothingLeft()
}

func TestLostInput(t *testing.T) {
	o := newOffice(t)
	o.must("run")
	before := o.current()
	if err := os.Remove(o.path("data/2021/documents.csv")); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := o.run("run", "--unattended"); code != exitBroken || !strings.Contains(errs, "缺“调研成果”的记录") {
		t.Errorf("code %d: %s", code, errs)
	}
	if err := os.Remove(o.path("data/2021/edition.toml")); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := o.run("run", "--unattended"); code != exitFailed || !strings.Contains(errs, "edition.toml") {
		t.Errorf("code %d: %s", code, errs)
	}
	if after := o.current(); after.Name != before.Name {
		t.Error("something was published")
	}
	if s := o.status(); s.State != journal.Failed || s.Message == "" {
		t.Errorf("status %+v", s)
	}
}

// inNamespace runs a shell script as root of namespaces of its own; the test skips
// where the machine does not allow that.
func inNamespace(t *testing.T, o office, kind, script string) (out, errs string, code int) {
	t.Helper()
	arguments := []string{kind, "true"}
	if os.Geteuid() != 0 {
		arguments = append([]string{"-Ur"}, arguments...)
	}
	if said, err := exec.Command("unshare", arguments...).CombinedOutput(); err != nil {
		t.Skipf("this machine gives no namespace of its own (unshare %v): %s", arguments, said)
	}
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("unshare", append(arguments[:len(arguments)-1], "sh", "-c", script, "sh", path)...)
	c.Dir, c.Env = o.folder, o.env
	return finish(t, c)
}

// TestFullDisk runs on disks of every size from far too small to large enough.
func TestFullDisk(t *testing.T) {
	o := newOffice(t)
	o.must("run")
	out, errs, code := inNamespace(t, o, "-m", `
set -e
mkdir small
amount=0
for temporary in /tmp small/tmp; do
for size in 1100 1300 1600 2000 2400 2800 3200 4000 12000; do
  mount -t tmpfs -o size=${size}k tmpfs small
  mkdir -p small/tmp
  amount=$((amount+1))
  if cp -a out small/ 2>/dev/null; then
    sed -i "2s/,[0-9.]*,/,$amount.00,/" data/2021/assistance_funds.csv
    code=0; TMPDIR=$temporary "$1" run --out small/out >said 2>errors || code=$?
    echo "$size $temporary: $code $(cat errors | tr '\n' ' ')"
    "$1" verify --out small/out || echo BROKEN
    ls -A small/out/2021 | grep -E '^\.(building|current|gone|status)-' && echo LEFT || true
    ls -A small/tmp | grep . && echo LEFT || true
  fi
  umount small
done
done`)
	t.Log(out)
	if code != 0 {
		t.Fatalf("code %d: %s", code, errs)
	}
	if strings.Contains(out, "BROKEN") || strings.Contains(out, "LEFT") || strings.Contains(out, "有改动") {
		t.Error("a full disk broke what was published, or left something")
	}
	if full, enough := strings.Count(out, "磁盘满了"), strings.Count(out, ": 0 "); full < 6 || enough < 2 || full != strings.Count(out, ": 1 ") {
		t.Errorf("%d disks were full, %d large enough", full, enough)
	}
}

func TestReadOnlyOutput(t *testing.T) {
	o := newOffice(t)
	o.must("run")
	o.amount(7)
	out, errs, code := inNamespace(t, o, "-m", `
mount --bind out out && mount -o remount,bind,ro out || exit 99
"$1" run; echo code $?
"$1" run --unattended --year 2021; echo code $?
"$1" verify; echo code $?`)
	if code == 99 {
		t.Skipf("this machine lets no folder be read-only: %s", errs)
	}
	if strings.Count(out, "code 1") != 2 || !strings.Contains(out, "code 0") || !strings.Contains(errs, "只读") {
		t.Errorf("%s\n%s", out, errs)
	}
	o.current()
}

// TestWithoutNetwork runs where there is no interface at all, with an empty home
// and caches, and wants the digest of a run with all of them.
func TestWithoutNetwork(t *testing.T) {
	o := newOffice(t)
	o.must("run")
	want := o.current().Manifest
	out, errs, code := inNamespace(t, o, "-n", `
mkdir home cache
[ "$(tail -n +3 /proc/net/dev | grep -vc '^ *lo:')" = 0 ] || exit 98
env -i HOME=$PWD/home XDG_CACHE_HOME=$PWD/cache PATH=/usr/bin:/bin "$1" run --out alone`)
	if code != 0 {
		t.Fatalf("code %d: %s%s", code, out, errs)
	}
	e, _, err := edition.Find(o.path("alone"), 2021, "")
	if err != nil || e.Manifest.Digest != want.Digest || !slices.Equal(e.Manifest.Outputs, want.Outputs) {
		t.Errorf("%v: digest %s, want %s", err, e.Manifest.Digest, want.Digest)
	}
}

// TestTwoPlaces runs the same records in two folders, time zones and locales, named
// by absolute and by relative paths, and wants the same files.
func TestTwoPlaces(t *testing.T) {
	o := newOffice(t)
	o.write("data/2021/提案的说明.txt", "不读的文件")
	o.env = append(o.env, "TZ=Asia/Shanghai", "LANG=zh_CN.UTF-8", "LC_ALL=zh_CN.UTF-8")
	o.must("run")
	want := o.current().Manifest
	other := newOffice(t)
	other.folder = filepath.Join(other.folder, "一个 别的", "地方")
	if err := os.CopyFS(other.path("data"), os.DirFS(o.path("data"))); err != nil {
		t.Fatal(err)
	}
	other.env = append(os.Environ(), "TZ=America/St_Johns", "LANG=C", "LC_ALL=C", "HOME=/nonexistent", "XDG_CACHE_HOME="+t.TempDir())
	other.must("run", "--data", other.path("data"), "--out", other.path("out"))
	got := other.current().Manifest
	if got.Digest != want.Digest || !slices.Equal(got.Outputs, want.Outputs) || !slices.Equal(got.Inputs, want.Inputs) {
		for i, f := range got.Outputs {
			if f != want.Outputs[i] {
				t.Errorf("%s differs", f.Path)
			}
		}
		t.Errorf("digest %s, want %s", got.Digest, want.Digest)
	}
}

// TestUnattended follows a scheduled run: its log, its status, the guard, the
// command for a failure, and the way out.
func TestUnattended(t *testing.T) {
	o := newOffice(t)
	o.write("data/2021/edition.toml", strings.Replace(o.read("data/2021/edition.toml"), "on_failure = []",
		`on_failure = ["/bin/sh", "-c", "cat > mail; echo $WORKREPORT_CODE $WORKREPORT_STATE >> mail"]`, 1))
	out := o.must("run", "--unattended")
	var last journal.Line
	for _, text := range strings.Split(strings.TrimSpace(out), "\n") {
		if err := json.Unmarshal([]byte(text), &last); err != nil {
			t.Fatalf("%q is no line of the log: %v", text, err)
		}
	}
	first := o.current()
	if last.Event != "end" || last.State != journal.Published || last.Digest != first.Manifest.Digest {
		t.Errorf("the last line is %+v", last)
	}
	if again := o.must("run", "--unattended"); !strings.Contains(again, `"state":"unchanged"`) || o.current().Name != first.Name {
		t.Errorf("a second run: %s", again)
	}
	o.amount(300_000_000) // some 4387 万元 become 34237
	_, errs, code := o.run("run", "--unattended")
	if code != exitBroken || !strings.Contains(errs, "project_funds") || !strings.Contains(errs, "超过设置的 50%（guard.moved）") || !strings.Contains(errs, "--accept") {
		t.Errorf("code %d: %s", code, errs)
	}
	if o.current().Name != first.Name {
		t.Error("what is doubtful was published")
	}
	if mail := o.read("mail"); !strings.Contains(mail, "要人确认") || !strings.Contains(mail, "project_funds") || !strings.HasSuffix(mail, "3 stopped\n") {
		t.Errorf("mail %q", mail)
	}
	if s := o.status(); s.State != journal.Stopped || s.Code != exitBroken || !s.Notified || !s.Unattended {
		t.Errorf("status %+v", s)
	}
	if out, _, code := o.run("status"); code != exitFailed || !strings.Contains(out, "停下，要人处理") || !strings.Contains(out, "发布以后改动了 1 个文件") {
		t.Errorf("status: code %d %s", code, out)
	}
	if out, _, code := o.run("notify"); code != exitDone || !strings.Contains(out, "已经通知过了") {
		t.Errorf("notify: code %d %s", code, out)
	}
	o.must("run", "--accept")
	second := o.current()
	if len(second.Manifest.Accepted) != 1 || second.Manifest.Number != 2 || second.Manifest.Previous != first.Name {
		t.Errorf("manifest %+v", second.Manifest)
	}
	o.must("run", "--unattended")
	if out := o.must("status"); !strings.Contains(out, "与已发布的一期相同") || !strings.Contains(out, "发布以后没有改动") {
		t.Errorf("status %s", out)
	}

	o.must("rollback")
	if o.current().Name != first.Name {
		t.Error("not rolled back")
	}
	if _, errs, code := o.run("run", "--unattended"); code != exitBroken || !strings.Contains(errs, "已被人退回") {
		t.Errorf("a run published again what somebody went back from: code %d %s", code, errs)
	}

	lines := o.logged()
	ends := slices.DeleteFunc(lines, func(l journal.Line) bool { return l.Event != "end" })
	if len(ends) != 6 {
		t.Errorf("%d runs ended in the log", len(ends))
	}
}

// TestNotifyAfterAKill runs the command for a failure for a run that could not.
func TestNotifyAfterAKill(t *testing.T) {
	o := newOffice(t)
	o.write("data/2021/edition.toml", strings.Replace(o.read("data/2021/edition.toml"), "on_failure = []", `on_failure = ["/usr/bin/touch", "told"]`, 1))
	o.must("run")
	c := o.command("run", "--unattended")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for o.status().State != journal.Running {
		time.Sleep(time.Millisecond)
	}
	c.Process.Signal(syscall.SIGKILL)
	c.Wait()
	if out := o.must("notify"); !strings.Contains(out, "已运行") {
		t.Errorf("notify: %s", out)
	}
	if _, err := os.Stat(o.path("told")); err != nil || !o.status().Notified {
		t.Errorf("%v %+v", err, o.status())
	}
}

// TestTheDataFolderIsNotWrittenTo holds every file of the data folder and its
// folders to what they were, and refuses to publish into it.
func TestTheDataFolderIsNotWrittenTo(t *testing.T) {
	o := newOffice(t)
	snapshot := func() string {
		var list strings.Builder
		filepath.WalkDir(o.path("data"), func(path string, entry os.DirEntry, err error) error {
			info, _ := entry.Info()
			list.WriteString(path + info.ModTime().String() + info.Mode().String() + "\n")
			return err
		})
		return list.String()
	}
	before := snapshot()
	o.must("run")
	for _, out := range []string{"data", "data/out", "data/../data/2021/out"} {
		if _, errs, code := o.run("run", "--out", out); code != exitFailed || !strings.Contains(errs, "结果不能写进记录所在的文件夹") {
			t.Errorf("--out %s: code %d %s", out, code, errs)
		}
	}
	if snapshot() != before {
		t.Errorf("the data folder was written to:\n%s\n%s", before, snapshot())
	}
}
