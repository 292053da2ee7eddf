package quote

import (
	"math/big"
	"strings"
)

// numeral is a number as its digits give it, before hedge and unit. It stands
// for value × scale: 3.45亿 has the value 3.45 and the scale 10^8.
type numeral struct {
	value *big.Rat
	scale *big.Rat
	high  *big.Rat // the upper end of neighbours (三四个: 3 to 4), nil for one number
	place *big.Rat // place value of the last digit that is not zero: 10 for 50, 100 for 三百
	step  *big.Rat // place value of the last digit written: 1 for 50, 0.1 for 45.3
	han   bool     // written in Han numerals
	bare  bool     // 百, 千, 万 without a digit before it
	years bool     // digits one by one, as years are written: 二〇三五
	mixed bool     // several parts: 3亿4500万
	group bool     // digits parted by commas: 1,386
	long  bool     // more digits than a number has
	end   int      // index behind it
}

const hanDigits = "零一二三四五六七八九"

// hanDigit is the value of a Han digit, -1 for any other rune.
func hanDigit(r rune) int64 {
	switch r {
	case '〇', '○':
		return 0
	case '两', '俩':
		return 2
	}
	if at := strings.IndexRune(hanDigits, r); at >= 0 {
		return int64(at / len("零"))
	}
	return -1
}

// hanUnit is the value of a Han numeral unit, 0 for any other rune.
func hanUnit(r rune) int64 {
	switch r {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	case '万':
		return 10_000
	case '亿':
		return 100_000_000
	}
	return 0
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isHan(r rune) bool { return hanDigit(r) >= 0 || hanUnit(r) > 0 || r == '廿' || r == '卅' }

func runeAt(t []rune, i int) rune {
	if i < 0 || i >= len(t) {
		return 0
	}
	return t[i]
}

func whole(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

// readNumeral reads the numeral that begins at i.
func readNumeral(t []rune, i int) (numeral, bool) {
	switch r := runeAt(t, i); {
	case isDigit(r):
		return readArabic(t, i), true
	case isHan(r):
		n := readHan(t, i)
		return n, n.end > i
	}
	return numeral{}, false
}

// readArabic reads 228, 1,386, 12.5, 3.45亿 and 20万.
func readArabic(t []rune, i int) numeral {
	if n, ok := readMixed(t, i); ok {
		return n
	}
	n := readDigits(t, i)
	n.scale, n.end = readScale(t, n.end)
	return n
}

// readMixed reads what the standard advises against (GB/T 15835-2011, 5.3) and
// drafters write: 3亿4500万, 1亿2千5百万. It is false for a number of one part.
func readMixed(t []rune, i int) (numeral, bool) {
	var sum hanSum
	n := numeral{scale: whole(1), mixed: true, end: i}
	parts := 0
	for ; isDigit(runeAt(t, n.end)); parts++ {
		part := readDigits(t, n.end)
		from := part.end
		if part.step.Cmp(whole(1)) != 0 || part.value.Cmp(whole(9999)) > 0 || hanUnit(runeAt(t, from)) == 0 || measured(t, from) {
			break
		}
		sum.digit = part.value.Num().Int64()
		last := whole(1)
		for n.end = from; hanUnit(runeAt(t, n.end)) > 0 && !measured(t, n.end) && n.end < from+maxScale; n.end++ {
			if sum.tooLarge(hanUnit(t[n.end])) || !sum.multiply(hanUnit(t[n.end])) {
				return n, false
			}
			last.Mul(last, whole(hanUnit(t[n.end])))
		}
		n.step, n.place = last, last
	}
	n.value = whole(sum.total + sum.section)
	return n, parts > 1
}

// whole is the number that the numeral stands for.
func (n numeral) whole() *big.Rat { return new(big.Rat).Mul(n.value, n.scale) }

// maxDigits bounds a number; a longer run of digits is a number of something else.
const maxDigits = 18

// readDigits reads Arabic digits with thousands separators and decimals.
func readDigits(t []rune, i int) numeral {
	var digits, decimals []rune
	j := i
	for ; isDigit(runeAt(t, j)); j++ {
		digits = append(digits, t[j])
	}
	for len(digits) <= 3*(maxDigits/3) && (j-i <= 3 || t[j-4] == ',') && thousands(t, j) {
		digits = append(digits, t[j+1:j+4]...)
		j += 4
	}
	n := numeral{scale: whole(1), group: j-i > len(digits)}
	if runeAt(t, j) == '.' && isDigit(runeAt(t, j+1)) {
		for j++; isDigit(runeAt(t, j)); j++ {
			decimals = append(decimals, t[j])
		}
	}
	n.end, n.long = j, len(digits)+len(decimals) > maxDigits
	if n.long {
		digits, decimals = digits[:min(len(digits), maxDigits)], nil
	}
	n.step = power(-len(decimals))
	n.value, _ = new(big.Rat).SetString(string(digits) + "." + string(decimals) + "0")
	n.place = n.step
	if len(decimals) == 0 {
		n.place = lastPlace(string(digits))
	}
	return n
}

// thousands tells whether a separator and three digits stand at i.
func thousands(t []rune, i int) bool {
	return runeAt(t, i) == ',' && isDigit(runeAt(t, i+1)) && isDigit(runeAt(t, i+2)) && isDigit(runeAt(t, i+3)) && !isDigit(runeAt(t, i+4))
}

// power is a power of ten.
func power(exponent int) *big.Rat {
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(exponent, -exponent))), nil))
	if exponent < 0 {
		p.Inv(p)
	}
	return p
}

// maxScale is how many Han units stand behind a number at most: 千万亿.
const maxScale = 3

// readScale reads the Han units behind Arabic digits, 1 where there are none.
// 千 of 千米 and 千克 belongs to the unit of measure.
func readScale(t []rune, i int) (*big.Rat, int) {
	scale := whole(1)
	for from := i; hanUnit(runeAt(t, i)) > 1 && i < from+maxScale; i++ {
		if measured(t, i) {
			break
		}
		scale.Mul(scale, whole(hanUnit(t[i])))
	}
	return scale, i
}

// readHan reads Han numerals: 一百二 is 120, 十万零一千 101,000, 三四十 30 to 40,
// 二〇三五 2035, 三点五亿 3.5 of 亿.
func readHan(t []rune, i int) numeral {
	n := numeral{scale: whole(1), step: whole(1), place: whole(1), han: true, bare: hanUnit(t[i]) > 10}
	if run := digitRun(t, i); run-i > 2 || run-i == 2 && !neighbours(t, i) {
		n.value, n.years, n.end = hanDecimal(t[i:min(run, i+maxRun)]), true, min(run, i+maxRun)
		return n
	}
	var sum hanSum
	for n.end = i; n.end < len(t) && sum.take(t, n.end); n.end = sum.end {
	}
	n.value, n.place = sum.value()
	if sum.spread > 0 {
		n.high = new(big.Rat).Add(n.value, whole(sum.spread))
	}
	if n.end == i && hanDigit(t[i]) == 0 && decimalAt(t, i+1) {
		n.end++
	}
	if decimalAt(t, n.end) {
		run := digitRun(t, n.end+1)
		n.step = power(n.end + 1 - run)
		n.place = n.step
		n.value.Add(n.value, new(big.Rat).Mul(hanDecimal(t[n.end+1:run]), n.step))
		n.scale, n.end = readScale(t, run)
	}
	return n
}

// decimalAt tells whether a point and Han decimals stand at i: 点五 of 三点五亿, but
// not of 三点五十.
func decimalAt(t []rune, i int) bool {
	run := digitRun(t, i+1)
	unit := hanUnit(runeAt(t, run))
	return runeAt(t, i) == '点' && run > i+1 && run-i <= 4 && (unit == 0 || unit >= 10_000)
}

// hanDecimal reads Han digits one by one.
func hanDecimal(digits []rune) *big.Rat {
	n := int64(0)
	for _, d := range digits {
		n = n*10 + hanDigit(d)
	}
	return whole(n)
}

// hanSum adds up the parts of a Han numeral: below 万 in section, the rest in total.
type hanSum struct {
	total, section int64
	digit          int64 // the digit that waits for its unit
	unit           int64 // the last unit read, 1 where there was none
	spread         int64 // how much the upper of two neighbours is above the lower
	zero           bool  // 零 stood before the digit
	end            int   // index behind what was taken
}

// largestHan bounds what is read; nobody writes more in Han numerals.
const largestHan = 1e15

// take adds the numeral character at i, false where it does not belong to the number.
func (s *hanSum) take(t []rune, i int) bool {
	r := t[i]
	s.end = i + 1
	if tens, ok := map[rune]int64{'廿': 20, '卅': 30}[r]; ok && s.total+s.section+s.digit == 0 {
		s.section, s.unit = tens, 10
		return true
	}
	switch d, u := hanDigit(r), hanUnit(r); {
	case d == 0:
		ok := s.unit > 1 && s.digit == 0 && !s.zero && hanDigit(runeAt(t, i+1)) > 0
		s.zero = true
		return ok
	case d > 0 && s.digit == 0 && neighbours(t, i):
		s.digit, s.spread = d, hanDigit(t[i+1])-d
		s.end = i + 2
		return true
	case d > 0:
		ok := s.digit == 0
		if ok {
			s.digit = d
		}
		return ok
	case u == 0, measured(t, i) && s.unit+s.digit > 1, s.tooLarge(u):
		return false
	default:
		return s.multiply(u)
	}
}

// tooLarge tells whether a unit would make more of the number than is read.
func (s *hanSum) tooLarge(u int64) bool {
	if s.section+s.digit > 0 {
		return s.total > largestHan || s.section > largestHan/u
	}
	return s.total > largestHan/u
}

// multiply takes a unit: 十 to 千 count within the section, 万 and 亿 close it.
func (s *hanSum) multiply(u int64) bool {
	switch all := s.section + s.digit; {
	case u < 10_000 && s.section > 0 && u >= s.unit && s.unit < 10_000:
		return false // 一百百 is no number
	case u < 10_000:
		s.section += max(s.digit, 1) * u
	case all == 0 && s.total > 0:
		s.total *= u
	default:
		s.total, s.section = s.total+max(all, 1)*u, 0
	}
	s.spread *= u
	s.digit, s.unit, s.zero = 0, u, false
	return true
}

// value is the number and the place value of its last digit. A digit behind a
// unit without 零 counts in the next lower one: 一百二 is 120.
func (s *hanSum) value() (value, place *big.Rat) {
	switch {
	case s.digit == 0:
		return whole(s.total + s.section), whole(max(s.unit, 1))
	case s.unit >= 100 && !s.zero && s.spread == 0:
		return whole(s.total + s.section + s.digit*s.unit/10), whole(s.unit / 10)
	}
	return whole(s.total + s.section + s.digit), whole(1)
}

// measured tells whether the unit at i belongs to a unit of measure or to 百分.
func measured(t []rune, i int) bool {
	return t[i] == '千' && strings.ContainsRune("米克瓦伏卡焦", runeAt(t, i+1)) || t[i] == '百' && runeAt(t, i+1) == '分'
}

// maxRun bounds a run of Han digits.
const maxRun = 17

// digitRun is the index behind the Han digits that begin at i.
func digitRun(t []rune, i int) int {
	for from := i; hanDigit(runeAt(t, i)) >= 0 && i <= from+maxRun; {
		i++
	}
	return i
}

// neighbours tells whether the two Han digits at i are neighbouring numerals,
// which stand for "three or four" (GB/T 15835-2011, 4.2.2); so is 三五.
func neighbours(t []rune, i int) bool {
	a, b := hanDigit(runeAt(t, i)), hanDigit(runeAt(t, i+1))
	return a > 0 && (b == a+1 || a == 3 && b == 5) && hanDigit(runeAt(t, i+2)) < 0 && hanDigit(runeAt(t, i-1)) < 0
}
