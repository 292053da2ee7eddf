package appendix

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/queries"
)

// TestChangedDefinitionIsSaid: last year 216 by this year's definition, 204 by its own.
func TestChangedDefinitionIsSaid(t *testing.T) {
	d := sample()
	d.Figures[0].Then = &figure.Then{Value: big.NewRat(204, 1), Text: "204件", Note: "并案不计。"}
	g := contentOf(d).Figures[0].Grid
	cells := map[string]cell{}
	for j, c := range g.Columns {
		cells[c.Title] = g.Rows[1].Cells[j] // the first is a band
	}
	if last := cells["上年"]; last.Text != "216\n上年口径\n204" || last.Number.RatString() != "216" {
		t.Errorf("last year is %q, %v", last.Text, last.Number)
	}
	if want := "并案计入主案，不另计件。\n口径有变：上年的口径是：并案不计。上年按当年口径为204件。"; cells["定义与口径"].Text != want {
		t.Errorf("got %s", cells["定义与口径"].Text)
	}
	for _, form := range forms {
		if text := form.text(t, written(t, form.write, d)); !strings.Contains(text, "上年按当年口径为204件") {
			t.Errorf("%s does not say what the other definition gives", form.name)
		}
	}
}

// twoYears is a table of so many counts beside last year's: 3 and 5 of 甲 this
// year, 4 last year; of 乙 there was nothing last year.
func twoYears(counts int) figure.Table {
	t := figure.Table{Rounding: contract.Rounding{Policy: contract.HalfUp, PercentPlaces: 2},
		Spec: queries.Table{ID: "kinds", Title: "各类", Unit: "件", Compare: true, Columns: []queries.Column{{Name: "kind", Title: "类型", Format: queries.Text}}}}
	names, columns := []string{"kind"}, []any{[]string{"甲", "乙"}}
	for i := range counts {
		name := fmt.Sprint("n", i)
		t.Spec.Columns = append(t.Spec.Columns, queries.Column{Name: name, Title: "2021年件数", Format: queries.Integer},
			queries.Column{Name: name + "_last", Title: "2020年件数", Format: queries.Integer, Last: true})
		t.Spec.Total = append(t.Spec.Total, name, name+"_last")
		names, columns = append(names, name, name+"_last"), append(columns, []int64{3, 5}, []int64{4, -1})
	}
	t.Record = record(names, columns...)
	return t
}

// TestTablesSayTheChange: 3 - 4 = -1; nothing to compare with; in total 8 - 4 = +4.
func TestTablesSayTheChange(t *testing.T) {
	g := tableGrid(twoYears(1))
	var got []string
	for _, r := range g.Rows {
		got = append(got, r.Cells[len(r.Cells)-1].Text)
	}
	if last := g.Columns[len(g.Columns)-1]; last.Title != "件数增减" || !slices.Equal(got, []string{"-1", none, "+4"}) {
		t.Errorf("%s: %v", last.Title, got)
	}
	if x := g.Rows[2].Cells[3]; x.Number.RatString() != "4" || x.Format != "+0;-0;0" {
		t.Errorf("the workbook has %v as %s", x.Number, x.Format)
	}
	// Seven counts of two years fill a landscape page.
	g = tableGrid(twoYears(7))
	if len(g.Columns) != 15 || !slices.ContainsFunc(g.Notes, func(n string) bool { return strings.HasPrefix(n, "合计比上年增减：件数+4，件数+4") }) {
		t.Errorf("%d columns, notes %q", len(g.Columns), g.Notes)
	}
}

func TestTrendIsListedByPart(t *testing.T) {
	c := contentOf(sample())
	chapter := c.Chapters()[0]
	var titles []string
	for _, s := range chapter.Sections {
		titles = append(titles, s.Title)
	}
	if got := strings.Join(titles, " "); got != "（一）民生福祉 （二）近三年主要数字 （三）隐含论断" {
		t.Errorf("sections are %s", got)
	}
	g := chapter.Sections[1].Grid
	if g.Rows[0].Band != "民生福祉" || g.Rows[1].Cells[0].Text != "立案提案" || g.Rows[2].Cells[4].Text != "100%" || len(g.Rows) != 3 {
		t.Errorf("rows are %+v", g.Rows)
	}
	d := sample()
	d.Trend = nil
	if c := contentOf(d); len(c.Trend) > 0 || len(c.Chapters()[0].Sections) != 2 {
		t.Error("there is a trend where there is none")
	}
}
