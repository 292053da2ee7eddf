package charts

import (
	"fmt"
	"strings"

	"workreport/pipeline/figure"
)

// noRecords stands where a chart would, when its table is empty.
const noRecords = "本年度没有记录"

// alt says in words what a chart shows: for each series the greatest value, the
// least, and the total where there is one.
func alt(c Chart) string {
	t := c.Table
	head := fmt.Sprintf("图%d %s。", c.Number, c.Title())
	if t.Len() == 0 {
		return head + noRecords + "。"
	}
	if t.Courses != nil {
		return head + courses(t)
	}
	all := seriesOf(t)
	for _, s := range all {
		most, least, ok := extremes(t, s.column)
		if !ok {
			continue
		}
		if len(all) > 1 {
			head += s.name + "："
		}
		facts := []string{"最高" + place(t, most, s.column), "最低" + place(t, least, s.column)}
		if total := t.TotalShown(s.column); total != "" {
			facts = append(facts, "合计"+withUnit(t, total, s.column))
		}
		head += strings.Join(facts, "，") + "。"
	}
	return head
}

// courses says each figure of a trend year by year.
func courses(t figure.Table) string {
	var said strings.Builder
	for row := range t.Len() {
		var years []string
		for _, year := range t.Spec.Chart.Y {
			if text := t.Shown(row, year); text != "" {
				years = append(years, t.Column(year).Title+text)
			}
		}
		spec := t.Courses[row].Spec
		fmt.Fprintf(&said, "%s：%s。", withUnitOf(spec.Title, countUnit(spec)), strings.Join(years, "，"))
	}
	return said.String()
}

func place(t figure.Table, row int, column string) string {
	return t.Shown(row, t.Spec.Chart.X) + "（" + withUnit(t, t.Shown(row, column), column) + "）"
}

func withUnit(t figure.Table, text, column string) string {
	return strings.TrimSuffix(text, "%") + unit(t, column)
}

// extremes are the first rows with the greatest and the least value.
func extremes(t figure.Table, column string) (most, least int, ok bool) {
	for row := range t.Len() {
		x, filled := t.Number(row, column)
		if !filled {
			continue
		}
		if !ok {
			most, least, ok = row, row, true
		}
		if greatest, _ := t.Number(most, column); x.Cmp(greatest) > 0 {
			most = row
		}
		if smallest, _ := t.Number(least, column); x.Cmp(smallest) < 0 {
			least = row
		}
	}
	return most, least, ok
}
