package appendix

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"workreport/charts"
	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/proof"
	"workreport/queries"
)

// TestDocumentsProve has the documents that break layouts and escapes read back:
// a false alarm would end a good run.
func TestDocumentsProve(t *testing.T) {
	themed := awkward()
	themed.Template = withTemplate(t).Template
	places := sample()
	places.Edition.Rounding = contract.Rounding{Policy: contract.HalfEven} // no places at all
	for i := range places.Tables {
		places.Tables[i].Rounding = places.Edition.Rounding
	}
	untabled := sample()
	untabled.Tables, untabled.Trend, untabled.Pictures, untabled.Claims = nil, nil, nil, nil
	side := long()
	side.Tables = append(side.Tables, compared(), folded())
	marked := hostile()
	marked.Tables[0].Record = record([]string{"sector", "filed", "replied", "money"},
		[]string{"<b>2021</b>&\"'\r\n]]>{{.}}\t1", "+1+1", "12345678901234567890"}, []int64{1, 2, 3}, []int64{1, 2, 3}, []int64{1, 2, 3})
	marked.Tables[0].Spec.Title, marked.Tables[0].Spec.Unit = "<i>&", "件"
	marked.Tables = marked.Tables[:1]
	for name, d := range map[string]Document{"sample": sample(), "hostile": hostile(), "marked": marked, "awkward": awkward(), "long": long(),
		"template": themed, "no places": places, "no tables": untabled, "years": side} {
		t.Run(name, func(t *testing.T) { proves(t, d, name == "marked" || name == "awkward") })
	}
}

// folded is a table of two columns that print sets in several.
func folded() figure.Table {
	var names []string
	var numbers []int64
	for i := range 62 {
		names, numbers = append(names, strings.Repeat("日", i)), append(numbers, int64(i)-1)
	}
	return figure.Table{Spec: queries.Table{ID: "folded", Title: "日历", Total: []string{"n"}, Columns: []queries.Column{
		{Name: "name", Title: "日期", Format: queries.Text}, {Name: "n", Title: "活动", Format: queries.Integer}}},
		Record: record([]string{"name", "n"}, names, numbers)}
}

// proves has the documents read back, and the pictures where they are drawn, which
// takes long.
func proves(t *testing.T, d Document, draw bool) {
	folder := t.TempDir()
	put := func(name string, content []byte) {
		path := filepath.Join(folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, content, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	want := proof.Want{Folder: "data/2021", Year: "data/2021", Figures: d.Figures, Tables: d.Tables, Loaded: map[string]int{"proposals": 1}}
	drawn := d.Tables
	if d.Trend != nil {
		want.Tables = append(drawn[:len(drawn):len(drawn)], *d.Trend)
		drawn = append(drawn[:len(drawn):len(drawn)], d.Trend.Highlighted())
	}
	list, err := charts.New(drawn)
	if err != nil {
		t.Fatal(err)
	}
	if draw {
		err = charts.Draw(context.Background(), list, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := charts.Page(&page, charts.PageData{Edition: d.Edition, Contract: d.Contract, Figures: d.Figures, Charts: list, Digest: "0"}); err != nil {
		t.Fatal(err)
	}
	put("charts.html", page.Bytes())
	for _, c := range list {
		if !draw {
			break
		}
		put("charts/"+c.Table.Spec.ID+".svg", c.SVG)
		put("charts/"+c.Table.Spec.ID+".png", c.PNG)
	}
	for _, form := range forms {
		put("appendix."+form.name, written(t, form.write, d))
	}
	p, err := proof.Check(context.Background(), folder, want)
	if err == nil {
		t.Fatal("the numbers are not there, and nothing was said")
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if strings.HasPrefix(line, "appendix.") || strings.HasPrefix(line, "charts.") || draw && strings.HasPrefix(line, "charts/") {
			t.Error(line)
		}
	}
	t.Logf("%d numbers", p.Numbers)
}
