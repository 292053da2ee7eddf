package draft

import (
	"cmp"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// Verdict is what became of a number.
type Verdict string

// The verdicts. Differs, WrongUnit and Contradicts are wrong numbers.
const (
	Agrees       Verdict = "一致"
	Rounded      Verdict = "取整一致" // right by rounding
	Within       Verdict = "概数一致" // within its hedge
	Differs      Verdict = "不一致"
	WrongUnit    Verdict = "单位不符"
	Contradicts  Verdict = "自相矛盾"
	WithoutBasis Verdict = "无据" // no figure covers it
	Undecided    Verdict = "未判" // vague, or two figures fit
	NoStatistic  Verdict = "非统计"
)

// Right and Wrong sort the verdicts; the others are neither.
func (v Verdict) Right() bool { return v == Agrees || v == Rounded || v == Within }

// Wrong tells whether the number must be mended before the report is printed.
func (v Verdict) Wrong() bool { return v == Differs || v == WrongUnit || v == Contradicts }

// Finding is a number of the draft and what became of it.
type Finding struct {
	quote.Number
	Place
	Where      string // 正文, 表格, 脚注, …
	Text       string // as it stands in the file
	Sentence   string // around it, joined
	Mark       int    // where the number begins in Sentence, in bytes
	Verdict    Verdict
	Figure     *figure.Figure // what it quotes, nil for none
	Candidates []string       // ids of the figures that fit equally well
	Expected   string         // what the records give, with the unit
	Suggestion string         // how the number should be written, "" for as it is
	Why        string         // in Chinese: bounds, definition, reason

	context  context
	from     int            // index of the sentence in the text
	base     *figure.Figure // of 由…增加到…: whose value of last year this is
	possibly *figure.Figure // whose wording stands there whole, but in the middle of a phrase
}

// Options say against what a draft is checked.
type Options struct {
	Catalogue figure.Catalogue // year 0 where only the text tells
	Bindings  []Binding
	Against   string // what the figures come from, in words; "" where there are none
}

func (o Options) reading() quote.Reading {
	how := quote.Usual
	how.Year = o.Catalogue.Year
	if t := o.Catalogue.Tolerances; t.About > 0 && t.Nearly > 0 {
		how.About, how.Nearly = t.About, t.Nearly
	}
	return how
}

// Report is a checked draft.
type Report struct {
	Text      Text
	Against   string
	Findings  []Finding
	NotQuoted []figure.Figure // figures of the catalogue that the draft does not quote
	Unused    []Binding       // decisions whose words are not in the draft any more
	Notices   []string        // about the reading: tracked changes, …
}

// PlaceText names the place of a number to a reader.
func (f Finding) PlaceText() string {
	if f.Where != "" {
		return fmt.Sprintf("%s第%d段第%d字", f.Where, f.Line, f.Column)
	}
	return fmt.Sprintf("第%d行第%d字", f.Line, f.Column)
}

// Coverage counts the findings.
type Coverage struct {
	Numbers      int `json:"numbers"`
	Statistics   int `json:"statistics"`
	Checked      int `json:"checked"`
	Right        int `json:"right"`
	Wrong        int `json:"wrong"`
	WithoutBasis int `json:"without_basis"`
	Undecided    int `json:"undecided"`
	SetAside     int `json:"set_aside"`
	NotQuoted    int `json:"not_quoted"`
}

// Coverage counts what was found, judged and set aside; every number is in it.
func (r Report) Coverage() Coverage {
	c := Coverage{Numbers: len(r.Findings), NotQuoted: len(r.NotQuoted)}
	for _, f := range r.Findings {
		switch {
		case f.Verdict.Right():
			c.Right++
		case f.Verdict.Wrong():
			c.Wrong++
		case f.Verdict == WithoutBasis:
			c.WithoutBasis++
		case f.Verdict == Undecided:
			c.Undecided++
		default:
			c.SetAside++
		}
	}
	c.Checked = c.Right + c.Wrong
	c.Statistics = c.Numbers - c.SetAside
	return c
}

// Check finds the numbers of a draft, ties the statistics to the figures and
// judges each. Figures without values (no edition) leave every statistic
// without basis. The same text and figures give the same report.
func Check(text Text, o Options) Report {
	r := Report{Text: text, Against: o.Against, Notices: text.notices}
	c := catalogueOf(o.Catalogue.Figures)
	numbers := quote.Find(text.String, o.reading())
	headings := headingsOf(text.String)
	used := make([]bool, len(o.Bindings))
	places := placer{text: text}
	for _, n := range numbers {
		if text.part(n.Start) == "表格" && n.Class == quote.Document && alone.MatchString(n.Text) {
			n.Class = quote.Figure // a number alone in a cell is no page number
		}
		f := Finding{Number: n, Place: places.at(n.Start), Where: text.part(n.Start), Text: text.As(n.Start, n.End)}
		f.context = contextOf(text.String, n.Start, n.End, headings.at(n.Start))
		f.from, f.Sentence, f.Mark = sentenceAround(text.String, n.Start, n.End)
		if at := bound(o.Bindings, f.context); at >= 0 {
			used[at] = true
			f.decided(o.Bindings[at], c, o.Catalogue.Rounding)
		} else {
			f.judge(c, r.Findings, o)
		}
		r.Findings = append(r.Findings, f)
	}
	pairUp(r.Findings, c, o)
	onlyMention(r.Findings, o)
	contradictions(r.Findings)
	if o.Against == "" { // nothing is judged, what the draft says against itself is still told
		for i := range r.Findings {
			if f := &r.Findings[i]; f.Verdict.Wrong() {
				f.Verdict = WithoutBasis
			}
		}
	}
	quoted := map[string]bool{}
	for _, f := range r.Findings {
		if f.Figure != nil {
			quoted[f.Figure.Spec.ID] = true
		}
	}
	for _, k := range c.figures {
		if !quoted[k.Spec.ID] {
			r.NotQuoted = append(r.NotQuoted, k.Figure)
		}
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
	for i, b := range o.Bindings {
		if !used[i] {
			r.Unused = append(r.Unused, b)
		}
	}
	return r
}

// alone is a bare number, no year, that stands by itself in a cell.
var alone = regexp.MustCompile(`^(?:[0-9]{1,3}|[03-9][0-9]{3}|1[0-8][0-9]{2})$`)

// judge ties a number to its figure and compares them.
func (f *Finding) judge(c catalogue, before []Finding, o Options) {
	f.Figure, f.Candidates, f.possibly, f.Expected, f.Suggestion = nil, nil, nil, "", ""
	switch {
	case f.Class == quote.Vague:
		f.Verdict, f.Why = Undecided, f.Class.Reason()
	case f.Class != quote.Figure:
		f.Verdict, f.Why = NoStatistic, f.Class.Reason()
	default:
		f.Verdict, f.Why = WithoutBasis, "没有一个数字的表述与这一句相符"
		if f.fromTo(before, c, o) || f.change(before, c, o) || f.ofOtherYears(o.Catalogue.Year) {
			return
		}
		f.choose(c.ties(f.Number, f.context), o.Catalogue.Rounding)
	}
	if f.Fault != "" {
		f.Why += "；" + f.Fault
	}
}

// choose takes the figure that fits best, none where two fit equally well.
func (f *Finding) choose(ties []tie, rounding contract.Rounding) {
	var fit []tie // those with the unit
	for _, t := range ties {
		if sameKind(f.Unit, t.Spec.Unit) {
			fit = append(fit, t)
		}
	}
	switch {
	case len(ties) > 0 && ties[0].score() > 10 && !sameKind(f.Unit, ties[0].Spec.Unit) && (len(fit) == 0 || fit[0].score() < ties[0].score()):
		if ties[0].exact >= shortWording-2 && (len(ties) == 1 || ties[1].score() < ties[0].score()) {
			f.otherUnit(ties[0].Figure)
		}
		return
	case len(fit) == 0:
		if len(ties) > 0 && ties[0].exact > 0 {
			f.possibly = &ties[0].Figure
		}
		return
	case len(fit) > 1 && alike(fit[0], fit[1]):
		f.Verdict, f.Why = Undecided, "几个数字与这一句同样相符，分不清是哪一个"
		for _, t := range fit {
			if alike(fit[0], t) {
				f.Candidates = append(f.Candidates, t.Spec.ID)
			}
		}
		return
	}
	f.compare(fit[0].Figure, rounding)
	if fit[0].exact == 0 && f.Verdict.Right() {
		f.Why += "（措辞相近，不是原来的表述，请留意）"
	}
	unsure := fit[0].score() < 10 && (fit[0].weak || fit[0].loose < 0.999)
	if unsure && f.Verdict.Wrong() {
		if fit[0].exact > 0 && !strings.Contains(f.context.before[lastMark(f.context.before, sentenceMarks):], "其中") {
			f.possibly = f.Figure
		}
		f.Verdict, f.Candidates, f.Figure, f.Suggestion = Undecided, []string{fit[0].Spec.ID}, nil, ""
		f.Why = fmt.Sprintf("可能是%s（%s），措辞不完全相符，请核对", named(fit[0].Figure), f.Expected)
		f.Expected = ""
	}
}

// onlyMention judges a number that may be a part of a figure or the figure
// itself: where the draft quotes the figure nowhere else, it is the figure.
func onlyMention(list []Finding, o Options) {
	mentions := map[string]int{}
	for _, f := range list {
		for _, of := range []*figure.Figure{f.Figure, f.possibly} {
			if of != nil {
				mentions[of.Spec.ID]++
			}
		}
	}
	for i := range list {
		if f := &list[i]; f.possibly != nil && mentions[f.possibly.Spec.ID] == 1 {
			f.Candidates = nil
			if sameKind(f.Unit, f.possibly.Spec.Unit) {
				f.compare(*f.possibly, o.Catalogue.Rounding)
			} else {
				f.otherUnit(*f.possibly)
			}
		}
	}
}

// alike tells whether two figures fit about equally well.
func alike(a, b tie) bool {
	if a.score() > 10 || b.score() > 10 {
		return a.score() == b.score()
	}
	return a.score()-b.score() < margin
}

// named is a figure's title as a sentence names it.
func named(of figure.Figure) string {
	if strings.ContainsAny(of.Spec.Title, "“”") {
		return of.Spec.Title
	}
	return "“" + of.Spec.Title + "”"
}

// otherUnit is the verdict on a number whose words are a figure's and whose unit is not.
func (f *Finding) otherUnit(of figure.Figure) {
	f.Verdict, f.Figure = WrongUnit, &of
	if of.Value == nil {
		f.Verdict, f.Why = WithoutBasis, "没有可比的数值"
		return
	}
	f.Expected = of.ValueText + of.Spec.Unit
	f.Suggestion = of.Quoted
	unit := f.Unit
	if unit == "" {
		unit = "没有单位"
	}
	f.Why = fmt.Sprintf("%s的单位是%s，稿中写的是%s", named(of), of.Spec.Unit, unit)
}

// compare holds a number against its figure.
func (f *Finding) compare(of figure.Figure, rounding contract.Rounding) {
	f.Figure = &of
	if of.Value == nil {
		f.Verdict, f.Why = WithoutBasis, named(of)+"没有可比的数值"
		return
	}
	f.against(of.Value, of.Spec.Unit, named(of), of.Spec.Note, rounding)
}

// against gives the verdict on the value of what is named.
func (f *Finding) against(value *big.Rat, unit, title, note string, rounding contract.Rounding) {
	x := value
	if quote.IsMoney(unit) && unit != f.Unit {
		x = new(big.Rat).Mul(value, new(big.Rat).Quo(scaleOf(unit), scaleOf(f.Unit)))
	}
	f.Expected = quote.Exact(value, rounding.Policy) + unit
	if f.Hedge == "rank" {
		f.Expected = "第" + quote.Ordinal(value.Num().Int64())
	}
	bounds := f.bounds()
	switch {
	case !f.Contains(x):
		f.Verdict, f.Suggestion = Differs, f.Rewrite(x, rounding)
		f.Why = fmt.Sprintf("%s按记录是%s%s", title, f.Expected, outside(bounds))
		if note != "" {
			f.Why += "；" + strings.TrimSuffix(note, "。")
		}
	case f.Hedge != "" && f.Hedge != "rank":
		f.Verdict, f.Why = Within, fmt.Sprintf("%s是%s，写法表示%s，相符", title, f.Expected, bounds)
		f.Suggestion = f.Closer(x, rounding)
	case x.Cmp(f.Value) == 0 || f.Hedge == "rank":
		f.Verdict, f.Why = Agrees, fmt.Sprintf("%s是%s", title, f.Expected)
	default:
		f.Verdict, f.Why = Rounded, fmt.Sprintf("%s是%s，取整后相同（%s）", title, f.Expected, bounds)
	}
}

func outside(bounds string) string {
	if bounds == "" {
		return ""
	}
	return "，稿中的写法表示" + bounds
}

// bounds writes what the number may stand for: 51至59次; "" for one value only.
func (f *Finding) bounds() string {
	text := func(x *big.Rat) string { return quote.Exact(x, contract.HalfUp) + f.Unit }
	switch {
	case f.Low == nil && f.High == nil, f.Low != nil && f.High != nil && f.Low.Cmp(f.High) == 0:
		return ""
	case f.High == nil && f.LowOpen:
		return "大于" + text(f.Low)
	case f.High == nil:
		return "不小于" + text(f.Low)
	case f.Low == nil && f.HighOpen:
		return "小于" + text(f.High)
	case f.Low == nil:
		return "不大于" + text(f.High)
	case f.LowOpen && f.HighOpen:
		return "大于" + text(f.Low) + "、小于" + text(f.High)
	case f.HighOpen:
		return text(f.Low) + "以上、小于" + text(f.High)
	}
	return text(f.Low) + "至" + text(f.High)
}

// scaleOf is how many 元 a unit of money has.
func scaleOf(unit string) *big.Rat {
	scale := big.NewRat(1, 1)
	for _, r := range unit {
		if n, ok := map[rune]int64{'十': 10, '百': 100, '千': 1000, '万': 10_000, '亿': 100_000_000}[r]; ok {
			scale.Mul(scale, big.NewRat(n, 1))
		}
	}
	return scale
}

var manyYears = regexp.MustCompile(`(?:[两二三四五六七八九十]|\d{1,2})年来|过去(?:的)?(?:[两三四五六七八九十]|\d)年|(?:[三四五]|\d)年间|届内|任期内|换届以来`)

// ofOtherYears sets aside a number that is one of several years together or of
// another year than the report's.
func (f *Finding) ofOtherYears(year int) bool {
	sentence := f.context.before[lastMark(f.context.before, sentenceMarks):]
	if many := manyYears.FindString(sentence); many != "" {
		f.Why = "说的是“" + many + "”，不是本年的数"
		return true
	}
	if last := lastYear(f.context.clause, year); last != "" {
		f.Why = "说的是“" + last + "”，不是本年的数"
		return true
	}
	return false
}

var toWord = regexp.MustCompile(`(?:加|长|升|高|大|降|少|低|增|减|展)(?:到|至|为)`)

// lastYear is how the clause names the year before, "" where it does not or only
// to compare with it.
func lastYear(clause string, year int) string {
	named := []string{"上年", "去年", "上一年", "前一年"}
	if year > 0 {
		named = append(named, fmt.Sprintf("%d年", year-1))
	}
	for _, name := range named {
		at := strings.LastIndex(clause, name)
		if at < 0 {
			continue
		}
		before := clause[:at]
		if strings.HasSuffix(before, "比") || strings.HasSuffix(before, "较") {
			return ""
		}
		if toWord.MatchString(clause[at:]) {
			return ""
		}
		return name
	}
	return ""
}

// sentenceAround is the sentence with a number in it, where it begins, and where
// the number stands in it. A very long one is cut.
func sentenceAround(text string, from, to int) (start int, sentence string, mark int) {
	start, end := runeStart(text, from-reach), runeStart(text, min(len(text), to+reach))
	start += lastMark(text[start:from], sentenceMarks)
	if at := strings.IndexAny(text[to:end], sentenceMarks); at >= 0 {
		_, size := utf8.DecodeRuneInString(text[to+at:])
		end = to + at + size
	}
	return start, strings.TrimRight(text[start:end], "\n"), from - start
}
