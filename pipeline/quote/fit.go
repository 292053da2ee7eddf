package quote

import "strings"

// Fit fits a text that the number is rewritten to into the number as it stands,
// with its blanks and full-width digits: from and to are the bytes of n.Text that
// must be replaced, and with is by what. Only whole parts are replaced, the digits
// as one, a hedge, 万, the unit, and no more of them than differ; a hedge that goes
// leaves from < to and nothing in its place. Where nothing differs all are zero.
// What comes of it reads as the text does; where it would not, all of n.Text is replaced.
func (n Number) Fit(text string) (from, to int, with string) {
	old, wanted := partsOf(n.Text), partsOf(text)
	head, tail := common(old, wanted)
	switch {
	case len(old) == 0 || len(wanted) == 0:
		return 0, len(n.Text), text
	case head < max(len(old), len(wanted)):
		s := seam{text: n.Text, old: old, head: head, end: len(old) - tail, wanted: wanted[head : len(wanted)-tail]}
		from, to, with = s.cut(tail)
		with = widen(with, n.Text)
	}
	if !readAlike(n.Text[:from]+with+n.Text[to:], text) {
		return 0, len(n.Text), text
	}
	return from, to, with
}

// piece is a part of a number: its digits, its unit or any other character.
type piece struct {
	text     string // plain
	from, to int    // bytes in the text as given
	numeral  bool
}

// partsOf takes a number apart; blanks and line breaks are between the parts.
func partsOf(text string) (parts []piece) {
	var t []rune
	var start, end []int
	p := read(text)
	for i, r := range p.t {
		if r != ' ' && r != '\n' {
			t, start, end = append(t, r), append(start, p.start[i]), append(end, p.end[i])
		}
	}
	for i := 0; i < len(t); {
		j := numeralEnd(t, i)
		numeral := j > i
		if !numeral {
			j = i + max(1, len([]rune(unitAt(t, i, units))))
		}
		parts = append(parts, piece{string(t[i:j]), start[i], end[j-1], numeral})
		i = j
	}
	return parts
}

// numeralEnd is the index behind the digits at i, their commas and point included.
func numeralEnd(t []rune, i int) int {
	if isDigit(t[i]) {
		for i < len(t) && (isDigit(t[i]) || (t[i] == '.' || t[i] == ',') && isDigit(runeAt(t, i+1))) {
			i++
		}
		return i
	}
	for from := i; i < len(t) && (isHan(t[i]) && !measured(t, i) || i > from && decimalAt(t, i)); {
		i++
	}
	return i
}

// common counts the parts that two numbers begin and end with alike.
func common(a, b []piece) (head, tail int) {
	for head < min(len(a), len(b)) && a[head].text == b[head].text {
		head++
	}
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail].text == b[len(b)-1-tail].text {
		tail++
	}
	return head, tail
}

// seam is where a number is changed: old[head:end] by what is wanted.
type seam struct {
	text      string
	old       []piece
	head, end int
	wanted    []piece
}

// cut gives the bytes to be replaced and by what; tail is how many parts stay behind them.
func (s seam) cut(tail int) (from, to int, with string) {
	switch {
	case len(s.wanted) == 0:
		from, to = s.removed()
		return from, to, ""
	case s.head == s.end && s.head > 0: // something comes in: it goes with the part before it
		s.head--
		s.wanted = append([]piece{s.old[s.head]}, s.wanted...)
	case s.head == s.end:
		s.wanted = append(s.wanted[:len(s.wanted):len(s.wanted)], s.old[s.end])
		s.end++
		tail--
	}
	last := len(s.wanted) - 1
	for last >= 0 && !s.wanted[last].numeral {
		last--
	}
	for i, part := range s.wanted {
		with += part.text
		if i == last && (i+1 < len(s.wanted) || tail > 0 && s.gap(s.end-1) == "") {
			with += s.blank()
		}
	}
	return s.old[s.head].from, s.old[s.end-1].to, with
}

// removed are the bytes of parts that nothing comes in for, with the blank on one
// side of them.
func (s seam) removed() (from, to int) {
	from, to = s.old[s.head].from, s.old[s.end-1].to
	switch {
	case s.end == len(s.old):
		from = s.old[s.head-1].to
	case s.head == 0 || s.gap(s.head-1) != "":
		to = s.old[s.end].from
	}
	return from, to
}

// gap is what stands between a part and the next.
func (s seam) gap(i int) string {
	if i+1 >= len(s.old) {
		return ""
	}
	return s.text[s.old[i].to:s.old[i+1].from]
}

// blank is the drafter's blank behind the digits that are replaced, where it is
// replaced with them; a line break is none.
func (s seam) blank() string {
	for i := s.end - 2; i >= s.head; i-- {
		if gap := s.gap(i); s.old[i].numeral && !strings.ContainsAny(gap, "\r\n") {
			return gap
		}
	}
	return ""
}

// widen gives a text full-width digits and signs where the number as it stands has them.
func widen(text, like string) string {
	wide := strings.ContainsAny(like, "０１２３４５６７８９")
	return strings.Map(func(r rune) rune {
		switch {
		case isDigit(r) && wide, r == '.' && wide && !strings.Contains(like, "."), r == '%' && (wide || strings.Contains(like, "％")) && !strings.Contains(like, "%"):
			return r - '!' + '！'
		}
		return r
	}, text)
}

var unbroken = strings.NewReplacer("\r", "", "\n", "")

// readAlike tells whether two texts read to the same numbers, broken lines joined.
func readAlike(a, b string) bool {
	x, y := Find(unbroken.Replace(a), Usual), Find(unbroken.Replace(b), Usual)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i].Hedge != y[i].Hedge || x[i].Unit != y[i].Unit || x[i].Class != y[i].Class || (x[i].Value == nil) != (y[i].Value == nil) || x[i].Value != nil && x[i].Value.Cmp(y[i].Value) != 0 {
			return false
		}
	}
	return true
}
