package draft

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"workreport/pipeline/contract"
	"workreport/pipeline/quote"
	"workreport/pipeline/source"
)

// numberFormat is how a workbook shows a number (ECMA-376-1, 18.8.30), as far
// as it bears on which number a reader sees: 99.49%, 1,234, 228件.
type numberFormat struct {
	lead, tail string
	places     int // after the point; general for as many as the number has
	percent    bool
	grouped    bool
	date       bool
}

// general is for places: as many as the number has.
const general = -1

// formatPlaces is how many places a format is followed to.
const formatPlaces = 30

// builtIn are the formats that a workbook refers to by number alone (18.8.30),
// but for those of dates.
var builtIn = map[int]string{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00", 9: "0%", 10: "0.00%",
	37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00"}

func builtInFormat(id int) numberFormat {
	if id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58 {
		return numberFormat{date: true}
	}
	return formatOf(builtIn[id])
}

// mark is a character of a format's code, literal where it stands for itself.
type mark struct {
	r       rune
	literal bool
}

// generalMark is a mark for the number as it is.
const generalMark = 'G'

var elapsed = regexp.MustCompile(`^\[[hmsHMS]+\]`)

// marksOf takes the code for positive numbers apart.
func marksOf(code string) (marks []mark) {
	for code != "" {
		r := []rune(code[:min(len(code), 4)])[0]
		size := len(string(r))
		rest := code[size:]
		switch {
		case r == ';':
			return marks
		case r == '"':
			inside, behind, _ := strings.Cut(rest, `"`)
			for _, r := range inside {
				marks = append(marks, mark{r, true})
			}
			code = behind
			continue
		case strings.ContainsRune(`\!_*`, r) && rest != "":
			next := []rune(rest[:min(len(rest), 4)])[0]
			if r == '\\' || r == '!' {
				marks = append(marks, mark{next, true})
			}
			code = rest[len(string(next)):]
			continue
		case r == '[':
			if elapsed.MatchString(code) {
				marks = append(marks, mark{'h', false})
			}
			_, code, _ = strings.Cut(code, "]")
			continue
		case len(code) >= len("General") && strings.EqualFold(code[:len("General")], "General"):
			marks, code = append(marks, mark{generalMark, false}), code[len("General"):]
			continue
		}
		marks = append(marks, mark{r, !strings.ContainsRune("0#?.,%/EeyYmMdDhHsS@", r)})
		code = rest
	}
	return marks
}

// formatOf reads a format's code. One that scales the number or shows it
// otherwise than in digits is passed over: the number is then read as it is.
func formatOf(code string) numberFormat {
	plain := numberFormat{places: general}
	var lead, digits, tail strings.Builder
	f := plain
	marks := marksOf(code)
	if slices.ContainsFunc(marks, func(m mark) bool { return !m.literal && strings.ContainsRune("yYmMdDhHsS", m.r) }) {
		return numberFormat{date: true}
	}
	for _, m := range marks {
		switch {
		case !m.literal && strings.ContainsRune("/Ee@", m.r), m.r == '%' && f.percent:
			return plain
		case !m.literal && m.r != '%' && tail.Len() > 0:
			return plain // digits in two places: 0!.0
		case !m.literal && m.r != '%':
			digits.WriteRune(m.r)
		case digits.Len() == 0:
			lead.WriteRune(m.r)
		default:
			tail.WriteRune(m.r)
		}
		f.percent = f.percent || !m.literal && m.r == '%'
	}
	f.lead, f.tail = strings.TrimSpace(lead.String()), strings.TrimRightFunc(tail.String(), unicode.IsSpace)
	if digits.String() == string(generalMark) && !f.percent {
		return f
	}
	whole, part, _ := strings.Cut(digits.String(), ".")
	if whole == "" || strings.HasSuffix(whole, ",") || strings.ContainsAny(whole+part, string(generalMark)) || strings.ContainsAny(part, ".,") || len(part) > formatPlaces {
		return plain
	}
	f.places, f.grouped = len(part), strings.Contains(whole, ",")
	return f
}

var decimalText = regexp.MustCompile(`^-?[0-9]+(?:\.[0-9]+)?$`)

// shown writes a number of the workbook as its format shows it, "" for what is none.
func (f numberFormat) shown(value string) string {
	text := source.Decimal(strings.TrimSpace(value))
	if !decimalText.MatchString(text) {
		if strings.Contains(text, "E+") {
			return text
		}
		return ""
	}
	if f.places != general {
		x, _ := new(big.Rat).SetString(text)
		if f.percent {
			x.Mul(x, big.NewRat(100, 1))
		}
		text = quote.Round(x, f.places, contract.HalfUp)
	}
	digits, negative := strings.CutPrefix(text, "-")
	if f.grouped {
		digits = quote.Grouped(digits)
	}
	if negative {
		return "-" + f.lead + digits + f.tail
	}
	return f.lead + digits + f.tail
}

// read is the number of the workbook that is shown as a text, or as another
// writing of the same number; ok is false where none is.
func (f numberFormat) read(text string) (value string, ok bool) {
	x, ok := f.number(text)
	if !ok {
		return "", false
	}
	stored := new(big.Rat).Set(x)
	if f.percent {
		stored.Quo(x, big.NewRat(100, 1))
	}
	value = quote.Exact(stored, contract.HalfUp)
	again, ok := f.number(f.shown(value))
	return value, ok && again.Cmp(x) == 0
}

// number is the number in a text as the format shows it, 99.49 of 99.49%.
func (f numberFormat) number(text string) (*big.Rat, bool) {
	text, negative := strings.CutPrefix(text, "-")
	text, hasLead := strings.CutPrefix(text, f.lead)
	text, hasTail := strings.CutSuffix(text, f.tail)
	if f.grouped {
		text = strings.ReplaceAll(text, ",", "")
	}
	if !hasLead || !hasTail || !decimalText.MatchString(text) || len(text) > 2*formatPlaces {
		return nil, false
	}
	x, ok := new(big.Rat).SetString(text)
	if ok && negative {
		x.Neg(x)
	}
	return x, ok
}

// lastDay is the last day a workbook can hold, 31 December 9999.
const lastDay = 2_958_465

// dayOf writes the day, 2021-03-05, that a workbook keeps as a number or, in a
// cell of the kind d, as ISO 8601; "" for what is none, such as a time of day.
func dayOf(value string, iso, from1904 bool) string {
	value = strings.TrimSpace(value)
	if iso {
		day, err := time.Parse(time.DateOnly, value[:min(len(value), len(time.DateOnly))])
		if err != nil {
			return ""
		}
		return day.Format(time.DateOnly)
	}
	text := source.Decimal(value)
	whole, _, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(whole)
	if from1904 && n > 0 {
		n += 1462
	}
	if err != nil || !decimalText.MatchString(text) || n < 1 || n > lastDay {
		return ""
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}
