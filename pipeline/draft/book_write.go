package draft

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// fixed says in Chinese why a passage is not to be replaced, "" where it may be.
func (b *workbook) fixed(from, to int) string {
	c := b.cellAt(from)
	switch {
	case to > c.at+len(c.text):
		return "不在一个单元格里"
	case c.formula:
		return "由公式算出"
	case c.kind == inDate:
		return "是日期"
	}
	for _, a := range c.sheet.areas {
		if a.has(c.spot) {
			return a.why
		}
	}
	if c.sheet.protected {
		return "工作表受保护"
	}
	return ""
}

// replace writes a copy of the workbook with the passages replaced, sorted, none
// overlapping and none fixed. Only the cells with them are written anew; those
// with formulas are left to be computed when the copy is opened. A workbook has
// no tracked changes: the change list alone tells what was changed.
func (b *workbook) replace(w io.Writer, list []Replacement) error {
	edits := map[*worksheet][]edit{}
	for len(list) > 0 {
		c := b.cellAt(list[0].From)
		n := 1
		for n < len(list) && list[n].From < c.at+len(c.text) {
			n++
		}
		edits[c.sheet] = append(edits[c.sheet], c.rewritten(list[:n]))
		list = list[n:]
	}
	changed := map[string][]byte{}
	for sheet, list := range edits {
		changed[sheet.part] = apply(sheet.raw, list)
	}
	if len(changed) > 0 && b.formulas {
		main, err := b.computedOnLoad()
		if err != nil {
			return err
		}
		changed[b.main] = main
	}
	out := zip.NewWriter(w)
	if _, err := b.packed.copy(out, changed); err != nil {
		return err
	}
	return out.Close()
}

// rewritten is the cell with passages replaced, or with the number that it is to
// hold instead.
func (c *cell) rewritten(list []Replacement) edit {
	if c.kind == inNumber {
		return edit{at: c.value.start, drop: c.value.end - c.value.start, text: list[0].stored}
	}
	return edit{at: c.from, drop: c.to - c.from, text: c.withText(replacedRuns(c.runs, c.at, list))}
}

// replacedRuns replaces passages of runs that begin at at. The new text takes
// the face of the first character of the old.
func replacedRuns(runs []textRun, at int, list []Replacement) []textRun {
	var out []textRun
	for _, r := range runs {
		end := at + len(r.text)
		var text strings.Builder
		kept := at // what of the run is written or gone
		for _, change := range list {
			from, to := max(change.From, at), min(change.To, end)
			if from >= to {
				continue
			}
			text.WriteString(r.text[kept-at : from-at])
			if change.From >= at {
				text.WriteString(change.With)
			}
			kept = to
		}
		text.WriteString(r.text[kept-at:])
		out = append(out, textRun{text.String(), r.rPr})
		at = end
	}
	return out
}

// withText writes the cell with a text of its own, in its style (18.3.1.53).
func (c *cell) withText(runs []textRun) string {
	x := c.sheet.prefix
	var b strings.Builder
	fmt.Fprintf(&b, `<%sc%s t="inlineStr"><%sis>`, x, attributes(c.tag.Attr, "t", "ph"), x)
	if len(runs) == 1 && runs[0].rPr == nil {
		b.WriteString(runs[0].element(x))
		runs = nil
	}
	for _, r := range runs {
		fmt.Fprintf(&b, `<%sr>`, x)
		if r.rPr != nil {
			fmt.Fprintf(&b, `<%srPr>%s</%srPr>`, x, r.face(x), x)
		}
		fmt.Fprintf(&b, `%s</%sr>`, r.element(x), x)
	}
	fmt.Fprintf(&b, `</%sis></%sc>`, x, x)
	return b.String()
}

func (t textRun) element(prefix string) string {
	return fmt.Sprintf(`<%st xml:space="preserve">%s</%st>`, prefix, cellText(t.text), prefix)
}

var codeLike = regexp.MustCompile(`^_x[0-9A-Fa-f]{4}_`)

// cellText escapes a text for a cell: what XML has no place for, and what would
// be read as an escape, as in 22.9.2.19.
func cellText(text string) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == '_' && codeLike.MatchString(text[i:]):
			b.WriteString("_x005F_")
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			fmt.Fprintf(&b, "_x%04X_", r)
		default:
			b.WriteString(escaped(string(r)))
		}
	}
	return b.String()
}

// beforeCalculation are the elements of a workbook's main part that stand before
// the one on calculation (18.2.27).
var beforeCalculation = []string{"sheets", "functionGroups", "externalReferences", "definedNames"}

// computedOnLoad is the main part, changed so that all formulas are computed
// when the workbook is opened.
func (b *workbook) computedOnLoad() ([]byte, error) {
	const onLoad = ` fullCalcOnLoad="1"`
	var calculation edit
	prefix, depth := "", 0
	err := walk(b.body, func(token xml.Token, from, to int) error {
		name := elementName(token)
		switch token := token.(type) {
		case xml.StartElement:
			if depth++; depth == 1 {
				before, _, _ := bytes.Cut(b.body[from+1:to], []byte(name))
				prefix = string(before)
			} else if depth == 2 && name == "calcPr" {
				calculation = edit{at: from, drop: to - from, text: "<" + prefix + name + attributes(token.Attr, "fullCalcOnLoad") + onLoad + ">"}
				if bytes.HasSuffix(b.body[from:to], []byte("/>")) {
					calculation.text = strings.TrimSuffix(calculation.text, ">") + "/>"
				}
			}
		case xml.EndElement:
			if depth--; depth == 1 && slices.Contains(beforeCalculation, name) {
				calculation = edit{at: to, text: "<" + prefix + "calcPr" + onLoad + "/>"}
			}
		}
		return nil
	})
	if err != nil {
		return nil, b.packed.unreadable(b.main)
	}
	return apply(b.body, []edit{calculation}), nil
}
