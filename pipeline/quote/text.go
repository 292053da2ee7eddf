package quote

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain is a text as it is read: blanks taken out, full-width digits and signs
// made half-width, every rune with its place in the text as given.
type plain struct {
	t          []rune
	start, end []int // bytes of the text as given, of each rune
	quoted     []int // index of the quotation mark that a rune stands in, -1 for none
	how        Reading
	taken      int // index behind the last number found
}

// read makes a text plain. Blanks go, but for one kept between two runs of
// digits that are far apart, and line breaks, which end a paragraph.
func read(text string) plain {
	var p plain
	parted := partedDigits(text)
	gap, tab := 0, false
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == '\n':
			p.add('\n', at, size)
			gap, tab = 0, false
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			gap, tab = gap+1, tab || r == '\t'
		default:
			r = fold(r)
			if gap > 0 && p.apart(r, gap > 1 || tab || parted[at]) {
				p.add(' ', at-1, 0)
			}
			p.add(r, at, size)
			gap, tab = 0, false
		}
		at += size
	}
	p.markQuotes()
	return p
}

func (p *plain) add(r rune, at, size int) {
	p.t, p.start, p.end = append(p.t, r), append(p.start, at), append(p.end, at+size)
}

var (
	spacedDigits = regexp.MustCompile(`[0-9０-９]+(?:[ \x{3000}\x{a0}][0-9０-９]+)+`)
	numberGoesOn = regexp.MustCompile(`^[\s\x{3000}]*(?:[余多%％万亿年月日.．]|[人件篇条期份项个次场户家名位届])`)
)

// partedDigits are the digits behind a single blank that begin a number of their
// own. A blank stands within a number where it parts thousands (34 500), where
// every digit is set apart, and where it parts a number with its unit in two.
func partedDigits(text string) map[int]bool {
	parted := map[int]bool{}
	for _, at := range spacedDigits.FindAllStringIndex(text, -1) {
		groups := strings.FieldsFunc(text[at[0]:at[1]], unicode.IsSpace)
		thousands, single := utf8.RuneCountInString(groups[0]) <= 3, utf8.RuneCountInString(groups[0]) == 1
		for _, g := range groups[1:] {
			thousands = thousands && utf8.RuneCountInString(g) == 3
			single = single && utf8.RuneCountInString(g) == 1
		}
		if thousands || single || len(groups) == 2 && numberGoesOn.MatchString(text[at[1]:min(len(text), at[1]+12)]) {
			continue
		}
		from := at[0]
		for _, g := range groups {
			from += strings.Index(text[from:], g)
			parted[from] = true
			from += len(g)
		}
	}
	return parted
}

// apart tells whether a blank before r keeps two numbers or two words apart:
// one blank between digits does not (34 500), a wider one does.
func (p *plain) apart(r rune, wide bool) bool {
	last := runeAt(p.t, len(p.t)-1)
	switch {
	case isDigit(last) && isDigit(r):
		return wide
	case isLetter(last) || isLetter(r):
		return isLetter(last) && (isLetter(r) || isDigit(r)) || isDigit(last) && isLetter(r)
	}
	return false
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// fold makes a full-width digit, letter or arithmetic sign half-width; marks of
// Chinese punctuation keep their width.
func fold(r rune) rune {
	switch {
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ', strings.ContainsRune("％．＋－／～", r):
		return r - '！' + '!'
	case r == '﹪':
		return '%'
	case r == '∶':
		return ':'
	}
	return r
}

// maxQuoted is how long a quotation may be and still be a name.
const maxQuoted = 24

// markQuotes finds what stands in quotation marks and is short enough to be a
// name, and what stands in 《》.
func (p *plain) markQuotes() {
	p.quoted = make([]int, len(p.t))
	open, straight := -1, false
	for i, r := range p.t {
		p.quoted[i] = -1
		switch {
		case r == '\n':
			open, straight = -1, false
		case strings.ContainsRune("“「『《〈‘", r) || r == '"' && !straight:
			if open < 0 || r != '‘' && r != '〈' {
				open, straight = i, r == '"'
			}
		case open >= 0 && (r == closing(p.t[open])):
			title := p.t[open] == '《' || p.t[open] == '〈'
			if inside := p.t[open+1 : i]; title || len(inside) <= maxQuoted && !strings.ContainsAny(string(inside), "，。；！？") {
				for j := open + 1; j < i; j++ {
					p.quoted[j] = open
				}
			}
			open, straight = -1, false
		}
	}
}

func closing(open rune) rune {
	return map[rune]rune{'“': '”', '「': '」', '『': '』', '《': '》', '〈': '〉', '‘': '’', '"': '"'}[open]
}

// since is the text from the last of the marks to i, the mark left out; window
// bounds how far it looks.
func (p *plain) since(marks string, i, window int) string {
	from := i
	for from > 0 && i-from < window && !strings.ContainsRune(marks, p.t[from-1]) && p.t[from-1] != '\n' {
		from--
	}
	return string(p.t[from:i])
}

// before is the text before i, within the paragraph, whose beginning shows as a line break.
func (p *plain) before(i int) string {
	from := max(0, i-window)
	for j := i - 1; j >= from; j-- {
		if p.t[j] == '\n' {
			return string(p.t[j:i])
		}
	}
	if from == 0 {
		return "\n" + string(p.t[:i])
	}
	return string(p.t[from:i])
}

// after is the text from i, within the paragraph, whose end shows as a line break.
func (p *plain) after(i int) string {
	to := min(len(p.t), i+window)
	for j := i; j < to; j++ {
		if p.t[j] == '\n' {
			return string(p.t[i : j+1])
		}
	}
	if to == len(p.t) {
		return string(p.t[i:]) + "\n"
	}
	return string(p.t[i:to])
}

// window is how far the rules look, in characters.
const window = 36
