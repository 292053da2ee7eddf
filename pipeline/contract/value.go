package contract

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"
)

// MoneyPlaces is the number of decimal places of a Number.
const MoneyPlaces = 2

// FirstYear and LastYear bound the years that a date may have.
const FirstYear, LastYear = 1900, 2100

// Value turns a cell into the value of the field: string, int64, *big.Int (a
// Number in hundredths), time.Time, bool, or nil where the cell is blank. Where
// the cell is not what the field must hold, rule says why and remedy what to do.
func (f Field) Value(cell string) (value any, rule, remedy string) {
	text := unquoted(trim(cell))
	if f.Private && text == Undisclosed {
		return nil, "", ""
	}
	if text == "" {
		if f.Constraints.Required {
			return nil, "必填，不能为空", "请补填"
		}
		return nil, "", ""
	}
	switch {
	case strings.ContainsFunc(text, invisible):
		return nil, "含有看不见的控制字符", "请删去后重新填写"
	case formulaErrors[text]:
		return nil, "公式出错", "请改正公式，或直接填写值"
	case scientific.MatchString(text):
		return nil, "成了科学记数，后面的位数已经丢失", "请把这一格设为文本，重新填写"
	}
	switch f.Type {
	case Integer:
		return f.integer(text)
	case Number:
		return f.number(text)
	case Date:
		day, ok := ParseDate(text)
		switch {
		case !ok:
			return nil, "不是日期", "请写成 2021-03-05 的样子"
		case day.Year() < FirstYear || day.Year() > LastYear:
			return nil, "年份不对", "请核对"
		}
		return day, "", ""
	case Boolean:
		switch fold(text) {
		case "是", "1", "true", "√", "y":
			return true, "", ""
		case "否", "0", "false", "×", "n":
			return false, "", ""
		}
		return nil, "应填“是”或“否”", "请改正"
	}
	return f.text(text)
}

// scientific is how a spreadsheet shows a long number whose last digits it lost.
var scientific = regexp.MustCompile(`^[0-9]\.[0-9]+E\+[0-9]+$`)

// blankRune tells a blank of any width, none included.
func blankRune(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

func trim(text string) string { return strings.TrimFunc(text, blankRune) }

func isBlank(cell string) bool { return trim(cell) == "" }

// unquoted takes off the apostrophe that keeps a spreadsheet from taking a text
// for a formula.
func unquoted(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && strings.IndexAny(rest, "=+-@＝＋－＠\t\r") == 0 {
		return trim(rest)
	}
	return text
}

// formulaErrors are what a spreadsheet leaves where a formula failed.
var formulaErrors = map[string]bool{
	"#DIV/0!": true, "#N/A": true, "#NAME?": true, "#NULL!": true, "#NUM!": true, "#REF!": true, "#VALUE!": true, "#SPILL!": true, "#CALC!": true,
}

// invisible tells a control character that no form has a use for.
func invisible(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }

func (f Field) text(text string) (any, string, string) {
	if len(f.Constraints.Enum) == 0 {
		return text, "", ""
	}
	for _, allowed := range f.Constraints.Enum {
		if fold(allowed) == fold(text) {
			return allowed, "", ""
		}
	}
	remedy := "可填：" + strings.Join(f.Constraints.Enum, "、")
	if near := Nearest(text, f.Constraints.Enum); near != "" {
		remedy = "是不是“" + near + "”？" + remedy
	}
	return nil, "不在可选值之内", remedy
}

func (f Field) integer(text string) (any, string, string) {
	n, err := strconv.ParseInt(plainDigits(withoutUnit(text, counters)), 10, 64)
	if err != nil {
		return nil, "不是整数", "请只填数字"
	}
	if f.Constraints.Minimum != nil && n < *f.Constraints.Minimum {
		return nil, fmt.Sprintf("小于 %d", *f.Constraints.Minimum), "请核对"
	}
	return n, "", ""
}

// counters and yuan are the units that may stand behind a number in its cell.
var (
	counters = []string{"人次", "场次", "件次", "人", "名", "次", "场", "件", "条", "篇", "期", "份", "项", "个", "户", "册", "位", "家", "部"}
	yuan     = []string{"元"}
)

// withoutUnit takes one of the units off the end of a cell.
func withoutUnit(text string, units []string) string {
	for _, unit := range units {
		if number, ok := strings.CutSuffix(text, unit); ok {
			return strings.TrimSpace(number)
		}
	}
	return text
}

// shift moves the point of a decimal to the right: 3.5 by 4 places is 35000.
func shift(decimal string, places int) string {
	whole, decimals, _ := strings.Cut(decimal, ".")
	if places == 0 || whole == "" {
		return decimal
	}
	decimals += strings.Repeat("0", max(0, places-len(decimals)))
	return whole + decimals[:places] + "." + decimals[places:]
}

// maxDigits keeps a Number within DECIMAL(18,2).
const maxDigits = 16

func (f Field) number(text string) (any, string, string) {
	digits, ten := plainDigits(withoutUnit(text, yuan)), 0
	if number, ok := strings.CutSuffix(digits, "万"); ok {
		digits, ten = plainDigits(strings.TrimSpace(number)), 4
	} else if number, ok := strings.CutSuffix(digits, "亿"); ok {
		digits, ten = plainDigits(strings.TrimSpace(number)), 8
	}
	whole, decimals, _ := strings.Cut(shift(digits, ten), ".")
	if len(decimals) > MoneyPlaces {
		if strings.Trim(decimals[MoneyPlaces:], "0") != "" {
			return nil, fmt.Sprintf("多于 %d 位小数", MoneyPlaces), "金额以元为单位，请四舍五入到分"
		}
		decimals = decimals[:MoneyPlaces]
	}
	digits = whole + decimals + strings.Repeat("0", MoneyPlaces-len(decimals))
	cents, ok := new(big.Int).SetString(digits, 10)
	if !ok || whole == "" || whole == "-" || len(whole) > maxDigits {
		return nil, "不是金额", "请只填数字，以元为单位"
	}
	if f.Constraints.Minimum != nil && cents.Cmp(big.NewInt(*f.Constraints.Minimum*100)) < 0 {
		return nil, fmt.Sprintf("小于 %d", *f.Constraints.Minimum), "请核对"
	}
	return cents, "", ""
}

// plainDigits takes full-width digits and the commas between thousands out of a
// number; anything else stays, and is refused by whoever reads it.
func plainDigits(text string) string {
	text = width.Narrow.String(text)
	head, tail, _ := strings.Cut(text, ".")
	groups := strings.Split(head, ",")
	for i, group := range groups {
		if i > 0 && len(group) != 3 {
			return text
		}
	}
	if head = strings.Join(groups, ""); strings.Contains(text, ".") {
		return head + "." + tail
	}
	return head
}

var dateLayouts = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"}

// midnightLayouts are how exports write a day with a time; the time must be none.
var midnightLayouts = []string{"2006-1-2 15:04:05", "2006/1/2 15:04:05", "2006-1-2 15:04", "2006/1/2 15:04", "2006-01-02T15:04:05"}

// firstSerial and lastSerial bound the days an Excel serial may mean: 1982 to 2064.
const firstSerial, lastSerial = 30000, 60000

// ParseDate reads a day as offices write it, or as the serial number Excel keeps.
func ParseDate(text string) (time.Time, bool) {
	text = width.Narrow.String(trim(text))
	if strings.Contains(text, "年") {
		text = strings.Join(strings.Fields(text), "")
	}
	for _, layout := range dateLayouts {
		if day, err := time.Parse(layout, text); err == nil {
			return day, true
		}
	}
	for _, layout := range midnightLayouts {
		if day, err := time.Parse(layout, text); err == nil && day.Equal(day.Truncate(24*time.Hour)) {
			return day, true
		}
	}
	if serial, err := strconv.Atoi(strings.TrimSuffix(text, ".0")); err == nil && serial >= firstSerial && serial <= lastSerial {
		return time.Date(1899, 12, 30+serial, 0, 0, 0, 0, time.UTC), true
	}
	return time.Time{}, false
}

// fold makes two spellings of one heading or code equal: full-width forms,
// letter case and blanks of every width do not count.
func fold(text string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if blankRune(r) {
			return -1
		}
		return r
	}, width.Fold.String(text)))
}

// maxWord is the length of a text that may be meant for a word of a list.
const maxWord = 64

// Nearest is the word of a list that is the fewest changes away from what was
// written, "" where none is near.
func Nearest(written string, words []string) string {
	if len(written) > maxWord {
		return ""
	}
	best, least := "", (len([]rune(written))+1)/2+1
	for _, word := range words {
		if n := changes([]rune(word), []rune(written)); n < least {
			best, least = word, n
		}
	}
	return best
}

// changes is the number of letters to add, drop or replace to come from one
// word to the other (Levenshtein's distance).
func changes(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
