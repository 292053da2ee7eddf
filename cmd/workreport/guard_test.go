package main

import (
	"strings"
	"testing"
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
