package quote

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"workreport/pipeline/contract"
	"workreport/queries"
)

// Write writes a value as the report quotes it: 228件, 50余次, 4000余万元, 100%,
// 全市第一. The value is in the unit: 万元 for money, 100 for 100 %. A round
// number that leaves no remainder is exact and gets no hedge; neither does one
// below its place.
func Write(value *big.Rat, how queries.Quote, unit string, rounding contract.Rounding) string {
	switch {
	case value == nil:
		return ""
	case how.Hedge == "rank" && value.IsInt():
		return how.Scope + "第" + Ordinal(value.Num().Int64())
	case unit == "%":
		return Percent(new(big.Rat).Quo(value, big.NewRat(100, 1)), rounding)
	case how.Hedge != "":
		if head, rest := split(value, how.Place); head.Sign() > 0 && rest.Sign() > 0 {
			return head.String() + how.Hedge + unit
		}
	}
	return Exact(value, rounding.Policy) + unit
}

// split takes a value apart into its multiple of place and the rest.
func split(value *big.Rat, place int64) (head *big.Int, rest *big.Rat) {
	whole := new(big.Int).Quo(value.Num(), value.Denom())
	head = whole.Sub(whole, new(big.Int).Rem(whole, big.NewInt(place)))
	return head, new(big.Rat).Sub(value, new(big.Rat).SetInt(head))
}

// Parse reads a text that is one number with its hedge and its unit, as Write
// and drafters write it, to the interval it stands for and its unit (位 for a rank).
func Parse(text string) (Interval, string, error) {
	n, ok := sole(text)
	if !ok {
		return Interval{}, "", fmt.Errorf("“%s”不是写成的数字", text)
	}
	return n.Interval, n.Unit, nil
}

// sole is the number that a text is from its beginning to its end.
func sole(text string) (Number, bool) {
	for _, lead := range []string{"", "名列全省"} { // 第一 alone is no rank
		for _, n := range Find(lead+text, Usual) {
			whole := n.Start == len(lead) || n.Hedge == "rank"
			if whole && n.End == len(lead+text) && n.Value != nil && (lead == "" || n.Hedge == "rank") && n.Class != Order {
				return n, true
			}
		}
	}
	return Number{}, false
}

// lastPlace is the place value of the last digit that is not zero: 10 for 50, 1000 for 4000.
func lastPlace(digits string) *big.Rat {
	zeros := len(digits) - len(strings.TrimRight(digits, "0"))
	place, _ := new(big.Rat).SetString("1" + strings.Repeat("0", zeros))
	return place
}

// Ordinal is a whole number from 1 to 199 in Han numerals, as ranks and headings are written;
// any other stays in Arabic.
func Ordinal(n int64) string {
	if n >= 1 && n < 200 {
		return hanInteger(n)
	}
	return strconv.FormatInt(n, 10)
}

// Change writes the difference between a value and last year's in the unit: +12,
// -3.5, 持平; of percentages in 百分点; of ranks as 上升2位, for a smaller number is
// a better rank.
func Change(value, last *big.Rat, unit string, rounding contract.Rounding) string {
	difference := new(big.Rat).Sub(value, last)
	switch {
	case difference.Sign() == 0:
		return "持平"
	case unit == "位" && difference.Sign() < 0:
		return "上升" + Exact(difference.Neg(difference), rounding.Policy) + unit
	case unit == "位":
		return "下降" + Exact(difference, rounding.Policy) + unit
	case unit == "%":
		return signed(difference, rounding) + "个百分点"
	}
	text := Exact(difference, rounding.Policy)
	if difference.Sign() > 0 {
		text = "+" + text
	}
	return text
}

// ChangeRate writes the change on last year in percent: +5.6%; "" where there is
// nothing to compare with or the unit has no rate.
func ChangeRate(value, last *big.Rat, unit string, rounding contract.Rounding) string {
	if last.Sign() <= 0 || unit == "%" || unit == "位" {
		return ""
	}
	rate := new(big.Rat).Quo(new(big.Rat).Sub(value, last), last)
	return signed(rate.Mul(rate, big.NewRat(100, 1)), rounding) + "%"
}

// signed rounds with a sign, to as many more places as it takes not to write 0
// for what is not.
func signed(x *big.Rat, rounding contract.Rounding) string {
	text := Trim(Round(x, rounding.PercentPlaces, rounding.Policy))
	for places := rounding.PercentPlaces + 1; text == "0" && x.Sign() != 0; places++ {
		text = Trim(Round(x, places, rounding.Policy))
	}
	if x.Sign() > 0 {
		return "+" + text
	}
	return text
}
