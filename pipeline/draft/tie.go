package draft

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// wording is one of a figure's wordings, blanks and quotation marks taken out.
type wording struct {
	before, after string // what stands before {} and behind its unit
	pairs         pairs
	order         []pair // of pairs, so that sums come out the same
}

// known is a figure with what it is recognised by.
type known struct {
	figure.Figure
	wordings     []wording // the last is of the title
	section      []pair
	scope, title string
}

// catalogue are the figures that a report quotes, and how telling each pair of
// characters of their wordings is.
type catalogue struct {
	figures []known
	weight  map[pair]float64
	found   map[query][]tie // before, in this check or another of the same draft
}

// query is what the ties of a number depend on.
type query struct {
	rank bool
	words
}

func catalogueOf(figures []figure.Figure) catalogue {
	c := catalogue{weight: map[pair]float64{}, found: map[query][]tie{}}
	for _, f := range figures {
		if len(f.Spec.Says) == 0 {
			continue
		}
		k := known{Figure: f, section: sorted(pairsOf(quote.Plain(f.Spec.Section))), scope: quote.Plain(f.Spec.Quote.Scope), title: quote.Plain(f.Spec.Title)}
		seen := pairs{}
		for _, says := range f.Spec.Says {
			before, after, _ := strings.Cut(says, "{}")
			w := wording{before: quote.Plain(before), after: quote.Plain(strings.TrimPrefix(after, f.Spec.Unit))}
			w.pairs = pairsOf(w.before)
			maps.Copy(w.pairs, pairsOf(w.after))
			k.wordings = append(k.wordings, w)
		}
		k.wordings = append(k.wordings, wording{pairs: pairsOf(k.title)})
		for i := range k.wordings {
			w := &k.wordings[i]
			w.order = sorted(w.pairs)
			maps.Copy(seen, w.pairs)
		}
		for pair := range seen {
			c.weight[pair]++
		}
		c.figures = append(c.figures, k)
	}
	for pair, figures := range c.weight {
		c.weight[pair] = 1 / (1 + math.Log2(figures))
	}
	return c
}

// pair is two neighbouring characters.
type pair [2]rune

type pairs map[pair]bool

// pairsOf are the pairs of neighbouring characters of a text.
func pairsOf(text string) pairs {
	found := pairs{}
	var last rune
	for _, r := range text {
		if strings.ContainsRune("，。、；：！？《》（）", r) {
			r = 0
		}
		if last != 0 && r != 0 {
			found[pair{last, r}] = true
		}
		last = r
	}
	return found
}

// sorted are the members of a set in a fixed order.
func sorted(set pairs) []pair {
	return slices.SortedFunc(maps.Keys(set), func(a, b pair) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
}

// words are what stands around a number, without blanks and quotation marks.
type words struct {
	before, after  string // within the paragraph
	clause, behind string // within the clause
	heading        string // the headings above
	follows        bool   // a statistic stands in this clause or the one before
	head           string // the head that 分别 pairs with the number, "" for none
}

const (
	clauseMarks   = "，。；：！？\n"
	sentenceMarks = "。；！？\n"
)

// sentence is what stands before the number in its sentence.
func (x words) sentence() string { return x.before[lastMark(x.before, sentenceMarks):] }

// reach is how far around a number its context goes, in bytes.
const reach = 900

// plainForm is a text without blanks and quotation marks, with the place in it of
// every byte of the text as given.
type plainForm struct {
	text   string
	places []int
}

// context is what stands around the number between two bytes of the text as given.
// The clause begins behind the statistic before it, which ends at last.
func (p plainForm) context(from, to, last int, heading string) words {
	from, to, last = p.places[from], p.places[to], p.places[last]
	start, end := runeStart(p.text, from-reach), runeStart(p.text, min(len(p.text), to+reach))
	start += strings.LastIndexByte(p.text[start:from], '\n') + 1
	if at := strings.IndexByte(p.text[to:end], '\n'); at >= 0 {
		end = to + at
	}
	c := words{before: p.text[start:from], after: p.text[to:end], heading: heading}
	c.clause = c.before[lastMark(c.before, clauseMarks):]
	if last > start {
		if own := p.text[last:from]; len(own) < len(c.clause) {
			c.clause = strings.TrimLeft(own, "、和与及")
			c.follows = true
		} else {
			c.follows = !strings.ContainsAny(strings.TrimSuffix(own, c.clause), "。；！？") && strings.Count(own, "，") <= 1
		}
	}
	c.behind = c.after
	if at := strings.IndexAny(c.after, clauseMarks); at >= 0 {
		c.behind = c.after[:at]
	}
	return c
}

// runeStart is the byte at or before at with which a character begins.
func runeStart(text string, at int) int {
	at = max(0, at)
	for at < len(text) && at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// lastMark is the index behind the last of the marks, 0 where there is none.
func lastMark(text, marks string) int {
	at := strings.LastIndexAny(text, marks)
	if at < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return at + size
}

// tie is a figure that a number may be, and how sure that is.
type tie struct {
	known
	exact   float64 // how many characters of a wording stand there, whole; 0 for none
	loose   float64 // the share of a wording's pairs that stand in the clause
	weak    bool    // a short wording in the middle of a longer phrase
	titled  bool    // the figure's title, and nothing else, stands before the number
	foreign bool    // behind another subject, or one of several names: 县法院立案, 专题议政、界别协商
}

// score puts whole wordings before loose ones.
func (t tie) score() float64 {
	if t.exact > 0 && !t.weak {
		return 10 + t.exact
	}
	return t.loose
}

// Ties by loose wording need so much of it, and so much more than the next best.
const (
	enough        = 0.7
	enoughForRank = 0.5 // whose 全市 or 全省 stands there as well
	margin        = 0.12
)

var (
	filler  = regexp.MustCompile(`^(?:，?(?:共|共计|合计|累计|计|达|达到|有|共有|总计))?$`)
	perHead = regexp.MustCompile(`平均每|人均|户均|平均`)
)

// ties are the figures that fit a number's words, the best first. Units are
// not looked at: the words alone say what is meant.
func (c catalogue) ties(n quote.Number, x words) []tie {
	q := query{n.Hedge == "rank", x}
	list, known := c.found[q]
	if !known {
		list = c.find(n, x)
		c.found[q] = list
	}
	return list
}

func (c catalogue) find(n quote.Number, x words) []tie {
	var list []tie
	if perHead.MatchString(x.clause) {
		return nil
	}
	around := pairsOf(x.clause)
	if filler.MatchString(x.clause) && !x.follows { // …意见建议，共200余条
		around = pairsOf(x.before[max(0, len(x.before)-len("字")*24):])
	}
	if n.Hedge == "rank" { // 名列全省第六、全市第一
		around = pairsOf(x.sentence())
	}
	maps.Copy(around, pairsOf(upToNumber(x.behind)))
	heading, head := pairsOf(x.heading), sorted(pairsOf(x.head))
	for _, k := range c.figures {
		if (n.Hedge == "rank") != (k.Spec.Quote.Hedge == "rank") || !strings.HasSuffix(x.before, k.scope) {
			continue
		}
		t := tie{known: k}
		for _, w := range k.wordings[:len(k.wordings)-1] {
			t.take(w, x)
		}
		if x.before == k.title && k.title != "" {
			t.exact, t.weak, t.foreign, t.titled = float64(utf8.RuneCountInString(k.title)), false, false, true
		}
		for _, w := range k.wordings {
			t.loose = max(t.loose, c.share(w.order, around), c.share(head, w.pairs))
		}
		if len(heading) > 0 && t.loose >= enough/2 {
			t.loose += 0.1 * c.share(k.section, heading)
		}
		needed := enough
		if n.Hedge == "rank" && k.Spec.Quote.Scope != "" {
			needed = enoughForRank
		}
		if t.exact > 0 || t.loose >= needed {
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b tie) int {
		switch d := b.score() - a.score(); {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return strings.Compare(a.Spec.ID, b.Spec.ID)
	})
	return list
}

// worded tells whether a figure's wording stands whole on both sides of a number:
// 等二十个方面编辑出版 is then no 二十个方面 of a slogan.
func (c catalogue) worded(x words) bool {
	for _, k := range c.figures {
		for _, w := range k.wordings[:len(k.wordings)-1] {
			if w.before != "" && utf8.RuneCountInString(w.after) >= shortWording && strings.HasSuffix(x.before, w.before) && strings.HasPrefix(x.after, w.after) {
				return true
			}
		}
	}
	return false
}

// upToNumber is a text up to its next digit: what stands behind it belongs to another number.
func upToNumber(text string) string {
	if at := strings.IndexAny(text, "0123456789"); at >= 0 {
		return text[:at]
	}
	return text
}

// share is how much of a wording's pairs stand in the text, by weight.
func (c catalogue) share(of []pair, around pairs) float64 {
	all, found := 0.0, 0.0
	for _, pair := range of {
		all += c.weight[pair]
		if around[pair] {
			found += c.weight[pair]
		}
	}
	if all == 0 || len(of) < 2 {
		return 0
	}
	return found / all
}

// shortWording is how many characters identify a figure wherever they stand; a
// shorter wording must stand at the beginning of its phrase.
const shortWording = 5

var phraseBegins = regexp.MustCompile(`(?:^|[，。、；：！？）》]|全年|共|累计|先后|已|年内|今年|本年|一年来|年来|总计|合计|了|并|其中)$`)

// take notes a wording that stands whole around the number.
func (t *tie) take(w wording, x words) {
	if !strings.HasPrefix(x.after, w.after) {
		return
	}
	before := w.before
	at := strings.HasSuffix(x.before, before)
	if scope := t.scope; scope != "" { // 名列全市第一、全省第六
		sentence := x.sentence()
		at = strings.HasSuffix(x.before, scope) && strings.Contains(sentence, before)
	}
	for _, filler := range []string{"共", "了", "达", "达到", "为", "累计", "计"} { // 立案提案共228件
		lead, filled := strings.CutSuffix(x.before, filler)
		at = at || filled && before != "" && strings.HasSuffix(lead, before)
	}
	if !at || before+w.after == "" {
		return
	}
	length := utf8.RuneCountInString(before + w.after)
	weak, lead := false, strings.TrimSuffix(x.before, before)
	switch {
	case before != "" && denied.MatchString(lead):
		return
	case before != "" && foreign.MatchString(lead), before != "" && t.scope == "" && wider.MatchString(lead), before != "" && !strings.HasPrefix(before, "等") && jointList.MatchString(lead) && !afterNumber.MatchString(lead):
		weak, t.foreign = true, true
	case length >= shortWording, before == "" && length == shortWording-1:
	case before == "":
		weak = true
	case strings.HasPrefix(before, "等"): // behind a list of names
		weak = !strings.ContainsAny(x.clause, "、》")
	default:
		weak = !phraseBegins.MatchString(lead)
	}
	if t.exact == 0 || t.weak && !weak || t.weak == weak && float64(length) > t.exact {
		t.exact, t.weak = float64(length), weak
	}
}

var (
	denied      = regexp.MustCompile(`(?:未|不予|不|没有|暂不|无法|拟|计划|力争|预计)$`)
	wider       = regexp.MustCompile(`(?:全[市省国]|各[市省县]|[市省]级)$`)
	foreign     = regexp.MustCompile(`(?:[^开格布结全大时]局|[法学医察]院|纪委|监委|部门|单位|公司|书记|法庭|派出所|[省市]政协|全国政协|重点(?:提案)?|[A-Z]类)$`)
	jointList   = regexp.MustCompile(`[^0-9]、$`)
	afterNumber = regexp.MustCompile(`(?:[0-9%余多]|[第][一二三四五六七八九十]|[一二两三四五六七八九十百])[^，。；、]{0,4}、$`)
)

// sameKind tells whether a number in one unit may be held against a figure in
// another: 名, 人 and 位 count persons, 元 and 万元 are money. 人次 is never 人.
func sameKind(a, b string) bool {
	persons := map[string]bool{"人": true, "名": true, "位": true}
	a, b = strings.Replace(a, "场次", "场", 1), strings.Replace(b, "场次", "场", 1)
	return a == b || persons[a] && persons[b] || quote.IsMoney(a) && quote.IsMoney(b) && currency(a) == currency(b)
}

func currency(unit string) string { return strings.TrimLeft(unit, "十百千万亿") }
