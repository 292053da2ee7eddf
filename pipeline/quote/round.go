// Package quote writes numbers the way a report quotes them, and reads them
// back. A number is exact until it is written, and is rounded once, there.
package quote

import (
	"math/big"
	"strings"

	"workreport/pipeline/contract"
)

// Round writes x with the given number of decimal places by the policy of the
// edition: half_up rounds a tie away from zero (四舍五入), half_even to the even
// neighbour (GB/T 8170-2008, 3.2).
func Round(x *big.Rat, places int, policy contract.RoundingPolicy) string {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	scaled := new(big.Rat).Mul(new(big.Rat).Abs(x), new(big.Rat).SetInt(scale))
	whole, rest := new(big.Int).QuoRem(scaled.Num(), scaled.Denom(), new(big.Int))
	half := rest.Lsh(rest, 1).Cmp(scaled.Denom())
	if half > 0 || half == 0 && (policy == contract.HalfUp || whole.Bit(0) == 1) {
		whole.Add(whole, big.NewInt(1))
	}
	digits := whole.String()
	if len(digits) <= places {
		digits = strings.Repeat("0", places-len(digits)+1) + digits
	}
	if places > 0 {
		digits = digits[:len(digits)-places] + "." + digits[len(digits)-places:]
	}
	if x.Sign() < 0 && whole.Sign() != 0 {
		return "-" + digits
	}
	return digits
}

// Trim takes the zeros off the end of a decimal: 4386.50 is 4386.5, 100.0 is 100.
func Trim(decimal string) string {
	if !strings.Contains(decimal, ".") {
		return decimal
	}
	return strings.TrimSuffix(strings.TrimRight(decimal, "0"), ".")
}

// Exact writes x in full: every digit where the decimal ends, and six places,
// rounded, where it does not.
func Exact(x *big.Rat, policy contract.RoundingPolicy) string {
	if places, ends := x.FloatPrec(); ends {
		return x.FloatString(places)
	}
	return Trim(Round(x, 6, policy))
}

// Percent writes the fraction x as a percentage, zeros at the end taken off. A
// share that is not whole is never written 100% or 0%: it gets as many more
// places as it takes to tell the difference.
func Percent(x *big.Rat, rounding contract.Rounding) string {
	hundredfold := new(big.Rat).Mul(x, big.NewRat(100, 1))
	for places := rounding.PercentPlaces; ; places++ {
		text := Trim(Round(hundredfold, places, rounding.Policy))
		written, _ := new(big.Rat).SetString(text)
		claims := written.Sign() == 0 || written.Cmp(big.NewRat(100, 1)) == 0
		if !claims || written.Cmp(hundredfold) == 0 {
			return text + "%"
		}
	}
}
