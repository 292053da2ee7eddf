package appendix

import (
	"slices"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// stretch is text set in one font; font is what w:rFonts says besides, "" for
// the font of the style.
type stretch struct{ text, font string }

// The official fonts have the characters of GB 2312; others are set in fonts
// that come with Windows and WPS and have more.
const (
	simSun    = ` w:eastAsia="宋体" w:ascii="宋体" w:hAnsi="宋体"`
	simSunExt = ` w:eastAsia="SimSun-ExtB" w:ascii="SimSun-ExtB" w:hAnsi="SimSun-ExtB"`
)

// byFont divides text where another font is needed.
func byFont(text string) []stretch {
	var parts []stretch
	from, last := 0, ""
	for at, r := range text {
		font := ""
		switch {
		case r > 0xFFFF:
			font = simSunExt
		case !official(r):
			font = simSun
		}
		if font != last && at > from {
			parts = append(parts, stretch{text[from:at], last})
			from = at
		}
		last = font
	}
	if from < len(text) {
		parts = append(parts, stretch{text[from:], last})
	}
	return parts
}

// official tells whether 仿宋_GB2312 and its sisters have a character: those of
// GB 2312-1980. Latin and general punctuation are in every font.
func official(r rune) bool {
	return r < 0x180 || r >= 0x2010 && r <= 0x203B || gb2312()[r]
}

// gb2312 are the characters of GB 2312-1980, rows 1 to 9 and 16 to 87.
var gb2312 = sync.OnceValue(func() map[rune]bool {
	all := map[rune]bool{}
	decoder := simplifiedchinese.GBK.NewDecoder()
	for high := byte(0xA1); high <= 0xF7; high++ {
		for low := byte(0xA1); low <= 0xFE; low++ {
			if onlyGBK(int(high)<<8 | int(low)) {
				continue
			}
			text, err := decoder.Bytes([]byte{high, low})
			if r, size := utf8.DecodeRune(text); err == nil && size == len(text) && r != utf8.RuneError {
				all[r] = true
			}
		}
	}
	return all
})

// onlyGBK tells which codes of these rows GBK added to GB 2312.
func onlyGBK(code int) bool {
	return code >= 0xAA00 && code <= 0xAFFF || code >= 0xA2A1 && code <= 0xA2AA || code >= 0xA6E0 && code <= 0xA6F5 || code >= 0xA8BB && code <= 0xA8C0
}

// Unusual are the characters of the appendix that the official fonts do not
// have, each once, in the order in which they come.
func Unusual(d Document) []rune {
	c := contentOf(d)
	var found []rune
	look := func(text string) string {
		for _, r := range text {
			if r != '\n' && !official(r) && !slices.Contains(found, r) {
				found = append(found, r)
			}
		}
		return text
	}
	look(c.Title() + c.Notice)
	for _, line := range c.Cover {
		look(line[1])
	}
	c.each(look)
	return found
}
