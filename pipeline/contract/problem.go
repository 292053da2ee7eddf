package contract

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Severity says what a problem does to the run.
type Severity string

// A Reject keeps its row out and ends the run; a Warn is said, and the row stays.
const (
	Reject Severity = "reject"
	Warn   Severity = "warn"
)

// Title is the severity as the reader knows it.
func (s Severity) Title() string {
	if s == Reject {
		return "拒收"
	}
	return "提醒"
}

// Problem is something wrong with the records, at a place a person can find.
type Problem struct {
	File     string // the file, as the office named it
	Sheet    string // the worksheet, "" for text files
	Row      int    // the row as Excel shows it, 0 for the whole file
	Column   string // the column as the file names it, "" for the whole row
	Value    string // the cell as it stands
	Rule     string // what is wrong, in words
	Remedy   string // what to do
	Severity Severity
}

// Refusal is the problem that rejects because of a fault told as 规则；做法.
func Refusal(fault string) Problem {
	rule, remedy, _ := strings.Cut(fault, "；")
	return Problem{Rule: rule, Remedy: remedy, Severity: Reject}
}

// String is the problem on one line: 文件【表】第12行“列”：值：规则；做法.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Sheet != "" {
		fmt.Fprintf(&b, "【%s】", p.Sheet)
	}
	if p.Row > 0 {
		fmt.Fprintf(&b, " 第%d行", p.Row)
	}
	if p.Column != "" {
		fmt.Fprintf(&b, "“%s”", shorten(p.Column))
	}
	b.WriteString("：")
	if p.Value != "" {
		fmt.Fprintf(&b, "“%s” ", shorten(p.Value))
	}
	b.WriteString(p.Rule)
	if p.Remedy != "" {
		fmt.Fprintf(&b, "；%s", p.Remedy)
	}
	return Printable(b.String())
}

// maxShown is how many characters of a cell a line shows.
const maxShown = 60

func shorten(text string) string {
	if runes := []rune(text); len(runes) > maxShown {
		return string(runes[:maxShown]) + "……"
	}
	return text
}

// Printable is text from a record as it may go to a terminal: control and format
// characters, which could steer it or turn the writing round, become blanks.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return ' '
		}
		return r
	}, text)
}

// Columns is how wide a text is on a terminal: a Han character takes two columns.
func Columns(text string) int {
	n := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
			n += 2
		default:
			n++
		}
	}
	return n
}

// ComparePlaces orders problems by file, sheet, row, column and rule.
func ComparePlaces(a, b Problem) int {
	return cmp.Or(
		strings.Compare(a.File, b.File),
		strings.Compare(a.Sheet, b.Sheet),
		cmp.Compare(a.Row, b.Row),
		strings.Compare(a.Column, b.Column),
		strings.Compare(a.Rule, b.Rule),
		strings.Compare(a.Value, b.Value),
	)
}
