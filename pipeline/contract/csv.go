package contract

import (
	"encoding/csv"
	"io"
	"strconv"
	"unicode/utf8"
)

// BOM at the head of a CSV file lets Excel know that it is UTF-8.
const BOM = "\ufeff"

// WriteCSV writes rows as CSV. A text cell that a spreadsheet would take for a
// formula gets an apostrophe in front.
func WriteCSV(w io.Writer, header []string, rows [][]string) error {
	if _, err := io.WriteString(w, BOM); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	for _, row := range append([][]string{header}, rows...) {
		if err := out.Write(Harmless(row)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Harmless are cells as they may go to a spreadsheet: none is taken for a formula.
func Harmless(cells []string) []string {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = harmless(cell)
	}
	return safe
}

func harmless(cell string) string {
	if cell == "" {
		return cell
	}
	switch first, _ := utf8.DecodeRuneInString(cell); first {
	case '=', '@', '\t', '\r', '＝', '＠', '＋', '－':
		return "'" + cell
	case '+', '-':
		if _, err := strconv.ParseFloat(cell, 64); err != nil && !signed(cell) {
			return "'" + cell
		}
	}
	return cell
}

// signed tells whether a cell is a change as quote writes it: a sign, a number
// and a unit with nothing a formula could be made of.
func signed(cell string) bool {
	for _, c := range cell[1:] {
		if c != '.' && c != '%' && (c < '0' || c > '9') && c < 0x80 {
			return false
		}
	}
	return true
}
