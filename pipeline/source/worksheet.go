package source

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
)

// worksheet is one worksheet of a workbook (ECMA-376-1, 18.3).
type worksheet struct {
	in     parts
	part   string
	shared *sharedTexts
}

// rows takes the rows apart, those with the given numbers or all that have
// something in them.
func (w worksheet) rows(only []int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		err := w.shared.load()
		if err == nil {
			err = w.read(func(row Row) bool {
				if only == nil {
					return yield(row, nil)
				}
				for len(only) > 0 && only[0] < row.Number {
					only = only[1:]
				}
				return len(only) > 0 && (only[0] != row.Number || yield(row, nil))
			})
		}
		if err != nil {
			yield(Row{}, err)
		}
	}
}

// cell is a cell at hand: c of the standard (18.3.1.4).
type cell struct {
	column  int
	kind    string
	text    []byte
	open    bool // its tag is not closed yet
	formula bool
	value   bool // has the element v
	inText  bool // within v, or t of is
}

// read hands on each row that has something in it, until it is told to stop.
func (w worksheet) read(each func(Row) bool) error {
	part, err := w.in.open(w.part)
	if err != nil {
		return err
	}
	defer part.Close()
	decoder := xml.NewDecoder(&guard{r: part})
	var row Row
	var now cell
	phonetic, inRow := false, false
	for {
		token, err := decoder.RawToken()
		if err == io.EOF && !inRow {
			return nil
		}
		if err != nil {
			return broken(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "row":
				if inRow {
					return broken(io.ErrUnexpectedEOF)
				}
				inRow = true
				next := row.Number + 1
				if r := attribute(token, "r"); r != "" {
					next, err = strconv.Atoi(r)
				}
				if err != nil || next <= row.Number || next > maxRows {
					return fmt.Errorf("第%d行之后的行号 %s 不对，文件可能坏了；请在 Excel 或 WPS 里打开后另存为 .xlsx", row.Number, attribute(token, "r"))
				}
				row = Row{Number: next, Cells: make([]string, 0, len(row.Cells))}
				now.column = -1
			case "c":
				if !inRow || now.open {
					return broken(io.ErrUnexpectedEOF)
				}
				column := now.column + 1
				if r := attribute(token, "r"); r != "" {
					column = columnOf(r)
				}
				if column <= now.column || column >= maxCells {
					return fmt.Errorf("第%d行有一格的位置 %s 不对，文件可能坏了；请在 Excel 或 WPS 里打开后另存为 .xlsx", row.Number, attribute(token, "r"))
				}
				now = cell{column: column, kind: attribute(token, "t"), text: now.text[:0], open: true}
			case "f":
				now.formula = true
			case "v":
				now.value, now.inText = true, true
			case "rPh":
				phonetic = true
			case "t":
				now.inText = !phonetic
			}
		case xml.CharData:
			if now.inText {
				now.text = append(now.text, token...)
			}
			if len(now.text) > maxText {
				return errTooLong
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "v", "t":
				now.inText = false
			case "rPh":
				phonetic = false
			case "c":
				if !now.open {
					return broken(io.ErrUnexpectedEOF)
				}
				now.open = false
				if err := w.put(&row, now); err != nil {
					return err
				}
			case "row":
				if !inRow || now.open {
					return broken(io.ErrUnexpectedEOF)
				}
				inRow = false
				if len(row.Cells) > 0 && !each(row) {
					return nil
				}
			case "sheetData":
				if inRow {
					return broken(io.ErrUnexpectedEOF)
				}
			}
		}
	}
}

// put adds a cell that has something in it to its row.
func (w worksheet) put(row *Row, c cell) error {
	unknown := c.formula && len(c.text) == 0 && !(c.kind == "str" && c.value) // the value of a formula may be an empty text
	if len(c.text) == 0 && !unknown {
		return nil
	}
	for len(row.Cells) <= c.column {
		row.Cells = append(row.Cells, "")
	}
	if unknown {
		row.Unknown = append(row.Unknown, c.column)
		return nil
	}
	switch c.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(string(c.text)))
		text, ok := w.shared.at(i)
		if err != nil || !ok {
			return fmt.Errorf("第%d行第%d列所指的文字不存在，文件坏了；请在 Excel 或 WPS 里打开后另存为 .xlsx", row.Number, c.column+1)
		}
		row.Cells[c.column] = text
	case "b":
		row.Cells[c.column] = map[string]string{"1": "TRUE", "0": "FALSE"}[string(c.text)]
	case "", "n":
		row.Cells[c.column] = Decimal(string(c.text))
	default: // inlineStr, str, e, d
		row.Cells[c.column] = string(Unescape(c.text))
	}
	return nil
}

func attribute(element xml.StartElement, name string) string {
	for _, a := range element.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// columnOf is the column of a cell's name, A1 being 0; -1 for what is no name.
func columnOf(name string) int {
	column := 0
	for i, c := range []byte(name) {
		if c < 'A' || c > 'Z' {
			if i == 0 {
				return -1
			}
			break
		}
		if column = column*26 + int(c-'A') + 1; column > maxCells {
			return maxCells
		}
	}
	return column - 1
}

// escaped is how a workbook writes characters that XML has no place for (ECMA-376-1, 22.9.2.19).
var escaped = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// Unescape reads the characters so written in a text of a workbook.
func Unescape(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	return escaped.ReplaceAllFunc(text, func(code []byte) []byte {
		n, _ := strconv.ParseUint(string(code[2:6]), 16, 32)
		return []byte(string(rune(n)))
	})
}

// shownDigits is how many digits of a number Excel keeps and shows; a workbook
// holds the binary number behind them, 0.1 as 0.10000000000000001.
const shownDigits = 15

// Decimal writes a number of a workbook as Excel shows it in full: rounded to 15
// digits, without an exponent unless it has more of them before the point. What
// is no number stays as it is.
func Decimal(text string) string {
	mantissa, exponent, _ := strings.Cut(strings.ToUpper(text), "E")
	sign := ""
	if strings.HasPrefix(mantissa, "-") {
		sign, mantissa = "-", mantissa[1:]
	}
	whole, part, _ := strings.Cut(mantissa, ".")
	shift := 0
	if exponent != "" {
		var err error
		if shift, err = strconv.Atoi(exponent); err != nil || shift > 400 || shift < -400 {
			return text
		}
	}
	digits := whole + part
	if whole == "" || strings.Trim(digits, "0123456789") != "" {
		return text
	}
	point := len(whole) + shift // where the point stands within the digits
	trimmed := strings.TrimLeft(digits, "0")
	point -= len(digits) - len(trimmed)
	digits, point = roundDigits(trimmed, point)
	switch {
	case digits == "":
		return "0"
	case point > shownDigits:
		return fmt.Sprintf("%s%s.%sE+%d", sign, digits[:1], digits[1:]+strings.Repeat("0", 1-min(1, len(digits)-1)), point-1)
	case point <= 0:
		return sign + "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		return sign + digits + strings.Repeat("0", point-len(digits))
	}
	return sign + digits[:point] + "." + digits[point:]
}

// roundDigits rounds to the digits that are shown and drops the zeros behind.
func roundDigits(digits string, point int) (string, int) {
	if len(digits) > shownDigits {
		up := digits[shownDigits] >= '5'
		kept := []byte(digits[:shownDigits])
		for i := len(kept) - 1; up; i-- {
			if i < 0 {
				kept, point = append([]byte("1"), kept...), point+1
				break
			}
			if kept[i]++; kept[i] <= '9' {
				break
			}
			kept[i] = '0'
		}
		digits = string(kept)
	}
	return strings.TrimRight(digits, "0"), point
}
