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
		text, err := draft.Read("draft.txt", []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		whole := draft.Check(text, o)
		if c := whole.Coverage(); c.Right != 51 || c.Wrong+c.WithoutBasis+c.Undecided+c.NotQuoted != 0 {
			t.Errorf("%s, undamaged: %+v", name, c)
		}
		lines := []string{fmt.Sprintf("%-28s %6s %6s", name, "slips", "found")}
		all, found := 0, 0
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
		lines = append(lines, fmt.Sprintf("%-28s %6d %6d", "all", all, found))
		t.Log("\n" + strings.Join(lines, "\n"))
		if found*100 < all*99 || all < 150 {
			t.Errorf("%s: %d of %d slips found", name, found, all)
		}
	}
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
func wrongAt(t *testing.T, content string, f draft.Finding, slip string, o draft.Options) bool {
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
	for _, found := range draft.Check(text, o).Findings {
		if found.Verdict.Wrong() && found.Line == f.Line && found.Column <= f.Column+2 && found.Column+len([]rune(found.Text)) >= f.Column {
			return true
		}
	}
	return false
}
