package proof

import (
	"math/big"
	"regexp"
	"strings"
	"unicode"
)

// missing stands in a document where there is no number.
const missing = "—"

// plain is text without blanks and without what a format may not hold: the forms
// differ in how they break lines.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r >= 0xFFFD && r <= 0xFFFF {
			return -1
		}
		return r
	}, text)
}

func isMissing(text string) bool { return text == "" || text == missing }

var numeral = regexp.MustCompile(`^[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$`)

// number is the value of a text that is a number and nothing else.
func number(text string) (*big.Rat, bool) {
	if !numeral.MatchString(text) {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

// rounds tells whether text is x, rounded to the places that text has.
func rounds(x *big.Rat, text string) bool {
	shown, ok := number(text)
	if !ok {
		return false
	}
	_, decimals, _ := strings.Cut(text, ".")
	half := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(decimals))), nil))
	return within(x, shown, half.Quo(half, big.NewRat(2, 1)))
}

func within(a, b, most *big.Rat) bool {
	difference := new(big.Rat).Sub(a, b)
	return difference.Abs(difference).Cmp(most) <= 0
}

// near tells whether a and b are the same to twelve digits: a workbook keeps no
// more than fifteen.
func near(a, b *big.Rat) bool {
	most := new(big.Rat).Abs(a)
	return within(a, b, most.Quo(most, big.NewRat(1_000_000_000_000, 1)))
}

func hundredth(x *big.Rat) *big.Rat { return new(big.Rat).Quo(x, big.NewRat(100, 1)) }

// sameNumber tells whether shown is the full number, rounded to its own places.
// Both are percentages, or neither is.
func sameNumber(full, shown string) bool {
	if full == shown {
		return true
	}
	a, percent := strings.CutSuffix(full, "%")
	b, too := strings.CutSuffix(shown, "%")
	x, ok := number(a)
	return ok && percent == too && rounds(x, b)
}

// item is a cell as it was read: a text, or the number of a workbook.
type item struct {
	text   string
	number bool
}

// value is a number as it was computed.
type value struct {
	exact   *big.Rat // nil where there is none
	texts   []string // the ways in which it is written
	percent bool     // a percentage, which a text may round
}

// shownBy tells whether the cell holds the value.
func (v value) shownBy(it item) bool {
	text := plain(it.text)
	if v.exact == nil {
		return isMissing(text)
	}
	if !it.number {
		return v.written(text)
	}
	x, ok := number(text)
	if !ok {
		return false
	}
	if near(v.exact, x) {
		return true
	}
	// A workbook rounds a tie otherwise than the policy may, so it may hold the
	// rounded number.
	if v.percent && rounds(v.exact, text) {
		return true
	}
	for _, t := range v.texts {
		numeral, percent := strings.CutSuffix(plain(t), "%")
		y, ok := number(numeral)
		if percent && ok {
			y = hundredth(y)
		}
		if ok && near(y, x) {
			return true
		}
	}
	return false
}

func (v value) written(text string) bool {
	for _, t := range v.texts {
		if text == plain(t) {
			return true
		}
	}
	rounded, ok := strings.CutSuffix(text, "%")
	return v.percent && ok && rounds(v.exact, rounded)
}
