package quote

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestFit holds fitting to cases worked out by hand: what is replaced stands
// between brackets, with what it is replaced by behind the bar.
func TestFit(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"228件", "[282|228]件"}, {"228件", "228[人次|件]"}, {"235件", "[228人次|235件]"}, {"228件", "228件"}, {"228件", "２２８ 件"}, {"1,402件", "[1,386|1,402]件"},
		// the drafter's blanks stay
		{"60余次", "[50|60] 余次"}, {"300条", "[200 余|300 ]条"}, {"300条", "[200 余|300] 条"}, {"300条", "[200余|300] 条"}, {"300条", "[200余|300]条"}, {"8项", "8 项"}, {"9项", "[8|9]\u00a0项"},
		{"5000余万元", "[4000|5000] 余 万元"}, {"235件", "[228 人次|235 件]"}, {"9期", "[6|9]\n期"}, {"300条", "[200\n余|300]条"}, {"235件", "[2 2 8|235]件"}, {"35100亩", "[34 500|35100]亩"},
		// full width stays full width
		{"235件", "[２２８|２３５]件"}, {"98.5%", "[９９．５|９８．５]％"}, {"98.5%", "[９９.５|９８.５]％"}, {"98.5%", "[99.5|98.5]％"}, {"68%", "[七成|68%]"}, {"235%", "[２２８件|２３５％]"},
		// hedges come and go
		{"200人", "[近 |]200人"}, {"200人", "[近|]200人"}, {"40", "40[ 左右|]"}, {"200条", "200[余|]条"}, {"200条", "200 [余 |]条"}, {"200条", "200[余|] 条"},
		{"60余次", "[50|60余]次"}, {"50余次", "[50|50余] 次"}, {"约200人", "[200|约200]人"}, {"228件", "[228|228件]"}, {"约450人", "约[300|450]人"},
		// Han numerals, 万, shares and ranks
		{"三十余次", "[二十|三十]余次"}, {"两千万元", "[四千余万|两千万]元"}, {"五千余万元", "[四千|五千]余万元"}, {"百分之九十八", "百分之[九十九点五|九十八]"}, {"八成二", "[七成五|八成二]"}, {"八成", "[七|八]成"}, {"八成五", "[七|八]成五"},
		{"3亿5100万元", "3亿[4500|5100]万元"}, {"8000字", "[1.2万|8000]字"}, {"四分之三", "[三分之二|四分之三]"}, {"第十二", "第[一|十二]"}, {"第二", "[首位|第二]"}, {"3.5个百分点", "[12.5|3.5]个 百分点"},
	} {
		before, rest, changed := strings.Cut(c.want, "[")
		old, after := "", ""
		with := ""
		if changed {
			var inner string
			inner, after, _ = strings.Cut(rest, "]")
			old, with, _ = strings.Cut(inner, "|")
		}
		from, to, got := Number{Text: before + old + after}.Fit(c.text)
		wantFrom := len(before)
		if !changed {
			wantFrom = 0
		}
		if from != wantFrom || to != wantFrom+len(old) || got != with {
			t.Errorf("%q into %q: %d..%d by %q, want %s", c.text, before+old+after, from, to, got, c.want)
		}
	}
}

// decorate sets a number as drafters do: blanks between its parts, full-width
// digits and signs.
func decorate(random *rand.Rand, text string) string {
	blanks := []string{"", "", "", " ", "　", "\t", "\u00a0", "\n", "  "}
	wide := random.IntN(3) == 0
	var b strings.Builder
	for i, part := range partsOf(text) {
		if i > 0 {
			b.WriteString(blanks[random.IntN(len(blanks))])
		}
		if wide {
			part.text = widen(part.text, "０")
		}
		b.WriteString(part.text)
	}
	return b.String()
}

// TestFitReadsBack holds fitting to its promise for every way of writing: what
// comes of it reads as the rewritten number does, and whole parts are replaced.
func TestFitReadsBack(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	whole, tried := 0, 0
	for _, written := range styles {
		n := styled(t, written)
		for range 30 {
			n.Text = decorate(random, written)
			text := n.Rewrite(someValue(random, n), half)
			checkFit(t, n, text)
			if from, to, _ := n.Fit(text); from == 0 && to == len(n.Text) {
				whole++
			}
			tried++
		}
	}
	if whole > tried/3 {
		t.Errorf("%d of %d numbers were replaced as a whole", whole, tried)
	}
}

func checkFit(t *testing.T, n Number, text string) {
	t.Helper()
	from, to, with := n.Fit(text)
	if from < 0 || to < from || to > len(n.Text) || from == to && (from > 0 || with != "") {
		t.Fatalf("%q into %q: %d..%d by %q", text, n.Text, from, to, with)
	}
	result := n.Text[:from] + with + n.Text[to:]
	if !readAlike(result, text) {
		t.Fatalf("%q into %q: %q reads otherwise", text, n.Text, result)
	}
	if from > 0 && isDigit(rune(n.Text[from])) && isDigit(rune(n.Text[from-1])) || to > from && to < len(n.Text) && isDigit(rune(n.Text[to])) && isDigit(rune(n.Text[to-1])) {
		t.Fatalf("%q into %q: %d..%d cuts a number", text, n.Text, from, to)
	}
}

func FuzzFit(f *testing.F) {
	for _, seed := range [][2]string{{"50 余次", "60余次"}, {"２２８件", "228人次"}, {"4000 余 万元", "386.52万元"}, {"34 500亩", "35100亩"}, {"百分之九十九", "97%"}, {"6\n期", "9期"}, {"近 200", "200"}, {"", "3件"}, {"3", ""}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, stands, text string) {
		if len(partsOf(stands)) == 0 || len(partsOf(text)) == 0 {
			return
		}
		checkFit(t, Number{Text: stands}, text)
	})
}
