package quote

import (
	"math/big"
	"strconv"
	"strings"
)

// scale is the value of the 万 or 亿 that stands behind the digits, 1 for none.
func (s Style) scale() *big.Rat {
	scale, _ := readScale([]rune(s.Scale), 0)
	return scale
}

// write puts the number that a decimal gives into the style, with or without its
// hedges; "" where the numerals of the style cannot say it.
func (s Style) write(decimal string, hedged bool) string {
	if !hedged {
		s.Before, s.Behind = "", ""
		if meaning(s.After) != "" {
			s.After = ""
		}
	}
	number, unit := s.numeral(decimal), s.Unit
	switch {
	case number == "":
		return ""
	case s.Rank == "首位" || s.Rank == "榜首":
		return "第" + number
	case s.ScaleBehind:
		number += s.Behind + s.Scale
	case s.Behind != "" && s.Currency != "": // 10万余元: 万 is of the unit
		number, unit = number+strings.TrimSuffix(unit, s.Currency)+s.Behind, s.Currency
	default:
		number += s.Scale + s.Behind
	}
	return s.Rank + s.Before + s.Percent + number + unit + s.After
}

// numeral writes a decimal in the numerals of the style.
func (s Style) numeral(decimal string) string {
	switch {
	case s.Tenths:
		return tenths(decimal)
	case s.Mixed:
		return mixed(decimal)
	case s.Han && s.Rank+s.Percent == "":
		return counted(hanNumeral(decimal))
	case s.Han && s.Percent == "百分之" && decimal == "100":
		return "百"
	case s.Han:
		return hanNumeral(decimal)
	case s.Grouped:
		return Grouped(decimal)
	}
	return decimal
}

// tenths writes whole percent in tenths: 七成, 七成五; "" for what they cannot say.
func tenths(percent string) string {
	n, err := strconv.ParseInt(percent, 10, 64)
	if err != nil || n < 10 || n > 99 {
		return ""
	}
	text := counted(hanOf(n/10)) + "成"
	if n%10 > 0 {
		text += hanOf(n % 10)
	}
	return text
}

// mixed writes a whole number in parts: 3亿4500万, 1万2千; "" for what is not whole,
// is below 万 or ends below 十.
func mixed(decimal string) (text string) {
	n, err := strconv.ParseInt(decimal, 10, 64)
	if err != nil || n < 10_000 {
		return ""
	}
	for _, unit := range []string{"亿", "万", "千", "百", "十"} {
		size := hanUnit([]rune(unit)[0])
		if n >= size {
			text += strconv.FormatInt(n/size, 10) + unit
			n %= size
		}
	}
	if n > 0 {
		return ""
	}
	return text
}

// Grouped parts the whole digits of a decimal by commas.
func Grouped(decimal string) string {
	whole, rest, found := strings.Cut(decimal, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if found {
		return whole + "." + rest
	}
	return whole
}
