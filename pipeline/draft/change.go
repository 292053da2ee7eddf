package draft

import (
	"math/big"
	"regexp"
	"strconv"
	"unicode/utf8"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

var (
	moreOrLess = regexp.MustCompile(`(增加|增长|增幅|提高|提升|上升|增|多|减少|下降|降低|回落|减|少)了?$`)
	overLast   = regexp.MustCompile(`(?:比|较|与)(?:上年|去年|上一年|((?:19|20)\d\d)年)(?:同期)?(?:相比)?|同比`)
)

// change judges a number that tells how a figure changed: 比上年增加24件, 增长11.8%,
// 提高0.97个百分点. What changed is the figure last quoted in the sentence. It is
// false where the number is no change.
func (f *Finding) change(before []Finding, c catalogue, o Options) bool {
	word := moreOrLess.FindStringSubmatch(f.context.clause)
	if word == nil || f.Hedge == "rank" {
		return false
	}
	f.Why = "是增减的数，没有可比的数字"
	over := overLast.FindStringSubmatch(f.context.sentence())
	if over == nil || over[1] != "" && over[1] != strconv.Itoa(o.Catalogue.Year-1) {
		return true
	}
	of := f.whatChanged(before, c)
	if of == nil {
		return true
	}
	f.byChange(*of, word[1], o)
	return true
}

// whatChanged is the figure that the clause names (办复率比上年提高), or, where it
// names nothing, the one last quoted in the sentence; nil where there is none.
func (f *Finding) whatChanged(before []Finding, c catalogue) *figure.Figure {
	subject := moreOrLess.ReplaceAllString(overLast.ReplaceAllString(f.context.clause, ""), "")
	if utf8.RuneCountInString(subject) > 1 {
		ties := c.ties(quote.Number{}, words{before: subject, clause: subject})
		if len(ties) == 0 || len(ties) > 1 && alike(ties[0], ties[1]) {
			return nil // 撤案减少5件 is not of the figure before
		}
		return &ties[0].Figure
	}
	for i := len(before) - 1; i >= 0 && before[i].from == f.from; i-- {
		for _, of := range []*figure.Figure{before[i].Figure, before[i].base} {
			if of != nil {
				return of
			}
		}
	}
	return nil
}

// byChange compares with the change of a figure on the year before.
func (f *Finding) byChange(of figure.Figure, word string, o Options) {
	if of.Value == nil || of.Last == nil {
		f.Why = named(of) + "没有上年的数，无从比较"
		return
	}
	f.base = &of
	change := new(big.Rat).Sub(of.Value, of.Last)
	title, unit, percentages := named(of)+"比上年的变化", of.Spec.Unit, of.Spec.Unit == "%"
	switch {
	case percentages && (f.Unit == "百分点" || f.Unit == "%"):
		unit = "百分点"
	case f.Unit == "百分点":
		f.Verdict, f.Why = WrongUnit, named(of)+"不是百分数，增减用"+unit+"或%"
		return
	case f.Unit == "倍" && of.Last.Sign() > 0: // 增长n倍: the base is not counted in
		change.Quo(change, of.Last)
		unit = "倍"
	case f.Unit == "%" && of.Last.Sign() > 0:
		change.Mul(change, big.NewRat(100, 1)).Quo(change, of.Last)
		unit = "%"
	case percentages || !sameKind(f.Unit, unit):
		return
	}
	down := change.Sign() < 0
	f.against(change.Abs(change), unit, title, "", o.Catalogue.Rounding)
	if percentages && f.Unit == "%" {
		f.Verdict, f.Why = WrongUnit, "两个百分数相减，差是百分点"
		f.Expected = quote.Trim(quote.Round(change, 2, o.Catalogue.Rounding.Policy)) + "个百分点"
		f.suggest(f.Expected)
	}
	switch {
	case change.Sign() == 0 && !f.Verdict.Right():
		f.Suggestion, f.level, f.word = "与上年持平", true, word
	case change.Sign() != 0 && down != fewer.MatchString(word):
		f.Verdict = Differs
		f.Why = "方向相反：" + title + "是" + map[bool]string{true: "减少", false: "增加"}[down] + f.Expected
		f.word, f.turn = word, opposites[word]
		if f.spelled == "" {
			f.spelled = f.Rewrite(change, o.Catalogue.Rounding)
		}
		f.Suggestion = f.turn + f.spelled
	}
}

// suggest says how the number should be written.
func (f *Finding) suggest(number string) { f.Suggestion, f.spelled = number, number }

var fewer = regexp.MustCompile(`减|降|回落|少`)

var (
	fromBefore = regexp.MustCompile(`(?:由|从)(?:上年|去年|上一年)?的?$`)
	toBehind   = regexp.MustCompile(`^，?(?:跃|上|下|又)?(?:增加|增长|上升|提高|提升|扩大|下降|减少|降低|发展|扩展|增|升|降|减)(?:到|至|为)`)
	toBefore   = regexp.MustCompile(`(增加|增长|上升|提高|提升|扩大|下降|减少|降低|发展|扩展|增|升|降|减)(到|至|为)$`)
)

// fromTo judges the two numbers of 由204件增加到228件: the first against last
// year's value, the second against this year's. It is false for any other.
func (f *Finding) fromTo(before []Finding, c catalogue, o Options) bool {
	if fromBefore.MatchString(f.context.clause) && toBehind.MatchString(f.context.after) {
		f.Why = "是上年的数，没有可比的数字"
		lead := fromBefore.ReplaceAllString(f.context.before, "")
		x := words{before: lead, clause: lead[lastMark(lead, clauseMarks):]}
		if ties := c.ties(f.Number, x); len(ties) > 0 && (len(ties) == 1 || !alike(ties[0], ties[1])) {
			of := ties[0].Figure
			f.base = &of
			f.ofLast(of, o)
		}
		return true
	}
	word := toBefore.FindStringSubmatch(f.context.clause)
	if n := len(before); n > 0 && before[n-1].base != nil && before[n-1].from == f.from && word != nil {
		f.compare(*before[n-1].base, o.Catalogue.Rounding)
		f.direction(word[1], word[2], o.Catalogue.Rounding)
		return true
	}
	return false
}

// direction finds the word of 由240件减少到228件 to be the wrong one.
func (f *Finding) direction(verb, to string, rounding contract.Rounding) {
	of := f.Figure
	if of.Value == nil || of.Last == nil || f.held == nil {
		return
	}
	sign := of.Value.Cmp(of.Last)
	if sign != 0 && (sign < 0) == fewer.MatchString(verb) {
		return
	}
	f.Verdict, f.word = Differs, verb+to
	if f.spelled == "" {
		f.spelled = f.Rewrite(f.held, rounding)
	}
	f.Suggestion = f.spelled
	if f.level = sign == 0; f.level {
		f.Why = named(*of) + "和上年一样，是" + f.Expected + "，没有“" + f.word + "”"
		return
	}
	f.Why = "方向相反：" + named(*of) + "上年是" + of.LastText + of.Spec.Unit + "，本年是" + f.Expected
	if opposite := opposites[verb]; opposite != "" {
		f.turn = opposite + to
		f.Suggestion = f.turn + f.spelled
	}
}

// ofLast compares with last year's value, by this year's definition or, where
// that was another, by last year's own, as it was published then.
func (f *Finding) ofLast(of figure.Figure, o Options) {
	then := *f
	if of.Last != nil {
		f.against(of.Last, of.Spec.Unit, named(of)+"上年", "", o.Catalogue.Rounding)
	}
	if own := of.Then; own != nil && own.Value != nil && !f.Verdict.Right() {
		then.against(own.Value, own.Spec.Unit, named(of)+"上年按当年的口径", "", o.Catalogue.Rounding)
		if then.Verdict.Right() {
			*f = then
		}
	}
}
