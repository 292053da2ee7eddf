package charts

import (
	"bytes"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
	"workreport/queries"
)

const hostile = `</script><script>alert("x")</script><img src=x onerror=alert(1)>`

func samplePage(t *testing.T) []byte {
	t.Helper()
	tables := append(samples(t), table(t, "column", texts("kind", hostile, hostile, "{b}"), integers("n", hostile, "3", "4")))
	tables[7].Spec.Title, tables[7].Spec.Section, tables[7].Spec.Note = hostile, hostile, hostile
	tables[7].Records = table(t, "", texts("kind", "", hostile, "{b}"), texts("title", "", hostile, "乙"), texts("name", "", "某人", "某人"),
		texts("_file", "", "p.csv", "p.csv"), texts("_sheet", "", "", ""), integers("_row", "", "2", "3")).Record
	tables[7].AllRecords = 2
	data := PageData{
		Edition: contract.Edition{Year: 2021, Organisation: "政协泽州县委员会", Session: "七届二次会议", Status: "草案", Notice: "虚构样例"},
		Contract: contract.Contract{Sets: []contract.Set{{Name: "proposals", Title: "提案", Fields: []contract.Field{
			{Name: "title", Title: "案由"}, {Name: "name", Title: "姓名", Private: true}}}}},
		Figures: []figure.Figure{{Spec: queries.Figure{ID: "filed", Title: "立案提案", Unit: "件", Highlight: true}, Quoted: "228件", ChangeText: "+12", ChangeRateText: "+5.6%"},
			{Spec: queries.Figure{ID: "rate", Title: "办复率", Unit: "%", Highlight: true}, Quoted: "100%", ChangeText: "+0.5个百分点"}},
		Charts: drawn(t, tables...),
		Checks: []figure.Check{{Spec: queries.Check{Title: "收到与处理一致", Expect: "每件都有处理"}, Violations: tables[0].Record},
			{Spec: queries.Check{Title: "编号不重"}, Violations: tables[0].Record.NewSlice(0, 0)}},
	}
	var page bytes.Buffer
	if err := Page(&page, data); err != nil {
		t.Fatal(err)
	}
	return page.Bytes()
}

func TestPage(t *testing.T) {
	page := samplePage(t)
	// Everything before ECharts itself, which holds addresses in its licence and messages.
	text := string(page[:bytes.Index(page, []byte(echarts))])
	for _, want := range []string{"政协泽州县委员会", "草案", "虚构样例", "图1　样表", "单位：件", "口径：并案计入主案，不另计件。",
		"来源：提案", "<details", "记录（2条）", `"columns":["文件","表","行","案由"]`, `["p.csv","","3","乙"]`, "<tfoot><tr><th scope=\"row\">合计</th><td class=\"number\">100</td>", ">三、民生福祉</h2>\n<h3>提案信息</h3>",
		"<strong>228件</strong> <span class=\"change\">较上年 &#43;12件（&#43;5.6%）</span>", "较上年 &#43;0.5个百分点<", "有1项数据核对未通过", "<td>每件都有处理</td><td><strong>3条不符</strong></td>", "<td>通过</td>"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing", want)
		}
	}
	for _, raw := range []string{"<script>alert", "<img", "onerror=alert(1)>", "某人", "姓名"} {
		if strings.Contains(text, raw) {
			t.Errorf("the page holds %s", raw)
		}
	}
	for _, address := range regexp.MustCompile(`[a-z:]*="?https?://[^" >]*`).FindAllString(text, -1) {
		if !strings.HasPrefix(address, "xmlns") {
			t.Errorf("the page refers to %s", address)
		}
	}
	if found := regexp.MustCompile(`(?i)<link|<iframe|url\(["']?[^#]|\bsrc="|@import`).FindString(text); found != "" {
		t.Errorf("the page holds %s", found)
	}
	ids := map[string]bool{}
	for _, id := range regexp.MustCompile(`\bid="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		if ids[id[1]] {
			t.Errorf("two elements have the id %s", id[1])
		}
		ids[id[1]] = true
	}
	for _, ref := range regexp.MustCompile(`(?:url\(#|href="#)([^")]*)`).FindAllStringSubmatch(text, -1) {
		if !ids[ref[1]] {
			t.Errorf("nothing has the id %s", ref[1])
		}
	}
}

func TestPageTwiceTheSameBytes(t *testing.T) {
	if !bytes.Equal(samplePage(t), samplePage(t)) {
		t.Error("the pages differ")
	}
}

// The cards are fed what quote writes, so that no unit is said twice.
func TestChangeSaysItsUnitOnce(t *testing.T) {
	rounding := contract.Rounding{Policy: contract.HalfUp, PercentPlaces: 2}
	for _, c := range []struct {
		value, last int64
		unit, want  string
	}{
		{1, 3, "位", "较上年 上升2位"},
		{100, 99, "%", "较上年 +1个百分点"},
		{228, 206, "件", "较上年 +22件（+10.68%）"},
		{15, 15, "次", "与上年持平"},
	} {
		value, last := big.NewRat(c.value, 1), big.NewRat(c.last, 1)
		f := figure.Figure{Spec: queries.Figure{Unit: c.unit},
			ChangeText: quote.Change(value, last, c.unit, rounding), ChangeRateText: quote.ChangeRate(value, last, c.unit, rounding)}
		if got := change(f); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
