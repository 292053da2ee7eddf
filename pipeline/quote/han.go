package quote

import (
	"strconv"
	"strings"
)

// largestWritten bounds what is written in Han numerals: 千 in front of 亿.
const largestWritten = 1_000_000_000_000

// hanInteger writes a whole number above 0 in Han numerals: 十二, 一百零一,
// 三万五千; "" for one that is larger than is written so.
func hanInteger(n int64) string {
	if n <= 0 || n >= largestWritten {
		return ""
	}
	text, gap := "", false
	for _, section := range []struct {
		unit int64
		name string
	}{{100_000_000, "亿"}, {10_000, "万"}, {1, ""}} {
		part := n / section.unit % 10_000
		if part == 0 {
			gap = text != ""
			continue
		}
		if text != "" && (gap || part < 1000) {
			text += "零"
		}
		text, gap = text+hanSection(part)+section.name, false
	}
	if strings.HasPrefix(text, "一十") {
		return strings.TrimPrefix(text, "一")
	}
	return text
}

// hanSection writes a number from 1 to 9999 in Han numerals: 一十二, 三百零五.
func hanSection(n int64) string {
	text, gap := "", false
	for _, place := range []struct {
		unit int64
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		digit := n / place.unit % 10
		if digit == 0 {
			gap = text != ""
			continue
		}
		if gap {
			text += "零"
		}
		text, gap = text+hanOf(digit)+place.name, false
	}
	return text
}

// hanOf is a digit in Han numerals.
func hanOf(digit int64) string { return string([]rune(hanDigits)[digit]) }

// hanNumeral writes a decimal in Han numerals, zeros at its end taken off: 九十九点五;
// "" where it cannot be.
func hanNumeral(decimal string) string {
	whole, decimals, _ := strings.Cut(Trim(decimal), ".")
	text := hanDigits[:len("零")]
	if whole != "0" {
		n, _ := strconv.ParseInt(whole, 10, 64) // 0, which is not written, where it is too long
		text = hanInteger(n)
	}
	if decimals == "" || text == "" {
		return text
	}
	text += "点"
	for _, d := range decimals {
		text += hanOf(int64(d - '0'))
	}
	return text
}

// counted puts 两 for a 二 that begins a count: 两次, 两千人, 两万三千人, but 二十次 and 二百人.
func counted(numeral string) string {
	rest, two := strings.CutPrefix(numeral, "二")
	if two && (rest == "" || strings.HasPrefix(rest, "千") || strings.HasPrefix(rest, "万") || strings.HasPrefix(rest, "亿")) {
		return "两" + rest
	}
	return numeral
}
