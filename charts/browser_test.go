package charts_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"workreport/charts"
	"workreport/pipeline"
)

// TestPageInBrowser opens the page from disk, as users do: the page of the sample
// year, and one whose texts try to be markup.
func TestPageInBrowser(t *testing.T) {
	browser := startBrowser(t)
	sample := samplesOfTheYear(t)
	hostile := filepath.Join(t.TempDir(), "charts.html")
	if err := os.WriteFile(hostile, charts.SamplePage(t), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int64{360, 1024, 1920} {
		t.Run(fmt.Sprintf("%d px", width), func(t *testing.T) {
			drawnWithin(t, open(t, browser, sample, width), 20)
			drawnWithin(t, open(t, browser, hostile, width), 8)
		})
	}
	t.Run("fingers", func(t *testing.T) { largeEnough(t, open(t, browser, sample, 360)) })
	t.Run("keyboard", func(t *testing.T) { byKeyboard(t, open(t, browser, sample, 1024)) })
	t.Run("index", func(t *testing.T) { indexLeads(t, open(t, browser, sample, 1024)) })
	t.Run("records", func(t *testing.T) { recordsOfARow(t, open(t, browser, sample, 1024)) })
	t.Run("hostile records", func(t *testing.T) { recordsAreText(t, open(t, browser, hostile, 1024)) })
	t.Run("screen reader", func(t *testing.T) { hasNames(t, open(t, browser, sample, 1024)) })
	t.Run("without scripts", func(t *testing.T) { withoutScripts(t, open(t, browser, sample, 1024, noScripts)) })
	t.Run("paper", func(t *testing.T) { printed(t, open(t, browser, sample, 1024)) })
}

func startBrowser(t *testing.T) context.Context {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	limited, expire := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(expire)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.DisableGPU)
	allocator, stop := chromedp.NewExecAllocator(limited, options...)
	t.Cleanup(stop)
	browser, closeIt := chromedp.NewContext(allocator)
	t.Cleanup(closeIt)
	do(t, browser)
	return browser
}

// samplesOfTheYear runs the sample year and answers with its page.
func samplesOfTheYear(t *testing.T) string {
	t.Helper()
	r, err := pipeline.Run(t.Context(), pipeline.Options{Year: 2021, Data: "../data", Out: t.TempDir(), Version: "test",
		Now: time.Unix(1_600_000_000, 0), Progress: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(r.Published.Current, "charts.html")
}

// open loads a page in a tab of its own. Any request but for the page itself and
// its own data, any message and any exception fails the test.
func open(t *testing.T, browser context.Context, file string, width int64, before ...step) context.Context {
	t.Helper()
	tab, closeIt := chromedp.NewContext(browser)
	address := (&url.URL{Scheme: "file", Path: file}).String()
	var mutex sync.Mutex
	var heard []string
	hear := func(what string) {
		mutex.Lock()
		defer mutex.Unlock()
		heard = append(heard, what)
	}
	err := chromedp.Listen(tab, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.Request.URL != address && !strings.HasPrefix(e.Request.URL, "data:") {
				hear("request: " + e.Request.URL)
			}
		case *runtime.EventConsoleAPICalled:
			hear("console: " + string(e.Args[0].Value))
		case *runtime.EventExceptionThrown:
			hear("exception: " + e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			hear("log: " + e.Entry.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		closeIt()
		mutex.Lock()
		defer mutex.Unlock()
		for _, what := range heard {
			t.Error(what)
		}
	})
	do(t, tab, enableNetwork, enableLog, chromedp.EmulateViewport(width, 900))
	do(t, tab, before...)
	do(t, tab, chromedp.Navigate(address))
	return tab
}

type step = chromedp.Action[chromedp.Void]

// command is a step that gives the browser an order.
func command[P, R any](order cdp.Command[P, R], how P) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, order, how)
		return err
	})
}

var (
	enableNetwork = command(network.Enable, network.EnableParams{})
	enableLog     = command(log.Enable, cdp.Empty{})
	noScripts     = command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
)

func do(t *testing.T, tab context.Context, steps ...step) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		t.Fatal(err)
	}
}

// ask evaluates JavaScript that answers with a T.
func ask[T any](t *testing.T, tab context.Context, script string) T {
	t.Helper()
	answer, err := chromedp.Run(tab, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return answer
}

// wait waits until the JavaScript is true.
func wait(t *testing.T, tab context.Context, script string) {
	t.Helper()
	for range 200 {
		if ask[bool](t, tab, script) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not come true", script)
}

func press(key string) step  { return chromedp.KeyEvent(key) }
func click(css string) step  { return chromedp.Click(chromedp.CSS(css)) }
func run(script string) step { return chromedp.Evaluate[chromedp.Void](script) }

const openAll = `document.querySelectorAll('details').forEach(d => d.open = true)`

// drawnWithin: every chart is alive, has a size, and nothing is wider than the screen.
func drawnWithin(t *testing.T, tab context.Context, charts int) {
	t.Helper()
	wait(t, tab, `document.documentElement.dataset.charts === 'live'`)
	if wide := ask[[]string](t, tab, `document.documentElement.scrollWidth <= innerWidth ? [] :
		[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.tagName + '.' + e.className)`); len(wide) > 0 {
		t.Errorf("wider than the screen: %v", wide)
	}
	sound := ask[int](t, tab, `[...document.querySelectorAll('.picture.alive .live svg')].filter(svg => {
		const r = svg.getBoundingClientRect();
		return r.width > 200 && r.height > 90 && r.left >= 0 && r.right <= innerWidth && svg.querySelectorAll('path, text').length > 0;
	}).length`)
	if sound != charts {
		t.Errorf("%d of %d charts are drawn within the screen", sound, charts)
	}
}

// largeEnough: on a telephone what is touched is at least 32 pixels high, what is
// read 12 pixels.
func largeEnough(t *testing.T, tab context.Context) {
	do(t, tab, run(openAll))
	wait(t, tab, `document.querySelectorAll('.rows table').length >= 20`)
	for _, low := range ask[[]string](t, tab, `[...document.querySelectorAll('a, summary, button')].filter(e => {
		const r = e.getBoundingClientRect();
		return r.height > 0 && r.height < 32 && r.right > 0;
	}).map(e => e.textContent + ' ' + e.getBoundingClientRect().height)`) {
		t.Errorf("too low to touch: %s", low)
	}
	for _, small := range ask[[]string](t, tab, `(() => {
		const found = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) {
			const e = walk.currentNode.parentElement;
			if (walk.currentNode.data.trim() && e.getClientRects().length && parseFloat(getComputedStyle(e).fontSize) < 12)
				found.add(walk.currentNode.data.trim() + ' ' + getComputedStyle(e).fontSize);
		}
		return [...found];
	})()`) {
		t.Errorf("too small to read: %s", small)
	}
}

const focused = `(document.activeElement.textContent.trim() || document.activeElement.tagName)`

// byKeyboard: the skip link, a button opened and closed, and the way from a row to its records.
func byKeyboard(t *testing.T, tab context.Context) {
	do(t, tab, press(kb.Tab))
	if got := ask[string](t, tab, focused); got != "跳到正文" {
		t.Fatalf("the first Tab leads to %s", got)
	}
	do(t, tab, press(kb.Enter), press(kb.Tab))
	if got := ask[bool](t, tab, `document.activeElement === document.querySelector('.cards summary')`); !got {
		t.Errorf("behind the skip link comes %s", ask[string](t, tab, focused))
	}
	const isOpen = `document.querySelector('#chart9 .data').open`
	do(t, tab, chromedp.Focus(chromedp.CSS("#chart9 .data summary")), press(kb.Enter))
	wait(t, tab, isOpen)
	do(t, tab, press(" "))
	wait(t, tab, "!"+isOpen)
	do(t, tab, press(" "))
	wait(t, tab, isOpen)
	for range 2 { // the region of the table, then the first row
		do(t, tab, press(kb.Tab))
	}
	if !ask[bool](t, tab, `document.activeElement === document.querySelector('#chart9 tbody button')`) {
		t.Errorf("in the table Tab leads to %s", ask[string](t, tab, focused))
	}
	do(t, tab, press(kb.Enter))
	wait(t, tab, `document.querySelector('#chart9 .records').open && document.activeElement.matches('#chart9 .status-line')`)
	do(t, tab, press(kb.Tab), press(kb.Enter)) // 显示全部
	wait(t, tab, `document.querySelectorAll('#chart9 .rows tbody tr').length === 228`)
}

// indexLeads: every entry of the index brings its section to the top.
func indexLeads(t *testing.T, tab context.Context) {
	do(t, tab, run(`document.documentElement.style.scrollBehavior = 'auto'`))
	if links := ask[int](t, tab, `document.querySelectorAll('nav a').length`); links != 27 { // overview, 5 sections, 20 charts, checks
		t.Errorf("the index has %d entries", links)
	}
	for _, astray := range ask[[]string](t, tab, `[...document.querySelectorAll('nav a')].filter(a => {
		a.click();
		const top = document.querySelector(a.hash).getBoundingClientRect().top, end = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
		return Math.abs(top) > 2 && !(end && top > 0 && top < innerHeight);
	}).map(a => a.textContent)`) {
		t.Errorf("%s is not led to", astray)
	}
}

// recordsOfARow: the records of a chart, then those of each row of its table, are
// as many as the table says; a card has its own.
func recordsOfARow(t *testing.T, tab context.Context) {
	do(t, tab, click("#chart9 .records summary"))
	wait(t, tab, `document.querySelectorAll('#chart9 .rows tbody tr').length === 228`)
	if heads := ask[string](t, tab, `[...document.querySelectorAll('#chart9 .rows thead th')].slice(0, 5).map(e => e.textContent).join()`); heads != "文件,行,届次,案号,时段" {
		t.Errorf("the columns are %s", heads)
	}
	do(t, tab, click("#chart9 .data summary"))
	rows := ask[[]string](t, tab, `[...document.querySelectorAll('#chart9 .data tbody tr')].map(tr => {
		tr.querySelector('button').click();
		return tr.querySelector('th').textContent + tr.querySelector('td').textContent + '=' + document.querySelectorAll('#chart9 .rows tbody tr').length;
	})`)
	if len(rows) != 6 {
		t.Errorf("%d rows have records", len(rows))
	}
	for _, row := range rows {
		if said, listed, _ := strings.Cut(row, "="); !strings.HasSuffix(said, listed) || listed == "0" {
			t.Errorf("%s: %s records are listed", said, listed)
		}
	}
	do(t, tab, click(".cards li:nth-child(4) summary"), click(".cards li:nth-child(4) .records summary"))
	wait(t, tab, `document.querySelectorAll('.cards li:nth-child(4) .rows tbody tr').length === 228`)
	if text := ask[string](t, tab, `document.querySelector('#chart19 .rows') && (document.querySelector('#chart19 .records').open = true, 'open')`); text != "open" {
		t.Error(text)
	}
	wait(t, tab, `document.querySelectorAll('#chart19 .rows tbody tr').length === 1000`)
	if said := ask[string](t, tab, `document.querySelector('#chart19 .status-line').textContent`); said != "全部1427条记录，这里列出1000条；全部记录请运行 workreport explain participation_by_kind。" {
		t.Error(said)
	}
}

func recordsAreText(t *testing.T, tab context.Context) {
	do(t, tab, run(openAll))
	wait(t, tab, `document.querySelectorAll('.rows tbody tr').length === 2`)
	if got := ask[string](t, tab, `document.querySelector('.rows tbody tr').textContent`); !strings.Contains(got, "<img src=x onerror=alert(1)>") {
		t.Errorf("got %s", got)
	}
	if n := ask[int](t, tab, `document.querySelectorAll('main img').length`); n != 0 {
		t.Errorf("%d elements were made of records", n)
	}
}

// hasNames asks what a screen reader is told: every chart is an image with a
// text, every table has a name.
func hasNames(t *testing.T, tab context.Context) {
	do(t, tab, run(`document.querySelectorAll('.data, #chart9 .records').forEach(d => d.open = true)`))
	wait(t, tab, `document.querySelectorAll('.rows table').length === 1`)
	tree, err := chromedp.Call(tab, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, node := range tree.Nodes {
		if node.Ignored || node.Role == nil || node.Name == nil {
			continue
		}
		var role, name string
		if err := errors.Join(json.Unmarshal(node.Role.Value, &role), json.Unmarshal(node.Name.Value, &name)); err != nil {
			t.Fatal(err)
		}
		switch {
		case role == "image" && strings.HasPrefix(name, "图") && strings.HasSuffix(name, "。"), role == "table" && name != "":
			found[role]++
		case role == "image" || role == "table":
			t.Errorf("a %s is called %q", role, name)
		}
	}
	tables := ask[int](t, tab, `document.querySelectorAll('table').length`)
	if found["image"] != 20 || found["table"] != tables {
		t.Errorf("%d of 20 charts and %d of %d tables have a name", found["image"], found["table"], tables)
	}
}

// withoutScripts: every chart is a picture, and its table opens.
func withoutScripts(t *testing.T, tab context.Context) {
	if alive := ask[int](t, tab, `document.querySelectorAll('.alive').length`); alive != 0 {
		t.Fatalf("%d charts are alive: scripts do run", alive)
	}
	if shown := ask[int](t, tab, `[...document.querySelectorAll('.still svg')].filter(e => e.getBoundingClientRect().height > 90).length`); shown != 20 {
		t.Errorf("%d of 20 pictures are shown", shown)
	}
	do(t, tab, click("#chart9 .data summary"), click("#chart9 .records summary"))
	if height := ask[float64](t, tab, `document.querySelector('#chart9 .data table').getBoundingClientRect().height`); height < 100 {
		t.Errorf("the table is %v high", height)
	}
	if said := ask[string](t, tab, `document.querySelector('#chart9 .rows').innerText`); !strings.HasPrefix(said, "共228条。") {
		t.Errorf("in place of the records stands %q", said)
	}
	if tables := ask[int](t, tab, `document.querySelectorAll('figure .data table tbody').length`); tables != 20 {
		t.Errorf("%d of 20 tables", tables)
	}
}
