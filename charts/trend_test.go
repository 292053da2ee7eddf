package charts

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"testing"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/queries"
)

// trendTable has so many years of a count, a percentage, a sum and a rank; the
// rank is not known of the first.
func trendTable(years int) figure.Table {
	f := func(title, unit, hedge string, value *big.Rat) figure.Figure {
		return figure.Figure{Value: value, Spec: queries.Figure{ID: title, Title: title, Unit: unit, Says: []string{"{}"}, Quote: queries.Quote{Hedge: hedge}}}
	}
	var all [][]figure.Figure
	for i := range years {
		n := int64(i)
		rank := big.NewRat(5-n, 1)
		if i == 0 {
			rank = nil
		}
		all = append(all, []figure.Figure{f("立案提案", "件", "", big.NewRat(200+n, 1)), f("办复率", "%", "", big.NewRat(200+n, 3)),
			f("协调落实项目资金", "万元", "余", big.NewRat(438652+n, 100)), f("全市招商引资指标名次", "位", "rank", rank)})
	}
	return figure.Trend(2022-years, all, contract.Rounding{Policy: contract.HalfUp, PercentPlaces: 2})
}

// TestTrendWritesEveryValue: 200/3 % is 66.67 %.
func TestTrendWritesEveryValue(t *testing.T) {
	c := drawn(t, trendTable(3))[0]
	said := svgTexts(c.SVG)
	for _, text := range []string{"立案提案（件）", "办复率", "协调落实项目资金（万元）", "全市招商引资指标名次", "2019", "2020", "2021",
		"200", "201", "202", "66.67%", "67%", "67.33%", "4386.52", "4386.53", "4386.54", "第4位", "第3位"} {
		if !slices.Contains(said, text) {
			t.Errorf("%q is not written; there are %q", text, said)
		}
	}
	want := "图1 近三年主要数字。立案提案（件）：2019年200，2020年201，2021年202。办复率：2019年66.67%，2020年67%，2021年67.33%。" +
		"协调落实项目资金（万元）：2019年4386.52，2020年4386.53，2021年4386.54。全市招商引资指标名次：2020年第4位，2021年第3位。"
	if c.Alt != want {
		t.Errorf("got  %s\nwant %s", c.Alt, want)
	}
}

// TestTrendLeavesValuesTheirRoom: five years of seven characters each want more
// room than three panels beside one another leave, and the first place is at the top.
func TestTrendLeavesValuesTheirRoom(t *testing.T) {
	for _, c := range []struct{ years, width, across int }{{3, pageWidth, 3}, {5, pageWidth, 2}, {3, phoneWidth, 1}, {5, phoneWidth, 1}} {
		if got := panelsAcross(trendTable(c.years), c.width); got != c.across {
			t.Errorf("%d years on %d pixels: %d panels, want %d", c.years, c.width, got, c.across)
		}
	}
	var o struct {
		YAxis []struct {
			Inverse bool
			Min     json.RawMessage
			Max     json.RawMessage
		}
		Series []struct {
			Type string
			Data []struct{ Value json.RawMessage }
		}
	}
	charts, err := New([]figure.Table{trendTable(3)})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(charts[0].Option, &o); err != nil {
		t.Fatal(err)
	}
	if o.YAxis[0].Inverse || string(o.YAxis[0].Min) != "0" || o.Series[0].Type != "bar" {
		t.Errorf("columns do not begin at nought: %+v", o.YAxis[0])
	}
	if y := o.YAxis[3]; !y.Inverse || string(y.Max) != "5" || o.Series[3].Type != "line" || string(o.Series[3].Data[0].Value) != `"-"` {
		t.Errorf("a rank is drawn as %+v, %+v", y, o.Series[3])
	}
}

func TestTrendOnThePage(t *testing.T) {
	made := drawn(t, append(samples(t)[:1], trendTable(3))...)
	var b strings.Builder
	if err := Page(&b, PageData{Charts: made}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"图2　近三年主要数字", "历年比较", "<th scope=\"col\" class=\"number\">2021年</th>",
		"<td>件</td><td class=\"number\">200</td>", "<td>位</td><td class=\"number\">—</td><td class=\"number\">第4位</td>"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestChangeSaysTheOtherDefinition(t *testing.T) {
	then := &figure.Then{Value: big.NewRat(198, 1), Text: "198件"}
	for want, f := range map[string]figure.Figure{
		"较上年 +12件（+5.6%）": {ChangeText: "+12", ChangeRateText: "+5.6%"},
		"较上年 +12件（+5.6%；口径有变：上年按当年口径为198件）": {ChangeText: "+12", ChangeRateText: "+5.6%", Then: then},
		"与上年持平（口径有变：上年按当年口径为198件）":          {ChangeText: "持平", ChangeRateText: "0%", Then: then},
		"（口径有变：上年按当年口径没有数）":                 {Then: &figure.Then{}},
		"": {},
	} {
		f.Spec.Unit = "件"
		if got := change(f); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
