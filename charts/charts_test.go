package charts

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"workreport/pipeline/figure"
	"workreport/queries"
)

// TestEveryKindSaysWhatItsTableSays also holds that there is a builder for every kind.
func TestEveryKindSaysWhatItsTableSays(t *testing.T) {
	want := map[string][]string{
		"column":   {"2021年", "2020年", "经济建设", "生态文明建设", "其他", "86", "14", "80", "21", "7", "件"},
		"bar":      {"经济建设", "生态文明建设", "其他", "86", "14", "2021年（件）"},
		"line":     {"2021年", "2020年", "经济建设", "生态文明建设", "86", "14", "件"},
		"stack":    {"2021年", "平时", "86", "31", "14", "117", "23", "5"}, // 86+31, 14+9, 0+5
		"funnel":   {"经济建设　365件", "生态文明建设　211件", "其他　34件"},
		"calendar": {"1月", "12月", "日", "六", "1–2件", "9–10件"},
		"donut":    {"经济建设", "86件 81.9%", "14件 13.3%", "5件 4.8%", "合计", "105件"}, // of 105
	}
	var kinds []string
	for _, c := range drawn(t, samples(t)...) {
		kind := c.Table.Spec.Chart.Kind
		kinds = append(kinds, kind)
		said := svgTexts(c.SVG)
		for _, text := range want[kind] {
			if !slices.Contains(said, text) {
				t.Errorf("%s: %q is not written; there are %q", kind, text, said)
			}
		}
	}
	for _, kind := range queries.ChartKinds {
		if !slices.Contains(kinds, kind) {
			t.Errorf("no sample of %s", kind)
		}
	}
}

func svgTexts(svg []byte) []string {
	var texts []string
	for _, found := range regexp.MustCompile(`<text[^>]*>([^<]*)</text>`).FindAllSubmatch(svg, -1) {
		texts = append(texts, string(found[1]))
	}
	return texts
}

func TestNumbersAreThoseOfTheTable(t *testing.T) {
	// 41,234,567.89 元 is 4123.456789 万元, shown with two decimals; an empty cell is no nought.
	made := table(t, "column", texts("kind", "类别", "项目资金", "公益捐款"), money("amount", "资金", "41234567.89", ""))
	charts, err := New([]figure.Table{made})
	if err != nil {
		t.Fatal(err)
	}
	var option struct {
		Series []struct {
			Data []struct{ Value json.RawMessage }
		}
		YAxis []struct{ Name string }
	}
	if err := json.Unmarshal(charts[0].Option, &option); err != nil {
		t.Fatal(err)
	}
	data := option.Series[0].Data
	if got := string(data[0].Value) + " " + string(data[1].Value); got != `4123.46 "-"` {
		t.Errorf("values are %s", got)
	}
	if option.YAxis[0].Name != "资金（万元）" { // there is no legend to say 资金
		t.Errorf("unit is %q", option.YAxis[0].Name)
	}
}

func TestAltNamesHighestLowestAndTotal(t *testing.T) {
	charts, err := New(samples(t)[:1])
	if err != nil {
		t.Fatal(err)
	}
	want := "图1 样表。2021年：最高经济建设（86件），最低生态文明建设（14件），合计100件。" +
		"2020年：最高经济建设（80件），最低其他（7件），合计108件。"
	if charts[0].Alt != want {
		t.Errorf("got  %s\nwant %s", charts[0].Alt, want)
	}
}

func TestTablesWithoutChartAreLeftOut(t *testing.T) {
	tables := samples(t)[:3]
	tables[1].Spec.Chart = nil
	charts, err := New(tables)
	if err != nil || len(charts) != 2 || charts[1].Number != 2 || charts[1].Table.Spec.ID != "line_sample" {
		t.Errorf("got %d charts, %v", len(charts), err)
	}
}

func TestEmptyTableSaysSo(t *testing.T) {
	c := drawn(t, table(t, "calendar", dates("day", "日期"), integers("n", "活动")))[0]
	if !strings.Contains(string(c.SVG), noRecords) || !strings.Contains(c.Alt, noRecords) {
		t.Errorf("alt %q, picture %q", c.Alt, svgTexts(c.SVG))
	}
}

func TestRefusals(t *testing.T) {
	odd := table(t, "pyramid", texts("kind", "类别", "经济"), integers("n", "件数", "1"))
	mixed := table(t, "column", texts("kind", "类别", "经济"), integers("n", "件数", "1"), money("m", "金额", "1"))
	years := table(t, "calendar", dates("day", "日期", "2020-12-31", "2021-01-01"), integers("n", "活动", "1", "1"))
	for want, made := range map[string]figure.Table{
		"tables/sample.sql：没有“pyramid”这种图型，可用 column、bar、line、stack、funnel、calendar、donut": odd,
		"tables/sample.sql：列 n 和 m 单位不同，不能画在一条轴上":                                          mixed,
		"tables/sample.sql：日历图只画一个年份的日期，表里既有 2020 年的，又有 2021 年的":                           years,
	} {
		if _, err := New([]figure.Table{made}); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestLongNamesBecomeBars: twenty names of eight characters have no room below columns.
func TestLongNamesBecomeBars(t *testing.T) {
	var names, values []string
	for range 20 {
		names, values = append(names, "新的社会阶层人士"), append(values, "12")
	}
	c := drawn(t, table(t, "column", texts("sector", "界别", names...), integers("n", "2021年", values...)))[0]
	written := 0
	for _, text := range svgTexts(c.SVG) {
		if text == "新的社会阶层人士" {
			written++
		}
	}
	if written != 20 {
		t.Errorf("%d of 20 names are written whole", written)
	}
}

func TestRankedPutsEmptyLast(t *testing.T) {
	made := table(t, "bar", texts("k", "类别", "甲", "乙", "丙", "丁"), integers("n", "件数", "3", "", "9", "3"))
	if got := ranked(made, "n"); !slices.Equal(got, []int{2, 0, 3, 1}) {
		t.Errorf("got %v", got)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text   string
		width  int
		broken string
	}{
		{"经济", 28, "经济"},
		{"经济建设", 42, "经济\n建设"},       // even lines: 2 and 2, not 3 and 1
		{"2021年收到", 56, "2021年\n收到"}, // 2021 stays whole
		{"科技文、教育", 42, "科技\n文、教\n育"}, // no line begins with 、
		{"12月", 22, "12\n月"},
	} {
		if got := wrap(c.text, c.width, 14); got != c.broken {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.text, c.width, got, c.broken)
		}
	}
}
