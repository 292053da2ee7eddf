package queries

import (
	"strings"
	"testing"
	"testing/fstest"
)

const doneFigure = `-- figure: done
-- title: 办结
-- section: 一、甲/乙
-- order: 3
-- value: count(*)
-- unit: 件
-- says: 办结{}件
SELECT * FROM of_year WHERE done = '是'
`

const rateFigure = `-- figure: rate
-- title: 办结率
-- section: 一、甲/乙
-- order: 4
-- value: done / things
-- unit: %
-- says: 办结率{}%
`

const viewFile = "-- view: of_year\n-- title: 全年的\nSELECT * FROM things WHERE day >= DATE '2021-01-01'\n"

func base(t *testing.T) Set {
	t.Helper()
	set, err := Load(fstest.MapFS{
		"figures/things.sql": {Data: []byte(goodFigure)}, "figures/done.sql": {Data: []byte(doneFigure)},
		"figures/rate.sql": {Data: []byte(rateFigure)}, "tables/kinds.sql": {Data: []byte(goodTable)},
		"views/of_year.sql": {Data: []byte(viewFile)},
	}, "q")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestOtherwise changes one file of a year's own folder and says which figures
// and tables that makes others, and what their ratios are made of.
func TestOtherwise(t *testing.T) {
	for _, c := range []struct{ name, file, from, to, want string }{
		{"the same", "", "", "", ""},
		{"a title", "figures/things.sql", "title: 物", "title: 物件", ""},
		{"a note", "figures/things.sql", "空行不计", "空行也计", ""},
		{"a wording", "figures/things.sql", "共{}件", "合计{}件", ""},
		{"blanks, letters and a comment", "figures/done.sql", "SELECT * FROM of_year WHERE done = '是'", "select *  -- 全部\n\tfrom of_year\nwhere done='是'", ""},
		{"blanks inside a text", "figures/done.sql", "'是'", "'是 '", "done rate +things"},
		{"the value", "figures/things.sql", "count(*)", "count(DISTINCT no)", "things rate +done"},
		{"the rows", "figures/things.sql", "FROM things", "FROM things WHERE no > 0", "things rate +done"},
		{"a view", "views/of_year.sql", "2021-01-01", "2021-05-01", "done rate +things"},
		{"the parts of a ratio", "figures/rate.sql", "done / things", "things / done", "rate +things +done"},
		{"a table", "tables/kinds.sql", "SELECT 1", "SELECT 2", "kinds"},
		{"a ratio in a table", "tables/kinds.sql", "ratio done/things", "ratio things/done", "kinds"},
		{"the chart of a table", "tables/kinds.sql", "chart: column", "chart: bar", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{"figures/things.sql": goodFigure, "figures/done.sql": doneFigure, "figures/rate.sql": rateFigure,
				"tables/kinds.sql": goodTable, "views/of_year.sql": viewFile}
			own := fstest.MapFS{}
			if c.file != "" {
				text := strings.Replace(files[c.file], c.from, c.to, 1)
				if text == files[c.file] {
					t.Fatalf("%s has no %q", c.file, c.from)
				}
				own[c.file] = &fstest.MapFile{Data: []byte(text)}
			}
			laid, err := base(t).Overlay(own, "2020/queries")
			if err != nil {
				t.Fatal(err)
			}
			changes := base(t).Otherwise(laid)
			var got []string
			for _, f := range changes.Figures {
				got = append(got, f.ID)
			}
			for _, f := range changes.Parts {
				got = append(got, "+"+f.ID)
			}
			for _, table := range changes.Tables {
				got = append(got, table.ID)
			}
			if said := strings.Join(got, " "); said != c.want {
				t.Errorf("got %q, want %q", said, c.want)
			}
		})
	}
}

func TestOverlay(t *testing.T) {
	another := strings.NewReplacer("figure: things", "figure: others", "共{}件", "另有{}件").Replace(goodFigure)
	laid, err := base(t).Overlay(fstest.MapFS{"figures/others.sql": {Data: []byte(another)}}, "2020/queries")
	if _, ok := laid.Figure("others"); err != nil || !ok || len(laid.Figures) != 4 || len(laid.Views) != 1 {
		t.Errorf("got %d figures, %v", len(laid.Figures), err)
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"a mistake":           {"figures/things.sql", strings.Replace(goodFigure, "-- note", "-- notes", 1), "2020/queries/figures/things.sql:8: 不认识的键"},
		"a ratio of nothing":  {"figures/rate.sql", strings.Replace(rateFigure, "done / things", "done / gone", 1), "2020/queries/figures/rate.sql:5: 比率引用的数字 gone"},
		"another kind":        {"tables/things.sql", strings.Replace(goodTable, "table: kinds", "table: things", 1), "things 已经在"},
		"in the wrong folder": {"figure/things.sql", goodFigure, "2020/queries/figure/things.sql:1: 放错了地方"},
		"in no folder":        {"things.sql", goodFigure, "2020/queries/things.sql:1: 放错了地方"},
		"too deep":            {"figures/old/things.sql", goodFigure, "2020/queries/figures/old/things.sql:1: 放错了地方"},
		"in capitals":         {"figures/things.SQL", goodFigure, "2020/queries/figures/things.SQL:1: 放错了地方"},
		"the program's own":   {"tables/trends.sql", strings.Replace(goodTable, "table: kinds", "table: trends", 1), "2020/queries/tables/trends.sql:1: trends 是程序自己的"},
	} {
		_, err := base(t).Overlay(fstest.MapFS{c.file: {Data: []byte(c.text)}}, "2020/queries")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v\nwant %s", name, err, c.want)
		}
	}
}
