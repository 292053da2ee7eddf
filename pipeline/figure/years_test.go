package figure

import (
	"bytes"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"workreport/pipeline/contract"
	"workreport/queries"
)

var twoPlaces = contract.Rounding{Policy: contract.HalfUp, PercentPlaces: 2}

// yearly is a figure of one year; "" is no value.
func yearly(id, unit, hedge, value string) Figure {
	f := Figure{Spec: queries.Figure{ID: id, Title: id, Unit: unit, Says: []string{"{}" + unit}, Quote: queries.Quote{Hedge: hedge}}}
	if value != "" {
		f.Value, _ = new(big.Rat).SetString(value)
	}
	return f
}

// TestTrendWritesEachRowAsItsFigure: 20/30 is 66.67 %, kept exact; 第3位 is a rank;
// 4386.521 万元 has all its places; a year without a value is empty.
func TestTrendWritesEachRowAsItsFigure(t *testing.T) {
	year := func(filed, rate, rank, funds string) []Figure {
		basis := yearly("basis", "件", "", "1")
		basis.Spec.Says, basis.Spec.Basis = nil, "不引用"
		return []Figure{yearly("filed", "件", "", filed), basis, yearly("rate", "%", "", rate), yearly("rank", "位", "rank", rank), yearly("funds", "万元", "余", funds)}
	}
	trend := Trend(2019, [][]Figure{year("7", "200/3", "3", "4386.521"), year("", "100", "1", "0"), year("9", "99999/1000", "", "12.5")}, twoPlaces)
	if trend.Spec.Title != "近三年主要数字" || trend.Spec.ID != queries.TrendID {
		t.Errorf("%s %s", trend.Spec.ID, trend.Spec.Title)
	}
	var got []string
	for row := range trend.Len() {
		var cells []string
		for _, c := range trend.Spec.Columns {
			cells = append(cells, trend.Shown(row, c.Name))
			if text := trend.Text(row, c.Name); text != trend.Shown(row, c.Name) {
				t.Errorf("the file says %q, the page %q", text, trend.Shown(row, c.Name))
			}
		}
		got = append(got, strings.Join(cells, " "))
	}
	want := "filed 件 7  9|rate % 66.67% 100% 99.999%|rank 位 第3位 第1位 |funds 万元 4386.521 0 12.5"
	if said := strings.Join(got, "|"); said != want {
		t.Errorf("got  %s\nwant %s", said, want)
	}
	if x, ok := trend.Number(1, "y2019"); !ok || x.Cmp(big.NewRat(2, 3)) != 0 {
		t.Errorf("200/3 %% is kept as %v", x)
	}
	if _, ok := trend.Number(0, "y2020"); ok {
		t.Error("no value is a number")
	}
}

func TestHighlightedTrend(t *testing.T) {
	var years [][]Figure
	for range 3 {
		var all []Figure
		for i := range 14 {
			f := yearly(fmt.Sprint("f", i), "件", "", fmt.Sprint(i))
			if i == 2 {
				f.Value = nil
			}
			all = append(all, f)
		}
		years = append(years, all)
	}
	ids := func(table Table) (text string) {
		for row := range table.Len() {
			text += table.Shown(row, "figure") + " "
		}
		return text
	}
	if got := ids(Trend(2019, years, twoPlaces).Highlighted()); got != "f0 f1 f3 f4 f5 f6 f7 f8 f9 f10 " { // f2 has no value
		t.Errorf("got %s", got)
	}
	years[2][13].Spec.Highlight, years[2][5].Spec.Highlight = true, true
	if got := ids(Trend(2019, years, twoPlaces).Highlighted()); got != "f5 f13 " {
		t.Errorf("got %s", got)
	}
}

// TestCatalogueKeepsLastYearsOwnValue writes and reads both values of last year.
func TestCatalogueKeepsLastYearsOwnValue(t *testing.T) {
	f := yearly("filed", "件", "", "228")
	f.Last, f.Then = big.NewRat(206, 1), &Then{Spec: queries.Figure{Unit: "件"}, Value: big.NewRat(593, 3)}
	var b bytes.Buffer
	if err := (Catalogue{Year: 2021, Rounding: twoPlaces, Figures: []Figure{f, yearly("same", "件", "", "1")}}).WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	c, err := ReadCatalogue(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Figures[0]; got.Last.RatString() != "206" || got.Then.Value.RatString() != "593/3" || got.Then.Spec.Unit != "件" {
		t.Errorf("got %v, then %+v", got.Last, got.Then)
	}
	if c.Figures[1].Then != nil {
		t.Error("a figure whose definition is the same has another value")
	}
}
