package charts

import (
	"strings"
	"testing"

	"workreport/pipeline/figure"
)

// compared makes a table with totals of this year and last.
func compared(t *testing.T, kind string) figure.Table {
	made := table(t, kind, texts("kind", "类别", "经济", "文化", "其他"), integers("n", "2021年立案", "6", "3", "1"), lastYear(integers("n_last", "2020年立案", "4", "2", "2")))
	return made
}

func TestSentence(t *testing.T) {
	kinds := texts("kind", "类别", "经济", "文化", "其他")
	stages := table(t, "column", texts("stage", "环节", "收到", "批示"), integers("n", "篇数", "365", ""))
	stages.Spec.Total = nil
	for want, made := range map[string]figure.Table{
		"立案合计10件，比上年增加2件、增长25%，其中经济最多，为6件，占60%。": compared(t, "column"),
		"件数合计12件，其中经济、其他并列最多，均为5件。":              table(t, "bar", kinds, integers("n", "件数", "5", "2", "5")),
		"件数合计0件。":               table(t, "bar", kinds, integers("n", "件数", "0", "0", "0")),
		"本年度没有记录。":              table(t, "bar", texts("kind", "类别"), integers("n", "件数")),
		"收到365件，批示没有数值。":        stages,
		"活动合计10件，其中3月5日最多，为9件。": table(t, "calendar", dates("day", "日期", "2021-03-05", "2021-11-30"), integers("n", "活动", "9", "1")),
		"资金合计4123.47万元，其中项目资金最多，为4123.46万元，占99.9998%。": table(t, "bar", texts("kind", "类别", "项目资金", "捐款"), money("amount", "资金", "41234567.89", "100")),
		"合计收到10件，立案6件，并案3件。": table(t, "stack", texts("kind", "类别", "经济", "文化"), integers("a", "收到", "5", "5"),
			integers("b", "立案", "4", "2"), integers("c", "并案", "1", "2")),
	} {
		if got := sentence(made); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// TestSentenceSaysLess: fewer than last year, and as many.
func TestSentenceSaysLess(t *testing.T) {
	kinds := texts("kind", "类别", "经济", "文化")
	fewer := table(t, "column", kinds, integers("n", "2021年立案", "3", "3"), lastYear(integers("n_last", "2020年立案", "4", "4")))
	if got := sentence(fewer); got != "立案合计6件，比上年减少2件、下降25%，其中经济、文化并列最多，均为3件。" {
		t.Error(got)
	}
	same := table(t, "column", kinds, integers("n", "2021年立案", "3", "3"), lastYear(integers("n_last", "2020年立案", "2", "4")))
	if got := sentence(same); !strings.HasPrefix(got, "立案合计6件，与上年持平，") {
		t.Error(got)
	}
}
