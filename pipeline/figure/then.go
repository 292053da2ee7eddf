package figure

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/quote"
	"workreport/queries"
)

// Then is last year's value by last year's own definition, where that is another.
type Then struct {
	Spec  queries.Figure
	Value *big.Rat // in Spec.Unit; nil where no record supports it

	ValueText string // Value in full precision
	Text      string // as it is printed, with its unit: 198件, 99.51%, 第3位
	Note      string // how the definition was another, in words
}

// Said tells the value in words.
func (t Then) Said() string {
	if t.Value == nil {
		return "上年按当年口径没有数"
	}
	return "上年按当年口径为" + t.Text
}

// CompareThen puts beside this year's figures what last year's own definitions
// make of last year's records. Computed are the changed figures, then their parts.
func CompareThen(figures []Figure, changes queries.Changes, computed []Figure, rounding contract.Rounding) {
	for i, spec := range changes.Figures {
		at := slices.IndexFunc(figures, func(f Figure) bool { return f.Spec.ID == spec.ID })
		then := Then{Spec: spec, Value: computed[i].Value, Note: note(figures[at].Spec, spec, changes.Figures)}
		if then.Value != nil {
			then.ValueText = quote.Exact(then.Value, rounding.Policy)
			then.Text = written(spec, then.Value, rounding)
			if spec.Unit != "%" && spec.Quote.Hedge != "rank" {
				then.Text += spec.Unit
			}
		}
		figures[at].Then = &then
	}
}

// note says how last year's definition was another: its own words, or where these
// are the same, the part of a ratio that changed, or that only the query did.
func note(now, then queries.Figure, changed []queries.Figure) string {
	if then.Note != "" && then.Note != now.Note {
		return then.Note
	}
	var parts []string
	for _, part := range changed {
		if part.ID == then.Numerator || part.ID == then.Denominator {
			parts = append(parts, fmt.Sprintf("“%s”的口径不同：%s", part.Title, strings.TrimSuffix(part.Note, "。")))
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, "；") + "。"
	}
	return "查询不同，说明没有改写，见 " + then.File + "。"
}

// written is a value as a list of figures shows it: a count or a sum in full and
// without its unit, a percentage by the rounding policy, a rank as 第3位.
func written(spec queries.Figure, x *big.Rat, rounding contract.Rounding) string {
	switch {
	case spec.Unit == "%":
		return quote.Percent(new(big.Rat).Quo(x, big.NewRat(100, 1)), rounding)
	case spec.Quote.Hedge == "rank":
		return "第" + quote.Exact(x, rounding.Policy) + "位"
	}
	return quote.Exact(x, rounding.Policy)
}

// NoteChanges says in the note of each table whose definition was another last
// year what it was, with the totals of last year's records by both: comparable
// are last year's tables by this year's queries, computed those by its own.
func NoteChanges(tables, comparable, computed []Table) {
	find := func(list []Table, id string) int {
		return slices.IndexFunc(list, func(t Table) bool { return t.Spec.ID == id })
	}
	for _, then := range computed {
		now := &tables[find(tables, then.Spec.ID)]
		words := "口径有变：上年的口径是“" + strings.TrimSuffix(then.Spec.Note, "。") + "”"
		if then.Spec.Note == "" || then.Spec.Note == now.Spec.Note {
			words = "口径有变：上年的查询不同，见 " + then.Spec.File
		}
		if sums := bothTotals(comparable[find(comparable, then.Spec.ID)], then); len(sums) > 0 {
			words += "；上年合计" + strings.Join(sums, "，")
		}
		now.Spec.Note += words + "。"
	}
}

// bothTotals are the totals that last year's table has by both definitions.
func bothTotals(now, then Table) []string {
	var sums []string
	for _, name := range now.Spec.Total {
		if !slices.Contains(then.Spec.Total, name) {
			continue
		}
		unit := now.Column(name).Unit
		if unit == "" {
			unit = now.Spec.Unit
		}
		sums = append(sums, fmt.Sprintf("%s按本年口径为%s%s、按当年口径为%s%s",
			now.Column(name).Title, now.TotalShown(name), unit, then.TotalShown(name), unit))
	}
	return sums
}
