package quote

import (
	"math/big"
	"strings"

	"workreport/pipeline/contract"
)

// Rewrite writes a value the way a statistic is written: in the same numerals,
// with its 万, its decimal places, its unit and its hedge. Where the hedge would
// be false at the number's own place it is written down to a finer one (约440 for
// 约300); a value that leaves nothing over there is exact and has none (300条 for
// 200余条), and neither does one below every place. What the way of writing cannot
// say is written in Arabic numerals, a share as a percentage. The value is in the
// number's unit, 0 or above it; a unit that stands elsewhere is left out.
func (n Number) Rewrite(value *big.Rat, rounding contract.Rounding) string {
	if plain, factor := n.plainMoney(value); factor != nil {
		return plain.Rewrite(new(big.Rat).Mul(value, factor), rounding)
	}
	if n.Style.Percent == fractionMark && n.Unit == "" {
		return n.share(value, rounding)
	}
	forms := n.forms(value, rounding)
	for _, text := range forms {
		if n.reads(text, value) {
			return n.shared(text)
		}
	}
	return n.shared(forms[len(forms)-1])
}

// shared takes off the unit that the number has from elsewhere.
func (n Number) shared(text string) string {
	if !n.Style.Shared {
		return text
	}
	number, hedged := strings.CutSuffix(text, n.Style.After)
	number = strings.TrimSuffix(number, n.Style.Unit)
	if hedged {
		number += n.Style.After
	}
	return number
}

// In is the number as if it were written with another unit, 228件 for 228人次. It
// is for rewriting a number whose unit is wrong or missing, where both units count;
// its bounds stay those of the number as it stands.
func (n Number) In(unit string) Number {
	if unit == n.Unit {
		return n
	}
	if Continuous(unit) != Continuous(n.Unit) {
		n.Style.Step = nil
	}
	n.Unit, n.Style.Unit, n.Style.Currency, n.Style.Percent, n.Style.Tenths, n.Style.Shared = unit, unit, "", "", false, false
	return n
}

// Closer is a form nearer to the value where the number is hedged and one more
// digit can be told: 280余 for 286 written 200余; "" where there is none.
func (n Number) Closer(value *big.Rat, rounding contract.Rounding) string {
	if n.Style.Place == nil { // 首位
		return ""
	}
	if far := new(big.Rat).Add(n.Value, n.Style.Place); (n.Hedge == "超" || n.Hedge == "以上") && !Continuous(n.Unit) && n.Style.Scale == "" && value.Cmp(far) > 0 {
		return n.Rewrite(value, rounding) // 超20件 for 228
	}
	if n.Hedge != "余" && n.Hedge != "多" && n.Hedge != "超" || n.Style.Han || n.Style.Place.Cmp(whole(100)) < 0 {
		return ""
	}
	x := new(big.Rat).Quo(value, n.Style.scale())
	text := n.hedged(x, tenth(n.Style.Place), rounding.Policy)
	if text == n.hedged(x, n.Style.Place, rounding.Policy) || !n.reads(text, value) {
		return ""
	}
	return n.shared(text)
}

// Closest goes on from a text that Rewrite or Closer wrote for the number to the
// nearest form: 280余 for 200余 and 286, and no nearer one, so that it gives itself.
func (n Number) Closest(text string, value *big.Rat, rounding contract.Rounding) string {
	if plain, factor := n.plainMoney(value); factor != nil {
		return plain.Closest(text, new(big.Rat).Mul(value, factor), rounding)
	}
	for {
		written, ok := sole(text)
		if !ok {
			return text
		}
		if n.Style.Shared {
			written.Share(n.Style.Unit)
		}
		closer := written.Closer(value, rounding)
		if closer == "" || closer == text {
			return text
		}
		text = closer
	}
}

// reads tells whether a text reads back without a fault, in the number's unit, to
// an interval with the value in it. 0 is never read for what is more.
func (n Number) reads(text string, value *big.Rat) bool {
	got, ok := sole(text)
	other := got.Unit != n.Unit && (n.Style.Mixed || n.Style.Shared)
	if ok && other && IsMoney(n.Unit) && strings.HasSuffix(got.Unit, n.Unit) { // 3亿元 for 3亿4500万元
		scale, _ := readScale([]rune(got.Unit), 0)
		value, got.Unit = new(big.Rat).Quo(value, scale), n.Unit
	}
	return ok && got.Fault == "" && got.Unit == n.Unit && got.Contains(value) && got.Value.Sign() == value.Sign()
}

// forms are the ways to write a value, those that are most like the number first.
func (n Number) forms(value *big.Rat, rounding contract.Rounding) (forms []string) {
	own := n.able(value)
	if own.Style.Percent != fractionMark {
		forms = own.ladder(value, rounding)
	}
	if n.Unit == "%" {
		forms = append(forms, Percent(new(big.Rat).Quo(value, whole(100)), rounding))
	}
	if own.Style.Percent == fractionMark {
		return forms
	}
	if own.Style.Han && IsMoney(n.Unit) { // 万 would be of the unit
		own.Style.Scale = ""
	}
	own.Style.Han, own.Style.Tenths, own.Style.Mixed = false, false, false
	return append(forms, own.ladder(value, rounding)...)
}

// able is the number in a style that can say the value: with the one hedge that
// it is read by, and without its 万 where the value has none.
func (n Number) able(value *big.Rat) Number {
	s := &n.Style
	if decimal := s.Step != nil && s.Step.Cmp(whole(1)) < 0; n.Hedge == "至" || n.Hedge == "概数" || s.Behind != "" && decimal {
		n.Hedge = ""
	}
	if meaning(s.Behind) != "" {
		s.After = ""
	}
	if meaning(s.Behind+s.After) != "" {
		s.Before = ""
	}
	if n.unscaled(value) {
		s.Place = new(big.Rat).Mul(s.Place, s.scale())
		s.Scale, s.ScaleBehind, s.Step = "", false, whole(1)
	}
	if n.Unit == "%" && (n.Value.Sign() == 0 || n.Value.Cmp(whole(100)) == 0) {
		s.Step = nil // 100% does not tell how many places the drafter writes
	}
	return n
}

// unscaled tells whether a value is too small for the 万 of the number, 8000余字 for
// 10余万字, or in Han numerals too large, 一亿余元 for 四千余万元.
func (n Number) unscaled(value *big.Rat) bool {
	s, least := n.Style, n.Style.scale()
	if s.Han && s.Behind != "" { // 余 stands behind tens
		least = new(big.Rat).Mul(least, whole(10))
	}
	return s.Scale != "" && (value.Cmp(least) < 0 && n.Value.Cmp(least) >= 0 || s.Han && s.Scale == "万" && value.Cmp(whole(100_000_000)) >= 0)
}

// plainMoney is the number in 万元 or 亿元 where it is one of few 百万元 or 千万元, and
// the value is not: 4000余万元 for 3百余万元, not 43百万余元. The factor is how many of
// the one make the other, nil where the number stays.
func (n Number) plainMoney(value *big.Rat) (plain Number, factor *big.Rat) {
	few := func(x *big.Rat) bool { return x.Cmp(whole(1)) >= 0 && x.Cmp(whole(10)) < 0 }
	unit := strings.TrimLeft(n.Unit, "百千")
	if !IsMoney(n.Unit) || unit == n.Unit || !strings.HasPrefix(unit, "万") && !strings.HasPrefix(unit, "亿") || !few(n.Value) || few(value) || value.Sign() == 0 {
		return n, nil
	}
	factor, _ = readScale([]rune(strings.TrimSuffix(n.Unit, unit)), 0)
	n.Unit, n.Style.Unit, n.Style.Currency = unit, unit, ""
	n.Style.Place = firstPlace(new(big.Rat).Mul(value, factor))
	n.Style.Step = new(big.Rat).Mul(n.Style.Step, factor)
	n.Style.ScaleBehind = n.Style.Behind != "" // 4000余万元
	return n, factor
}

// firstPlace is the place value of a value's first digit: 1000 for 4386.52.
func firstPlace(x *big.Rat) *big.Rat {
	place := whole(1)
	for ; place.Cmp(x) > 0; place = tenth(place) {
	}
	for next := whole(10); next.Cmp(x) <= 0; next = new(big.Rat).Mul(next, whole(10)) {
		place = next
	}
	return place
}

// ladder writes a value at the number's place and, for where it would be false
// there, at finer ones; at last without a hedge.
func (n Number) ladder(value *big.Rat, rounding contract.Rounding) (forms []string) {
	x := new(big.Rat).Quo(value, n.Style.scale())
	if n.Hedge != "" && n.Style.Rank == "" && x.Sign() > 0 {
		for place, finest := n.coarsest(x), n.finest(); place.Cmp(finest) >= 0; place = tenth(place) {
			forms = append(forms, n.hedged(x, place, rounding.Policy))
		}
	}
	return append(forms, n.exact(x, rounding)...)
}

// coarsest is the place of the number, or the first digit's of a value below it.
func (n Number) coarsest(x *big.Rat) *big.Rat {
	place := n.Style.Place
	for place.Cmp(x) > 0 {
		place = tenth(place)
	}
	return place
}

// finest is the last place at which the hedge of the number can stand: 余 behind
// tens of what is counted, behind ones of what is measured or of 万.
func (n Number) finest() *big.Rat {
	s := n.Style
	switch scaled := s.scale().Cmp(whole(1)) > 0; {
	case s.Behind == "" && !Continuous(n.Unit):
		return new(big.Rat).Inv(s.scale())
	case s.Behind == "" && s.Step != nil && s.Step.Cmp(whole(1)) < 0:
		return s.Step
	case s.Behind != "" && (s.Han || s.Behind == "来" || !scaled && !Continuous(n.Unit)):
		return whole(10)
	}
	return whole(1)
}

// hedged writes a value at a place as the hedge wants it: down for 余 and 超, up
// for 近, to the nearest for 约; without it where nothing is left over.
func (n Number) hedged(x, place *big.Rat, policy contract.RoundingPolicy) string {
	down := floor(x, place)
	even, up := down.Cmp(x) == 0, new(big.Rat).Add(down, place)
	switch n.Hedge {
	case "余", "多", "超", "近":
		if even {
			return n.Style.write(Exact(x, policy), false)
		}
		if n.Hedge == "近" {
			down = up
		}
	case "低于":
		down = up
	case "以下":
		if !even {
			down = up
		}
	case "约":
		down = nearest(x, place, policy)
	}
	return n.Style.write(Exact(down, policy), true)
}

// exact writes a value without a hedge: what is counted in full, what is measured
// or in 万 to the places of the number and, where that would be false, to more.
func (n Number) exact(x *big.Rat, rounding contract.Rounding) (forms []string) {
	s := n.Style
	full := s.write(Exact(x, rounding.Policy), false)
	switch {
	case !Continuous(n.Unit) && s.Scale == "" && !s.Mixed, x.Sign() == 0, n.Unit == "%" && x.Cmp(whole(100)) == 0:
		return []string{full}
	case (n.Hedge != "" || s.Step == nil) && n.Unit == "%":
		text := Percent(new(big.Rat).Quo(x, whole(100)), rounding)
		return []string{s.write(strings.TrimSuffix(text, "%"), false), full}
	case n.Hedge != "" || s.Step == nil:
		return []string{full}
	}
	place := s.Step
	for range morePlaces {
		rounded := nearest(x, place, rounding.Policy)
		forms = append(forms, s.write(rounded.FloatString(decimals(place)), false))
		place = tenth(place)
	}
	return append(forms, full)
}

// morePlaces is how many more places than the drafter's are tried.
const morePlaces = 6

// nearest is the multiple of place that is nearest to x.
func nearest(x, place *big.Rat, policy contract.RoundingPolicy) *big.Rat {
	count, _ := new(big.Rat).SetString(Round(new(big.Rat).Quo(x, place), 0, policy))
	return count.Mul(count, place)
}

// floor is the multiple of place that is not above x.
func floor(x, place *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(x, place)
	n := new(big.Int).Quo(q.Num(), q.Denom())
	return new(big.Rat).Mul(new(big.Rat).SetInt(n), place)
}

func tenth(place *big.Rat) *big.Rat { return new(big.Rat).Quo(place, whole(10)) }

// decimals is how many decimal places a place value has: 2 for 0.01.
func decimals(place *big.Rat) int {
	if place.IsInt() {
		return 0
	}
	return len(place.Denom().String()) - 1
}

// share writes a fraction of 1, where the number is one: 四分之三 where few parts
// make it, else a percentage.
func (n Number) share(value *big.Rat, rounding contract.Rounding) string {
	few := value.Denom().Cmp(big.NewInt(10)) <= 0
	switch part := value.Sign() > 0 && value.Cmp(whole(1)) < 0; {
	case few && part && n.Style.Han:
		return hanInteger(value.Denom().Int64()) + fractionMark + hanInteger(value.Num().Int64())
	case few && part:
		return value.RatString()
	}
	return Percent(value, rounding)
}

// fractionMark is the Style.Percent of shares in words: 三分之二, 一半, 过半.
const fractionMark = "分之"

// Plain is a text for comparing wordings: blanks and quotation marks taken out, full-width digits made half-width.
func Plain(text string) string {
	plain, _ := PlainWithPlaces(text)
	return plain
}

// PlainWithPlaces is Plain, with how many bytes of it come before each byte of the
// text as given, and before its end.
func PlainWithPlaces(text string) (plain string, places []int) {
	var b strings.Builder
	places = make([]int, len(text)+1)
	p, done := read(text), 0
	for i, r := range p.t {
		for ; done <= p.start[i]; done++ {
			places[done] = b.Len()
		}
		if !strings.ContainsRune(" “”\"‘’「」『』", r) {
			b.WriteRune(r)
		}
	}
	for ; done <= len(text); done++ {
		places[done] = b.Len()
	}
	return b.String(), places
}
