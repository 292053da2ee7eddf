package draft

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// alone is a bare number, no year, that stands by itself in a cell.
var alone = regexp.MustCompile(`^(?:[0-9]{1,3}|[03-9][0-9]{3}|1[0-8][0-9]{2})$`)

// judge ties a number to its figure and compares them.
func (f *Finding) judge(c catalogue, before []Finding, o Options) {
	f.Figure, f.Candidates, f.possibly, f.Expected, f.Suggestion = nil, nil, nil, "", ""
	f.held, f.spelled, f.word, f.turn, f.level = nil, "", "", "", false
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
		ties := c.ties(f.Number, f.context)
		if f.bare && len(ties) > 0 && ties[0].titled && !quote.Continuous(ties[0].Spec.Unit) {
			f.Share(ties[0].Spec.Unit) // a count under its own title
		}
		f.choose(ties, o.Catalogue.Rounding)
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
			f.otherUnit(ties[0].Figure, rounding)
		}
		return
	case len(fit) == 0:
		if len(ties) > 0 && ties[0].exact >= 4 && !ties[0].foreign {
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
	best := fit[0]
	f.compare(best.Figure, rounding)
	if best.exact == 0 && f.Verdict.Right() {
		f.Why += "（措辞相近，不是原来的表述，请留意）"
	}
	if unsure := best.score() < 10; unsure && f.Verdict.Wrong() || best.foreign && best.weak {
		if best.exact >= 4 && !best.foreign && !strings.Contains(f.context.sentence(), "其中") {
			f.possibly = f.Figure
		}
		f.Verdict, f.Candidates, f.Figure, f.Suggestion = Undecided, []string{best.Spec.ID}, nil, ""
		f.Why = fmt.Sprintf("可能是%s（%s），措辞不完全相符，请核对", named(best.Figure), f.Expected)
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
				f.otherUnit(*f.possibly, o.Catalogue.Rounding)
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
func (f *Finding) otherUnit(of figure.Figure, rounding contract.Rounding) {
	f.Verdict, f.Figure = WrongUnit, &of
	if of.Value == nil {
		f.Verdict, f.Why = WithoutBasis, "没有可比的数值"
		return
	}
	f.Expected = of.ValueText + of.Spec.Unit
	f.suggest(of.Quoted)
	if unit := of.Spec.Unit; !quote.Continuous(unit) && !quote.Continuous(f.Unit) && f.Hedge != "rank" && of.Spec.Quote.Hedge != "rank" {
		f.suggest(f.In(unit).Rewrite(of.Value, rounding))
	}
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
	written := f.Style.Place
	if place := of.Spec.Quote.Place; place > 1 && written != nil && written.Cmp(big.NewRat(1, 1)) == 0 && f.Style.Scale == "" && (f.Hedge == "余" || f.Hedge == "多") {
		f.Style.Place = big.NewRat(place, 1) // 余 stands behind round numbers: 51余次 and 4001余万元 tell no place
	}
	f.against(of.Value, of.Spec.Unit, named(of), of.Spec.Note, rounding)
	f.Style.Place = written
}

// against gives the verdict on the value of what is named.
func (f *Finding) against(value *big.Rat, unit, title, note string, rounding contract.Rounding) {
	x := value
	if quote.IsMoney(unit) && unit != f.Unit {
		x = new(big.Rat).Mul(value, new(big.Rat).Quo(scaleOf(unit), scaleOf(f.Unit)))
	}
	f.held, f.Expected = x, quote.Exact(value, rounding.Policy)+unit
	if f.Hedge == "rank" {
		f.Expected = "第" + quote.Ordinal(value.Num().Int64())
	}
	bounds := f.bounds()
	switch {
	case !f.Contains(x):
		f.Verdict = Differs
		f.suggest(f.Rewrite(x, rounding))
		f.Why = fmt.Sprintf("%s按记录是%s%s", title, f.Expected, outside(bounds))
		if note != "" {
			f.Why += "；" + strings.TrimSuffix(note, "。")
		}
	case f.Hedge != "" && f.Hedge != "rank":
		f.Verdict, f.Why = Within, fmt.Sprintf("%s是%s，写法表示%s，相符", title, f.Expected, bounds)
		f.suggest(f.Closer(x, rounding))
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
	sentence := f.context.sentence()
	if strings.HasPrefix(sentence, "去年，") || strings.HasPrefix(sentence, "上年，") {
		f.Why = "说的是上年，不是本年的数"
		return true
	}
	if many := manyYears.FindString(sentence); many != "" {
		f.Why = "说的是“" + many + "”，不是本年的数"
		return true
	}
	if named := anyYear.FindAllStringSubmatchIndex(sentence, -1); year > 0 && len(named) > 0 {
		at := named[len(named)-1]
		other := sentence[at[2]:at[3]]
		lead, rest := sentence[:at[0]], sentence[at[1]:]
		if other != strconv.Itoa(year) && !comparedWith.MatchString(lead) && !thisYear.MatchString(rest) && !toWord.MatchString(rest) {
			f.Why = "说的是“" + other + "年”，不是本年的数"
			return true
		}
	}
	if last := lastYear(f.context.clause); last != "" {
		f.Why = "说的是“" + last + "”，不是本年的数"
		return true
	}
	return false
}

var (
	anyYear      = regexp.MustCompile(`((?:19|20)\d\d)年`)
	comparedWith = regexp.MustCompile(`(?:比|较|与|同|自|自从|截至|截止|截止到|到|至)$`)
	thisYear     = regexp.MustCompile(`今年|本年`)
)

var toWord = regexp.MustCompile(`(?:加|长|升|高|大|降|少|低|增|减|展)(?:到|至|为)`)

// lastYear is how the clause names the year before, "" where it does not or only
// to compare with it.
func lastYear(clause string) string {
	for _, name := range []string{"上年", "去年", "上一年", "前一年"} {
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
