package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
)

// stops wants an unattended run to stop with these words and to publish nothing.
func (o office) stops(words ...string) {
	o.t.Helper()
	before := o.current().Name
	_, errs, code := o.run("run", "--unattended", "--year", "2021")
	if code != exitBroken {
		o.t.Errorf("exit code %d: %s", code, errs)
	}
	for _, w := range words {
		if !strings.Contains(errs, w) {
			o.t.Errorf("%q is not said in\n%s", w, errs)
		}
	}
	if o.current().Name != before {
		o.t.Error("something was published")
	}
}

// passes wants an unattended run to publish a new edition.
func (o office) passes() {
	o.t.Helper()
	before := o.current().Name
	o.must("run", "--unattended", "--year", "2021")
	if o.current().Name == before {
		o.t.Error("nothing new was published")
	}
}

// TestGuard takes an office of two years through all that the guard stops, and all
// that lets it go on: a note, last year's definition kept, a person's word.
func TestGuard(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"assistance_funds.csv", "documents.csv", "edition.toml"} {
		o.write("data/2020/"+name, readRepository(t, "data/2020/"+name))
	}
	o.must("run", "--unattended", "--year", "2020")
	o.must("run", "--unattended", "--year", "2021") // held to last year's edition
	o.amount(1)
	o.passes()

	const figure = "data/queries/figures/project_funds.sql"
	was := o.read(figure)
	other := strings.Replace(was, "coalesce(sum(amount_yuan), 0)", "coalesce(sum(amount_yuan) + 10000, 0)", 1)
	o.write(figure, other)
	o.stops("协调落实项目资金（project_funds）：定义与2021年第2期不同，说明（note）没有改")
	o.write(figure, strings.Replace(other, "-- note: ", "-- note: 另加一万元。", 1))
	o.stops("2020年发布的是 3127.46万元，按 2020 年的记录现在算出的是 3128.46万元", "2020/queries")
	o.write("data/2020/queries/figures/project_funds.sql", was)
	o.passes()

	o.edit("data/2020/assistance_funds.csv", func(rows [][]string, column func(string) int) [][]string {
		rows[1][column("金额（元）")] = "8800.00" // 140 万元 less
		return rows
	})
	o.stops("2020年发布的是 3127.46万元，按 2020 年的记录现在算出的是 2987.46万元")
	o.must("run", "--accept", "--year", "2021")
	o.amount(2)
	o.passes() // what was accepted is not asked again
	if accepted := o.current().Manifest.Accepted; len(accepted) != 1 {
		t.Errorf("accepted %q", accepted)
	}

	vanishing := "data/queries/figures/consumption_assistance_funds.sql"
	gone := o.read(vanishing)
	o.remove(vanishing)
	o.stops("消费帮扶资金（consumption_assistance_funds）：2021年第5期有", "现在没有这个数字了")
	o.write(vanishing, strings.Replace(gone, "WHERE ", "WHERE false AND ", 1))
	o.stops("现在没有一条记录支持")
	o.write(vanishing, gone)

	o.write("data/2021/edition.toml", strings.Replace(o.read("data/2021/edition.toml"), "moved = 50", "moved = 1", 1))
	o.amount(2_000_000)
	o.stops("超过设置的 1%（guard.moved）")
	if out := o.must("run", "--year", "2021"); !strings.Contains(out, "超过设置的 1%（guard.moved）") {
		t.Errorf("a run with somebody at hand does not say it:\n%s", out)
	}
}

// TestTheLostLink takes the link to the current edition away, and then a manifest:
// the guard still compares, status and verify say it.
func TestTheLostLink(t *testing.T) {
	o := newOffice(t)
	o.must("run")
	o.amount(1)
	o.must("run")
	o.remove("out/2021/current")
	if _, errs, code := o.run("status"); code != exitFailed || !strings.Contains(errs, "没有 current 链接") {
		t.Errorf("status: code %d %s", code, errs)
	}
	if _, _, code := o.run("verify"); code != exitFailed {
		t.Errorf("verify: code %d", code)
	}
	o.amount(900_000_000)
	if _, errs, code := o.run("run", "--unattended"); code != exitBroken || !strings.Contains(errs, "当前是哪一期说不清") || !strings.Contains(errs, "project_funds") {
		t.Errorf("code %d: %s", code, errs)
	}
	o.must("run", "--accept")
	if e := o.current(); e.Manifest.Number != 3 || e.Manifest.Previous == "" {
		t.Errorf("%+v", e.Manifest)
	}
	all, err := edition.List(o.path("out"), 2021)
	if err != nil || len(all) != 3 {
		t.Fatalf("%d editions, %v", len(all), err)
	}
	o.remove("out/2021/editions/" + all[1].Name + "/manifest.json")
	if out, _, code := o.run("verify"); code != exitFailed || !strings.Contains(out, "manifest.json 不见了") {
		t.Errorf("verify: code %d %s", code, out)
	}
	if err := os.RemoveAll(all[1].Folder); err != nil {
		t.Fatal(err)
	}
	if out, _, code := o.run("verify"); code != exitFailed || !strings.Contains(out, "不见了  "+all[1].Name) {
		t.Errorf("verify: code %d %s", code, out)
	}
}

// TestTheRecordsAreGone has no folder of records at the hour of the run: it is told
// of, and somebody is told.
func TestTheRecordsAreGone(t *testing.T) {
	o := newOffice(t)
	o.write("data/2021/edition.toml", strings.Replace(o.read("data/2021/edition.toml"), "on_failure = []", `on_failure = ["/usr/bin/touch", "told"]`, 1))
	o.must("run", "--unattended", "--year", "2021")
	if err := os.Rename(o.path("data"), o.path("away")); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := o.run("run", "--unattended", "--year", "2021"); code != exitFailed || !strings.Contains(errs, "data") {
		t.Errorf("code %d: %s", code, errs)
	}
	if _, err := os.Stat(o.path("told")); err != nil {
		t.Error("nobody was told")
	}
	if out, _, code := o.run("status", "--year", "2021"); code != exitFailed || !strings.Contains(out, "失败，没有发布") {
		t.Errorf("status: code %d %s", code, out)
	}
	if text := o.read("out/2021/current/definitions/edition.toml"); strings.Contains(text, "touch") {
		t.Error("the command is published")
	}
	if _, errs, code := o.run("run", "--year", "1999"); code != exitFailed || errs == "" {
		t.Errorf("code %d: %s", code, errs)
	}
	if _, err := os.Stat(o.path("out/1999")); err == nil {
		t.Error("a slip in the year left a folder")
	}
}

// TestTheFailureOfAnotherRun keeps what a newer run says, when the command for the
// failure of an older one ends late.
func TestTheFailureOfAnotherRun(t *testing.T) {
	o := newOffice(t)
	o.must("run")
	o.write("data/2021/edition.toml", strings.Replace(o.read("data/2021/edition.toml"), "on_failure = []", `on_failure = ["/bin/sleep", "3"]`, 1))
	o.amount(900_000_000)
	slow := o.command("run", "--unattended")
	if err := slow.Start(); err != nil {
		t.Fatal(err)
	}
	for o.status().State != journal.Stopped {
		time.Sleep(10 * time.Millisecond)
	}
	o.must("run", "--accept")
	slow.Wait()
	if s := o.status(); s.State != journal.Published {
		t.Errorf("status %+v", s)
	}
}
