package charts

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
	"workreport/queries"
)

// sentence says what a chart shows: of each series the total with its change on
// last year, and the greatest value, or of many series the totals alone; of a
// few values that may not be added up, all of them. Every number is the table's.
func sentence(t figure.Table) string {
	if t.Len() == 0 {
		return noRecords + "。"
	}
	const few = 2
	var said, totals []string
	for _, y := range t.Spec.Chart.Y {
		said = append(said, ofSeries(t, y))
		if total := t.TotalShown(y); total != "" {
			totals = append(totals, seriesName(t, y)+withUnit(t, total, y))
		}
	}
	if len(said) > few && len(totals) == len(said) {
		return "合计" + strings.Join(totals, "，") + "。"
	}
	return strings.Join(said, "；") + "。"
}

// seriesName is the title of a column without its year.
func seriesName(t figure.Table, column string) string {
	if over, _ := t.Heading(column); over != "" {
		return over
	}
	return t.Column(column).Title
}

func ofSeries(t figure.Table, column string) string {
	name := seriesName(t, column)
	total, ok := t.Total(column)
	const few = 6
	switch {
	case unit(t, column) == "%" || !ok && t.Len() > few:
		return name + greatest(t, column, nil)
	case !ok:
		var all []string
		for row := range t.Len() {
			value := "没有数值"
			if text := t.Shown(row, column); text != "" {
				value = withUnit(t, text, column)
			}
			all = append(all, category(t, row)+value)
		}
		return strings.Join(all, "，")
	}
	text := name + "合计" + withUnit(t, t.TotalShown(column), column) + onLastYear(t, column, total)
	if total.Sign() == 0 {
		return text
	}
	if t.Spec.Chart.Kind == "calendar" {
		total = nil // the share of one day says nothing
	}
	return text + "，其中" + greatest(t, column, total)
}

// onLastYear is how a total stands to last year's, "" where the table has none.
func onLastYear(t figure.Table, column string, total *big.Rat) string {
	if !hasLast(t, column) {
		return ""
	}
	before, ok := t.Total(column + "_last")
	if !ok {
		return ""
	}
	difference := new(big.Rat).Sub(total, before)
	verb, rateVerb := "增加", "增长"
	switch difference.Sign() {
	case 0:
		return "，与上年持平"
	case -1:
		verb, rateVerb = "减少", "下降"
	}
	difference.Abs(difference)
	text := quote.Exact(difference, t.Rounding.Policy)
	if t.Column(column).Format == queries.Money {
		text = t.MoneyShown(difference)
	}
	said := "，比上年" + verb + withUnit(t, text, column)
	if rate := quote.ChangeRate(total, before, unit(t, column), t.Rounding); rate != "" {
		said += "、" + rateVerb + strings.TrimLeft(rate, "+-")
	}
	return said
}

func hasLast(t figure.Table, column string) bool {
	for _, c := range t.Spec.Columns {
		if c.Last && c.Name == column+"_last" {
			return true
		}
	}
	return false
}

// greatest names the rows with the greatest value, and their share of the total if one is given.
func greatest(t figure.Table, column string, total *big.Rat) string {
	row, _, ok := extremes(t, column)
	if !ok {
		return "没有数值"
	}
	most, _ := t.Number(row, column)
	var names []string
	for other := range t.Len() {
		if x, filled := t.Number(other, column); filled && x.Cmp(most) == 0 {
			names = append(names, category(t, other))
		}
	}
	value := withUnit(t, t.Shown(row, column), column)
	highest := "最多"
	if unit(t, column) == "%" {
		highest = "最高"
	}
	const named = 3
	switch {
	case len(names) > named:
		return names[0] + "等" + strconv.Itoa(len(names)) + "项并列" + highest + "，均为" + value
	case len(names) > 1:
		return strings.Join(names, "、") + "并列" + highest + "，均为" + value
	}
	text := names[0] + highest + "，为" + value
	if total != nil && t.Len() > 1 {
		text += "，占" + quote.Percent(new(big.Rat).Quo(most, total), t.Rounding)
	}
	return text
}

// category is the text of a row's category; a day as documents write it.
func category(t figure.Table, row int) string {
	text := t.Shown(row, t.Spec.Chart.X)
	if t.Column(t.Spec.Chart.X).Format != queries.Date {
		return text
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return day.Format("1月2日")
}
