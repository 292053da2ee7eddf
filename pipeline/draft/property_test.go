package draft_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"workreport/pipeline/draft"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// styles are ways to write a number, by the kind of its unit; U stands for the unit.
var styles = map[string][]string{
	"count": {"228U", "2U", "1386U", "1,386U", "二百二十八U", "两U", "200余U", "20余U", "二十余U", "50多U", "近300U", "约300U", "300U左右", "超过200U", "不少于20U", "228 U", "５０ 余U", "２２８U", "1.2万U", "2万余U"},
	"%":     {"98%", "98.5%", "98.55%", "百分之九十八", "百分之九十八点五", "九成", "九成八", "95%以上", "近98%", "超过90%", "９８％", "98 %", "90%左右"},
	"money": {"4000余万元", "4386.52万元", "4386万元", "四千余万元", "近5000万元", "约4000万元", "1.25亿元", "4千余万元", "超4000万元", "4000 余 万元", "3亿4500万元"},
	"rank":  {"第六", "第一"},
}

func kind(f figure.Figure) string {
	switch {
	case f.Spec.Quote.Hedge == "rank":
		return "rank"
	case f.Spec.Unit == "%":
		return "%"
	case quote.IsMoney(f.Spec.Unit):
		return "money"
	}
	return "count"
}

// randomValue is a value that a figure of the kind may have.
func randomValue(r *rand.Rand, kind string) *big.Rat {
	switch kind {
	case "rank":
		return big.NewRat(1+r.Int64N(20), 1)
	case "%":
		return big.NewRat(r.Int64N(1_000_001), 10_000)
	case "money":
		return big.NewRat(1+r.Int64N(10_000_000), 100)
	}
	return big.NewRat(1+r.Int64N([]int64{9, 99, 999, 99_999}[r.IntN(4)]), 1)
}

// randomCatalogue is the sample year's with other values, and with values of the
// year before.
func randomCatalogue(r *rand.Rand, c figure.Catalogue) figure.Catalogue {
	var figures []figure.Figure
	for _, f := range c.Figures {
		if len(f.Spec.Says) == 0 {
			continue
		}
		f.Value, f.Last = randomValue(r, kind(f)), randomValue(r, kind(f))
		f.ValueText = quote.Exact(f.Value, c.Rounding.Policy)
		f.Quoted = quote.Write(f.Value, f.Spec.Quote, f.Spec.Unit, c.Rounding)
		figures = append(figures, f)
	}
	c.Figures = figures
	return c
}

// randomNumber is another value in a random way of writing.
func randomNumber(t testing.TB, r *rand.Rand, f figure.Figure, c figure.Catalogue) string {
	t.Helper()
	ways := styles[kind(f)]
	like := strings.ReplaceAll(ways[r.IntN(len(ways))], "U", f.Spec.Unit)
	lead := ""
	if kind(f) == "rank" {
		lead = "名列全省"
	}
	found := quote.Find(lead+like, quote.Usual)
	if len(found) != 1 {
		t.Fatalf("%q has %d numbers", like, len(found))
	}
	n := found[0]
	if r.IntN(4) == 0 {
		return n.Text
	}
	value := randomValue(r, kind(f))
	if quote.IsMoney(n.Unit) && n.Unit != f.Spec.Unit { // 亿元 and 元 of a value in 万元
		in := map[string]*big.Rat{"亿元": big.NewRat(10_000, 1), "千万元": big.NewRat(1_000, 1), "元": big.NewRat(1, 10_000)}[n.Unit]
		value.Quo(value, in)
	}
	from, to, with := n.Fit(n.Rewrite(value, c.Rounding))
	return n.Text[:from] + with + n.Text[to:]
}

// TestNothingLeftAfterRefresh writes reports of the wordings with random numbers
// in random ways, some with the change on the year before, refreshes them, and
// wants nothing left to mend: not for the refresh, not for check, not for a
// second refresh.
func TestNothingLeftAfterRefresh(t *testing.T) {
	o := sample(t)
	all := o.Catalogue
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		o.Catalogue = randomCatalogue(r, all)
		var text strings.Builder
		fmt.Fprintf(&text, "政协某县委员会%d年工作报告\n", o.Catalogue.Year)
		for _, f := range o.Catalogue.Figures {
			if r.IntN(2) == 0 {
				continue
			}
			says := f.Spec.Says[0]
			if strings.HasPrefix(says, "等") {
				continue // names stand before it
			}
			before, after, _ := strings.Cut(says, "{}")
			text.WriteString(before + f.Spec.Quote.Scope + randomNumber(t, r, f, o.Catalogue) + strings.TrimPrefix(after, f.Spec.Unit))
			if kind(f) == "count" && r.IntN(3) == 0 {
				fmt.Fprintf(&text, "，%s%s%d%s", []string{"比上年", "同比", "较去年同期"}[r.IntN(3)], []string{"增加", "减少", "增加了"}[r.IntN(3)], 1+r.IntN(40), f.Spec.Unit)
			}
			text.WriteString("。\n")
		}
		name, content := "a.txt", []byte(text.String())
		if seed%2 == 0 {
			name, content = "a.docx", word(t, text.String(), r)
		}
		how := revision
		how.Plain = seed%4 == 0
		once, err := draft.Refresh(t.Context(), name, read(t, name, content), o, how, seed%3 == 0)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, f := range once.Left {
			t.Errorf("seed %d: left %s %s: %s\n  %s", seed, f.Shown(), f.Verdict, f.Why, f.Sentence)
		}
		for _, f := range check(t, read(t, name, once.Content), o).Findings {
			if f.Commented() {
				t.Errorf("seed %d: %s %s: %s\n  %s", seed, f.Shown(), f.Verdict, f.Why, f.Sentence)
			}
		}
		again, err := draft.Refresh(t.Context(), name, read(t, name, once.Content), o, how, seed%3 == 0)
		if err != nil || len(again.Changes) > 0 {
			t.Errorf("seed %d: a second refresh changes %d numbers, %v", seed, len(again.Changes), err)
		}
	}
}
