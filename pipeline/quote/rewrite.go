package quote

import (
	"math/big"
	"strings"

	"workreport/pipeline/contract"
)

// Rewrite writes a value the way the number is written: with its hedge, its
// place, its 万 and its unit, in the same numerals. Where the way does not fit
// the value, it is written in full. The value is in the number's unit.
func (n Number) Rewrite(value *big.Rat, rounding contract.Rounding) string {
	if text := n.like(value, n.Style.Place, rounding); n.reads(text, value) {
		return text
	}
	plain := Number{Unit: n.Unit, Style: Style{Unit: n.Style.Unit, Rank: n.Style.Rank, Step: whole(1), Place: whole(1)}}
	if n.Unit == "%" {
		return Percent(new(big.Rat).Quo(value, whole(100)), rounding)
	}
	return plain.like(value, whole(1), contract.Rounding{Policy: rounding.Policy, PercentPlaces: 6})
}

// Closer is a form nearer to the value where the number is hedged and one more
// digit can be told: 280余 for 286 written 200余; "" where there is none.
func (n Number) Closer(value *big.Rat, rounding contract.Rounding) string {
	if far := new(big.Rat).Add(n.Value, n.Style.Place); (n.Hedge == "超" || n.Hedge == "以上") && !Continuous(n.Unit) && n.Style.Scale == "" && value.Cmp(far) > 0 {
		return n.Rewrite(value, rounding) // 超20件 for 228
	}
	if n.Hedge != "余" && n.Hedge != "多" && n.Hedge != "超" || n.Style.Han || n.Style.Place.Cmp(whole(100)) < 0 {
		return ""
	}
	text := n.like(value, new(big.Rat).Quo(n.Style.Place, whole(10)), rounding)
	if text == n.like(value, n.Style.Place, rounding) || !n.reads(text, value) {
		return ""
	}
	return text
}

// reads tells whether a text reads back to an interval with the value in it.
func (n Number) reads(text string, value *big.Rat) bool {
	interval, unit, err := Parse(text)
	return err == nil && unit == n.Unit && interval.Contains(value)
}

func (n Number) like(value, place *big.Rat, rounding contract.Rounding) string {
	s := n.Style
	scale := whole(1)
	if s.Scale != "" {
		scale, _ = readScale([]rune(s.Scale), 0)
	}
	mantissa := new(big.Rat).Quo(value, scale)
	if s.Tenths {
		mantissa.Quo(mantissa, whole(10))
		place = whole(1)
	}
	switch {
	case s.Rank == "首位" || s.Rank == "榜首":
		return "第" + Ordinal(value.Num().Int64())
	case s.Rank != "":
		return s.Rank + s.digits(mantissa, rounding) + s.Unit
	}
	digits, hedged := n.rounded(mantissa, place, rounding)
	if !hedged { // nothing is left over: the number is exact
		return digits + s.Scale + s.Unit
	}
	number := digits + s.Scale + s.Behind
	if s.ScaleBehind {
		number = digits + s.Behind + s.Scale
	}
	if s.Tenths {
		number += "成"
	}
	if s.Percent != "" && s.Percent != "分之" {
		return s.Before + s.Percent + number + s.After
	}
	return s.Before + number + s.Unit + s.After
}

// rounded writes the digits of a value as the hedge wants it: down to the place
// for 余 and 超, up for 近, to the nearest for 约. hedged is false where a hedge
// would be false.
func (n Number) rounded(x, place *big.Rat, rounding contract.Rounding) (digits string, hedged bool) {
	s, down := n.Style, floor(x, place)
	if down.Sign() == 0 { // below its place: 5, not 0余
		down = x
	}
	even := down.Cmp(x) == 0
	switch n.Hedge {
	case "余", "多", "超":
		return s.digits(down, rounding), !even
	case "以上":
		return s.digits(down, rounding), true
	case "近", "低于", "以下":
		if !even || n.Hedge != "以下" {
			down = new(big.Rat).Add(floor(x, place), place)
		}
		return s.digits(down, rounding), true
	case "约":
		half := new(big.Rat).Quo(place, big.NewRat(2, 1))
		return s.digits(floor(new(big.Rat).Add(x, half), place), rounding), true
	}
	if !Continuous(n.Unit) && s.Scale == "" {
		return s.digits(x, rounding), true
	}
	places := 0
	if s.Step != nil && s.Step.Cmp(big.NewRat(1, 1)) < 0 {
		places = len(s.Step.Denom().String()) - 1
	}
	text := Round(x, places, rounding.Policy)
	if s.Han {
		r, _ := new(big.Rat).SetString(text)
		text = s.digits(r, rounding)
	}
	return text, true
}

// digits writes a number in the numerals of the style; 两 before a measure word.
func (s Style) digits(x *big.Rat, rounding contract.Rounding) string {
	if s.Han && x.IsInt() && x.Sign() > 0 && x.Cmp(whole(200)) < 0 {
		if text := Ordinal(x.Num().Int64()); text != "二" || s.Rank != "" || s.Percent != "" {
			return text
		}
		return "两"
	}
	return Exact(x, rounding.Policy)
}

// floor is the multiple of place that is not above x.
func floor(x, place *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(x, place)
	n := new(big.Int).Quo(q.Num(), q.Denom())
	return new(big.Rat).Mul(new(big.Rat).SetInt(n), place)
}

// Plain is a text for comparing wordings: blanks and quotation marks taken out, full-width digits made half-width.
func Plain(text string) string {
	var b strings.Builder
	for _, r := range read(text).t {
		if !strings.ContainsRune(" “”\"‘’「」『』", r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
