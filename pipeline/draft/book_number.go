package draft

import (
	"math/big"
	"strconv"
	"strings"

	"workreport/pipeline/quote"
)

// settle makes the renewal of a number that a cell holds as a number one of the
// whole cell: of what the cell is to hold, and of how its format shows that. A
// number never becomes a text, which sums would pass over: where the format
// cannot show the value, the cell is left.
func (t Text) settle(r *Renewal) {
	if t.book == nil || r.Left != "" {
		return
	}
	c := t.book.cellAt(r.replacement.From)
	if c.kind != inNumber {
		return
	}
	r.Left = "是数值单元格，请在 Excel 里改"
	if r.Suggestion != "" {
		r.Left += "，应为" + r.Suggestion
	}
	if r.held == nil || r.Verdict == WrongUnit || strings.HasPrefix(c.text, "-") {
		return
	}
	for _, value := range c.values(r) {
		shown := c.format.shown(value)
		if n, ok := r.within(shown); ok {
			r.Left, r.New = "", n.Text
			r.replacement = Replacement{From: c.at, To: c.at + len(c.text), With: shown, stored: value}
			return
		}
	}
}

// values are what the cell may hold for the renewed number, the best first: the
// value in full, or before it, where no format rounds it, as the number is written.
func (c *cell) values(r *Renewal) (list []string) {
	from, to := r.replacement.From-c.at, r.replacement.To-c.at
	written, ok := c.format.read(c.text[:from] + r.replacement.With + c.text[to:])
	if ok && c.format.places == general && r.Hedge == "" {
		list = append(list, written)
	}
	full := r.held
	if c.format.percent {
		full = new(big.Rat).Quo(full, big.NewRat(100, 1))
	}
	x, _ := full.Float64() // as a workbook holds numbers
	return append(list, strconv.FormatFloat(x, 'f', -1, 64))
}

// within is the renewed number in what its cell would show, with the unit that it
// had; ok is false where that would not be right.
func (r *Renewal) within(shown string) (quote.Number, bool) {
	for _, n := range quote.Find(oneLine(shown), quote.Usual) {
		n.Share(r.Unit)
		if n.Value != nil && n.Unit == r.Unit && n.Fault == "" && n.Contains(r.held) && n.Value.Sign() == r.held.Sign() {
			return n, true
		}
	}
	return quote.Number{}, false
}
