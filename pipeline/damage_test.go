package pipeline

import (
	"context"
	"fmt"

	"os"
	"slices"
	"strings"
	"testing"

	"workreport/pipeline/contract"
	"workreport/pipeline/draft"
	"workreport/pipeline/quote"
)

// damage is one way in which a slip changes a number.
type damage struct {
	name string
	of   func(f draft.Finding, neighbour draft.Finding, rounding contract.Rounding) []string
}

// digitsOf cuts a number's text into what stands before its digits, the digits, and the rest.
func digitsOf(text string) (before, digits, after string) {
	first := strings.IndexFunc(text, isDigit)
	if first < 0 {
		return text, "", ""
	}
	rest := text[first:]
	end := strings.IndexFunc(rest, func(r rune) bool { return !isDigit(r) && r != '.' })
	if end < 0 {
		end = len(rest)
	}
	return text[:first], rest[:end], rest[end:]
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

var damages = []damage{
	{"digits swapped", func(f, _ draft.Finding, _ contract.Rounding) (list []string) {
		before, digits, after := digitsOf(f.Text)
		for i := range len(digits) - 1 {
			if digits[i] != digits[i+1] && digits[i] != '.' && digits[i+1] != '.' && !(i == 0 && digits[1] == '0') {
				list = append(list, before+digits[:i]+digits[i+1:i+2]+digits[i:i+1]+digits[i+2:]+after)
			}
		}
		return list
	}},
	{"a digit lost", func(f, _ draft.Finding, _ contract.Rounding) (list []string) {
		before, digits, after := digitsOf(f.Text)
		for i := range digits {
			if len(digits) > 1 && (i == 0 || digits[i] != digits[i-1]) && !(i == 0 && digits[1] == '0') {
				list = append(list, before+digits[:i]+digits[i+1:]+after)
			}
		}
		return list
	}},
	{"a digit wrong", func(f, _ draft.Finding, _ contract.Rounding) (list []string) {
		if f.Hedge == "rank" {
			return []string{"第" + quote.Ordinal(f.Value.Num().Int64()+1), "第" + quote.Ordinal(f.Value.Num().Int64()+10)}
		}
		before, digits, after := digitsOf(f.Text)
		for i, d := range digits {
			if last := i == len(digits)-1 || digits[i+1] == '0'; d != '.' && last && d != '0' {
				for _, other := range []rune{d - 1, d + 1} {
					if other > '0' && other <= '9' {
						list = append(list, before+digits[:i]+string(other)+digits[i+1:]+after)
					}
				}
			}
		}
		return list
	}},
	{"万 lost", func(f, _ draft.Finding, _ contract.Rounding) []string {
		return changed(f.Text, "万", "")
	}},
	{"another hedge", func(f, _ draft.Finding, _ contract.Rounding) (list []string) {
		before, digits, after := digitsOf(f.Text)
		switch {
		case digits == "" || f.Unit == "%":
			return nil
		case f.Hedge == "余" || f.Hedge == "多":
			rest := strings.NewReplacer("余", "", "多", "", " ", "").Replace(after)
			return []string{before + digits + rest, "近" + digits + rest, "不足" + digits + rest}
		}
		return []string{before + digits + "余" + after, "近" + digits + after, "超过" + digits + after}
	}},
	{"人次 for 人, 人 for 人次", func(f, _ draft.Finding, _ contract.Rounding) []string {
		return append(changed(f.Text, "人次", "人"), changed(f.Text, "名", "人次")...)
	}},
	{"another unit", func(f, _ draft.Finding, _ contract.Rounding) []string {
		return append(append(changed(f.Text, "篇", "条"), changed(f.Text, "件", "条")...), changed(f.Text, "条", "篇")...)
	}},
	{"a neighbour's number", func(f, n draft.Finding, _ contract.Rounding) []string {
		before, digits, after := digitsOf(f.Text)
		_, others, _ := digitsOf(n.Text)
		switch {
		case f.Hedge == "rank" && n.Hedge == "rank" && f.Value.Cmp(n.Value) != 0:
			return []string{"第" + quote.Ordinal(n.Value.Num().Int64())}
		case digits == "" || others == "" || digits == others:
			return nil
		}
		return []string{before + others + after}
	}},
	{"last year's number", func(f, _ draft.Finding, rounding contract.Rounding) []string {
		if f.Figure.Last == nil || f.Figure.Last.Sign() == 0 {
			return nil
		}
		if text := f.Rewrite(f.Figure.Last, rounding); text != f.Rewrite(f.Figure.Value, rounding) && !f.Contains(f.Figure.Last) {
			return []string{text}
		}
		return nil
	}},
	{"百分点 for %", func(f, _ draft.Finding, _ contract.Rounding) []string {
		return changed(f.Text, "%", "个百分点")
	}},
}

func changed(text, from, to string) []string {
	if strings.Contains(text, from) {
		return []string{strings.Replace(text, from, to, 1)}
	}
	return nil
}

// drafts are the drafts that are damaged: the sample's, and the published report
// where it is at hand.
func drafts(t testing.TB) map[string]string {
	list := map[string]string{}
	for name, path := range map[string]string{"sample draft": "../docs/draft-2021.txt", "published report": "../../shared/reference/work-report-2021.txt"} {
		if content, err := os.ReadFile(path); err == nil {
			list[name] = string(content)
		} else {
			t.Logf("%s is not at hand: %v", name, err)
		}
	}
	return list
}

func sampleCatalogue(t testing.TB) draft.Options {
	t.Helper()
	d, err := LoadDefinitions("../data", "")
	if err != nil {
		t.Fatal(err)
	}
	year, _, err := Compute(context.Background(), d, "../data", 2021)
	if err != nil {
		t.Fatal(err)
	}
	return draft.Options{Catalogue: year.Catalogue(), Against: "data"}
}

// TestDamage changes each number of a right draft in every way that a slip does,
// one at a time, and wants the slip found at its place.
func TestDamage(t *testing.T) {
	o := sampleCatalogue(t)
	for name, content := range drafts(t) {
		all, found, table := damaged(t, name, content, o)
		t.Log("\n" + table)
		if found*100 < all*99 || all < 150 {
			t.Errorf("%s: %d of %d slips found", name, found, all)
		}
	}
}

// BenchmarkDamage prints how many of the slips are found, and what one check of
// a draft takes once the figures are there.
func BenchmarkDamage(b *testing.B) {
	o := sampleCatalogue(b)
	for name, content := range drafts(b) {
		b.Run(name, func(b *testing.B) {
			all, found := 0, 0
			for b.Loop() {
				all, found, _ = damaged(b, name, content, o)
			}
			b.ReportMetric(float64(all), "slips")
			b.ReportMetric(100*float64(found)/float64(all), "%found")
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N*(all+1)), "ms/check")
		})
	}
}

// damaged tries every slip on a draft that must be right, and tables what was found.
func damaged(t testing.TB, name, content string, o draft.Options) (all, found int, table string) {
	t.Helper()
	text, err := draft.Read("draft.txt", []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := draft.Check(t.Context(), text, o)
	if err != nil {
		t.Fatal(err)
	}
	if c := whole.Coverage(); c.Right != 51 || c.Wrong+c.WithoutBasis+c.Undecided+c.NotQuoted != 0 {
		t.Errorf("%s, undamaged: %+v", name, c)
	}
	lines := []string{fmt.Sprintf("%-28s %6s %6s", name, "slips", "found")}
	for _, d := range damages {
		tried, hit := 0, 0
		var missed []string
		for i, f := range whole.Findings {
			if f.Figure == nil {
				continue
			}
			for _, slip := range d.of(f, neighbour(whole.Findings, i), o.Catalogue.Rounding) {
				if stillTrue(slip, f) {
					continue
				}
				tried++
				if wrongAt(t, content, f, slip, o) {
					hit++
				} else {
					missed = append(missed, fmt.Sprintf("    missed: %s, %s written %s", f.Figure.Spec.ID, f.Text, slip))
				}
			}
		}
		all, found = all+tried, found+hit
		lines = append(append(lines, fmt.Sprintf("%-28s %6d %6d", d.name, tried, hit)), missed...)
	}
	return all, found, strings.Join(append(lines, fmt.Sprintf("%-28s %6d %6d", "all", all, found)), "\n")
}

// stillTrue tells whether a changed number happens to be right as well: 34 is
// 30多 as much as 30余.
func stillTrue(slip string, f draft.Finding) bool {
	interval, unit, err := quote.Parse(slip)
	if err != nil || unit != f.Unit {
		return false
	}
	return interval.Contains(f.Figure.Value)
}

func neighbour(list []draft.Finding, i int) draft.Finding {
	for _, f := range slices.Concat(list[i+1:], list[:i]) {
		if f.Figure != nil {
			return f
		}
	}
	return list[i]
}

// wrongAt checks the draft with one number changed, and tells whether the
// number at its place is called wrong.
func wrongAt(t testing.TB, content string, f draft.Finding, slip string, o draft.Options) bool {
	t.Helper()
	lines := strings.SplitAfter(content, "\n")
	at := 0
	for _, line := range lines[:f.Line-1] {
		at += len(line)
	}
	at += len(string([]rune(lines[f.Line-1])[:f.Column-1]))
	if !strings.HasPrefix(content[at:], f.Text) {
		t.Fatalf("%q is not at %d:%d", f.Text, f.Line, f.Column)
	}
	text, err := draft.Read("draft.txt", []byte(content[:at]+slip+content[at+len(f.Text):]))
	if err != nil {
		t.Fatal(err)
	}
	r, err := draft.Check(t.Context(), text, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range r.Findings {
		if found.Verdict.Wrong() && found.Line == f.Line && found.Column <= f.Column+2 && found.Column+len([]rune(found.Text)) >= f.Column {
			return true
		}
	}
	return false
}

// TestRightSentencesAreLeftAlone takes sentences as drafters write them, in which
// every number is right or none of the sample's figures: none may be called wrong.
func TestRightSentencesAreLeftAlone(t *testing.T) {
	o := sampleCatalogue(t)
	for sentence, right := range map[string]int{ // how many are borne out
		"委员参加学习培训、调查研究、协商活动分别达546人次、638人次、243人次。": 3,
		"平均办复率100%，满意率99.5%。":                     0,
		"提交书面发言31篇、大会发言10篇。":                      1,
		"向上级政协报送信息211篇，采用37篇。":                    1,
		"全会提出200余条意见建议，被采纳100余条。":                 1,
		"团体提案25件、书面发言31篇、建议案和社情民意信息79件，共135件。":    3,
		"立案提案228件，其中会议期间200件，平时28件。":              1,
		"省、市政协采用34篇，其中省政协采用12篇，市政协采用22篇。":         1,
		"专题议政2次、对口协商4次。":                          0,
		"专题议政、对口协商、界别协商22次。":                      0,
		"立案提案由206件增至228件，办复率由99.03%提高到100%。":      4,
		"2020年，立案提案206件；2021年，立案提案228件。":          1,
		"2019年全年立案提案228件。":                        0,
		"围绕乡村振兴提出意见建议36条，党支部书记讲党课20次。":            0,
		"不予立案28件，未立案32件，县法院立案1228件，县公安局立案228件。":   0,
		"平均每名委员立案提案1.2件。":                         0,
		"立案提案228件，比2020年增加22件。":                   2,
		"立案提案228件，同比增长10.7%，撤案减少5件，全年撤案3件。":       2,
		"立案提案较去年增加22件，增长10.7%。":                   2,
		"社情民意信息工作位居全省第六、全市第一。":                    2,
		"重点提案办复率100%。":                            0,
		"全年提案案由涉及5个方面，委员人均提交提案1.3件，最多的一名委员提交6件。":  0,
	} {
		text, err := draft.Read("draft.txt", []byte(sentence))
		if err != nil {
			t.Fatal(err)
		}
		r, err := draft.Check(t.Context(), text, o)
		if err != nil {
			t.Fatal(err)
		}
		if c := r.Coverage(); c.Wrong != 0 || c.Right != right {
			t.Errorf("%s: %d right, want %d; %d wrong", sentence, c.Right, right, c.Wrong)
			for _, f := range r.Findings {
				t.Log(f.Lines())
			}
		}
	}
}
