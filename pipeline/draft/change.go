package draft

import (
	"math/big"
	"regexp"
	"strings"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

var (
	moreOrLess = regexp.MustCompile(`(增加|增长|增幅|提高|提升|上升|增|多|减少|下降|降低|回落|减|少)(?:了|达|为)?$`)
	overLast   = regexp.MustCompile(`比上年|较上年|比去年|较去年|同比|比上一年|较上一年|与上年相比`)
)

// change judges a number that tells how a figure changed: 比上年增加24件, 增长11.8%,
// 提高0.97个百分点. What changed is the figure last quoted in the sentence. It is
// false where the number is no change.
func (f *Finding) change(before []Finding, c catalogue, o Options) bool {
	word := moreOrLess.FindString(f.context.clause)
	if word == "" || f.Hedge == "rank" {
		return false
	}
	f.Why = "是增减的数，没有可比的数字"
	if !overLast.MatchString(f.context.before[lastMark(f.context.before, sentenceMarks):]) {
		return true
	}
	of := f.whatChanged(before, c)
	if of == nil {
		return true
	}
	f.byChange(*of, word, o)
	return true
}

// whatChanged is the figure that the clause names (办复率比上年提高), else the one
// last quoted in the sentence; nil where there is none.
func (f *Finding) whatChanged(before []Finding, c catalogue) *figure.Figure {
	named, _, _ := strings.Cut(f.context.clause, overLast.FindString(f.context.clause))
	if ties := c.ties(quote.Number{}, context{before: named, clause: named}); named != "" && len(ties) > 0 && (len(ties) == 1 || !close(ties[0], ties[1])) {
		return &ties[0].Figure
	}
	for i := len(before) - 1; i >= 0 && before[i].from == f.from; i-- {
		if before[i].Figure != nil {
			return before[i].Figure
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
	change := new(big.Rat).Sub(of.Value, of.Last)
	if fewer.MatchString(word) {
		change.Neg(change)
	}
	title := named(of) + "比上年的变化"
	switch {
	case f.Unit == "百分点" && of.Spec.Unit == "%", sameKind(f.Unit, of.Spec.Unit) && of.Spec.Unit != "%":
		unit := of.Spec.Unit
		if unit == "%" {
			unit = "百分点"
		}
		f.against(change, unit, title, "", o.Catalogue.Rounding)
	case f.Unit == "%" && of.Spec.Unit != "%" && of.Last.Sign() > 0:
		rate := new(big.Rat).Mul(change, big.NewRat(100, 1))
		f.against(rate.Quo(rate, of.Last), "%", title, "", o.Catalogue.Rounding)
	case f.Unit == "%" && of.Spec.Unit == "%":
		f.Verdict, f.Expected = WrongUnit, quote.Exact(change, o.Catalogue.Rounding.Policy)+"个百分点"
		f.Why, f.Suggestion = "两个百分数相减，差是百分点", f.Expected
	}
}

var fewer = regexp.MustCompile(`减|降|回落|少`)
