package queries

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestEmbeddedQueries(t *testing.T) {
	set, err := Load(Embedded(), "queries")
	if err != nil {
		t.Fatal(err)
	}
	quoted, claims, charts := 0, 0, 0
	for _, f := range set.Figures {
		if len(f.Says) > 0 {
			quoted++
		}
		if f.Claim != "" {
			claims++
		}
		if f.Note == "" {
			t.Errorf("%s has no definition", f.ID)
		}
	}
	for _, c := range set.Checks {
		if c.Claim != "" {
			claims++
		}
	}
	for _, table := range set.Tables {
		if table.Chart != nil {
			charts++
		}
		if table.Note == "" || table.Records == "" {
			t.Errorf("%s has no definition or no records", table.ID)
		}
	}
	if quoted != 51 || claims != 16 || len(set.Tables) < 14 || charts < 12 {
		t.Errorf("%d quoted figures, %d claims, %d tables, %d charts", quoted, claims, len(set.Tables), charts)
	}
}

const goodFigure = `-- figure: things
-- title: 物
-- section: 一、甲/乙
-- order: 1
-- value: count(*)
-- unit: 件
-- says: 共{}件
-- note: 一行计一件，
--   空行不计。

SELECT * FROM things
`

const goodTable = `-- table: kinds
-- title: 各类
-- section: 一、甲/乙
-- order: 2
-- unit: 件
-- column: kind 类型 text
-- column: things 件数 integer 件
-- column: done 办结 integer 件
-- column: rate 办结率 ratio done/things
-- key: kind
-- total: things done
-- compare: last
-- chart: column kind things
-- note: 按类型。
-- records: SELECT kind,
--     done
--   FROM parts
-- counts: things
SELECT 1 FROM records
`

const goodCheck = `-- check: rule
-- title: 规则
-- order: 3
-- severity: reject
-- expect: 请改正
SELECT 1
`

func load(figure, table, check string) (Set, error) {
	return Load(fstest.MapFS{
		"figures/things.sql": {Data: []byte(figure)},
		"tables/kinds.sql":   {Data: []byte(table)},
		"checks/rule.sql":    {Data: []byte(check)},
	}, "q")
}

func TestHeader(t *testing.T) {
	set, err := load(goodFigure, goodTable, goodCheck)
	if err != nil {
		t.Fatal(err)
	}
	f := set.Figures[0]
	if f.Note != "一行计一件，空行不计。" || f.SQL != "SELECT * FROM things" || f.Line != 11 || f.ValueLine != 5 {
		t.Errorf("figure %+v", f)
	}
	table := set.Tables[0]
	if !table.Compare || table.Chart.Kind != "column" || table.Columns[3].Denominator != "things" || table.Line != 19 ||
		table.Records != "SELECT kind,\n  done\nFROM parts" || table.RecordsLine != 15 || len(table.Counts) != 1 {
		t.Errorf("table %+v", table)
	}
}

func TestFaultsNameFileAndLine(t *testing.T) {
	for _, c := range []struct{ in, from, to, want string }{
		{goodFigure, "-- note", "-- notes", "q/figures/things.sql:8: 不认识的键“notes:”"},
		{goodFigure, "-- unit: 件\n", "", "q/figures/things.sql:1: 文件头缺“-- unit: …”"},
		{goodFigure, "order: 1", "order: first", "q/figures/things.sql:4: “order:”应是整数"},
		{goodFigure, "-- title: 物", "-- title: 物\n-- title: 器", "q/figures/things.sql:3: “title:”写了两次"},
		{goodFigure, "共{}件", "共件", "q/figures/things.sql:7: “says:”里要有且只有一个 {}"},
		{goodFigure, "共{}件", "共{}条", "q/figures/things.sql:7: “says:”里 {} 后面应是单位“件”"},
		{goodFigure, "-- says: 共{}件\n", "", "q/figures/things.sql:1: “says:”"},
		{goodFigure, "-- unit: 件", "-- unit: 件\n-- quote: 余 15", "q/figures/things.sql:7: “quote:”"},
		{goodFigure, "-- unit: 件", "-- unit: 件\n-- quote: 约 10", "q/figures/things.sql:7: “quote:”"},
		{goodFigure, "-- unit: 件", "-- unit: 件\n这里", "q/figures/things.sql:1: “says:”"},
		{goodFigure, "-- unit: 件", "-- unit 件", "q/figures/things.sql:6: 文件头应是"},
		{goodFigure, "figure: things", "figure: thing", "q/figures/things.sql:1: 编号 thing 应与文件名一致"},
		{goodFigure, "-- figure:", "-- table:", "q/figures/things.sql:1: 第一行应是"},
		{goodFigure, "SELECT * FROM things", "", "缺查询正文"},
		{goodFigure, "SELECT * FROM things", "SELECT 1;\nDROP TABLE things", "q/figures/things.sql:11: 查询里不能有分号"},
		{goodFigure, "count(*)", "kinds_done / kinds_all", "q/figures/things.sql:11: 比率由两个数字相除"},
		{goodTable, "ratio done/things", "ratio done/all", "q/tables/kinds.sql:9: rate 用到的 \"all\""},
		{goodTable, "text", "words", "q/tables/kinds.sql:6: 列的格式"},
		{goodTable, "key: kind", "key: sort", "q/tables/kinds.sql:1: “key:”“total:”里的 sort"},
		{goodTable, "chart: column", "chart: pie", "q/tables/kinds.sql:13: “chart:”"},
		{goodTable, "chart: column kind things", "chart: column kind things rate", "q/tables/kinds.sql:13: 图用到的列 things 和 rate 单位不同"},
		{goodTable, "-- records: SELECT kind,\n--     done\n--   FROM parts\n", "", "q/tables/kinds.sql:1: 有图的表"},
		{goodTable, "SELECT 1 FROM records", "SELECT 1", "q/tables/kinds.sql:19: 查询正文应从 records"},
		{goodTable, "FROM parts", "FROM parts;", "q/tables/kinds.sql:15: 查询里不能有分号"},
		{goodTable, "counts: things", "counts: rate", "q/tables/kinds.sql:1: “counts:”里的 rate"},
		{goodTable, "compare: last", "compare: ever", "q/tables/kinds.sql:12: “compare:”"},
		{goodCheck, "reject", "fatal", "q/checks/rule.sql:4: “severity:”"},
	} {
		text := strings.Replace(c.in, c.from, c.to, 1)
		files := [3]string{goodFigure, goodTable, goodCheck}
		for i, good := range files {
			if good == c.in {
				files[i] = text
			}
		}
		_, err := load(files[0], files[1], files[2])
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v\nwant %s", c.to, err, c.want)
		}
	}
}

func TestOneIDOnce(t *testing.T) {
	table := strings.Replace(goodTable, "table: kinds", "table: things", 1)
	_, err := Load(fstest.MapFS{
		"figures/things.sql": {Data: []byte(goodFigure)},
		"tables/things.sql":  {Data: []byte(table)},
	}, "q")
	if err == nil || !strings.Contains(err.Error(), "q/tables/things.sql:1: things 已经在 q/figures/things.sql 里定义") {
		t.Errorf("got %v", err)
	}
}

func FuzzHeader(f *testing.F) {
	f.Add(goodFigure)
	f.Add(goodTable)
	f.Add("-- figure: things\n--   x\n-- quote:  \n")
	f.Fuzz(func(t *testing.T, text string) {
		set, err := Load(fstest.MapFS{"figures/things.sql": {Data: []byte(text)}}, "q")
		if err == nil && (len(set.Figures) != 1 || set.Figures[0].Title == "") {
			t.Errorf("%q was read as %+v", text, set)
		}
	})
}
