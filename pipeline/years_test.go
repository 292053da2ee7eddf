package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/queries"
)

// proposals are so many filed, of which so many were answered, so many merged
// into the first, and so many refused.
func proposals(year, filed, replied, merged, refused int) map[string]string {
	var rows, units strings.Builder
	rows.WriteString("届次,案号,时段,案由,提案者类型,类别,收到日期,审查结果,审查日期,并入案号,交办日期,答复日期\n")
	units.WriteString("届次,案号,承办单位,角色,答复日期\n")
	for i := range filed + merged + refused {
		row := fmt.Sprintf("七届一次,%03d,会议,案由,委员个人,经济,%d-05-12,%%s,%d-05-14,%%s", i+1, year, year)
		switch {
		case i < replied:
			fmt.Fprintf(&rows, row+"\n", "立案", fmt.Sprintf(",%d-06-01,%d-08-01", year, year))
			fmt.Fprintf(&units, "七届一次,%03d,县教育局,主办,%d-08-01\n", i+1, year)
		case i < filed:
			fmt.Fprintf(&rows, row+"\n", "立案", fmt.Sprintf(",%d-06-01,", year))
			fmt.Fprintf(&units, "七届一次,%03d,县教育局,主办,\n", i+1)
		case i < filed+merged:
			fmt.Fprintf(&rows, row+"\n", "并案", "001,,")
		default:
			fmt.Fprintf(&rows, row+"\n", "不立案", ",,")
		}
	}
	return map[string]string{"proposals.csv": rows.String(), "proposal_units.csv": units.String(), "units.csv": "名称,类型\n县教育局,承办单位\n"}
}

// query is a query file of the program with a text replaced.
func query(t *testing.T, name, from, to string) string {
	t.Helper()
	text, err := os.ReadFile("../queries/" + name)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(text), from, to)
	if changed == string(text) {
		t.Fatalf("%s has no %q", name, from)
	}
	return changed
}

func withOwn(files map[string]string, name, text string) map[string]string {
	files["queries/"+name] = text
	return files
}

// proposalsOnly is the data folder of an office that keeps records of proposals
// alone, with the program's definitions of the figures on them.
func proposalsOnly(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"data/contract/proposals.json", "data/contract/proposal_units.json", "data/contract/units.json",
		"queries/figures/proposals_filed.sql", "queries/figures/proposals_replied.sql", "queries/figures/proposal_reply_rate.sql"} {
		text, err := os.ReadFile("../" + name)
		path := filepath.Join(folder, strings.TrimPrefix(name, "data/"))
		if err := errors.Join(err, os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, text, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func compute(t *testing.T, folder string) (*Year, *Year) {
	t.Helper()
	d, err := LoadDefinitions(folder, "")
	if err != nil {
		t.Fatal(err)
	}
	year, last, err := Compute(context.Background(), d, folder, 2021)
	if err != nil {
		t.Fatal(err)
	}
	return year, last
}

func figureOf(t *testing.T, y *Year, id string) figure.Figure {
	t.Helper()
	at := slices.IndexFunc(y.Figures, func(f figure.Figure) bool { return f.Spec.ID == id })
	if at < 0 {
		t.Fatalf("no figure %s", id)
	}
	return y.Figures[at]
}

// TestLastYearCountedOtherwise: in 2020, 3 filed, 2 of them answered, 1 merged, 1
// refused; in 2021, 4 filed, 4 answered. 2020 counted what was merged as filed:
//
//	filed 2021               4
//	filed 2020, as in 2021   3, so the change is 4 - 3 = +1, of 3: +33.33 %
//	filed 2020, as then      3 + 1 = 4
//	rate 2020, as in 2021    2 / 3 = 66.67 %; as then 2 / 4 = 50 %
//	replied                  2, by both
func TestLastYearCountedOtherwise(t *testing.T) {
	folder := proposalsOnly(t)
	addYear(t, folder, 2021, proposals(2021, 4, 4, 0, 1))
	own := query(t, "figures/proposals_filed.sql", "review_result = '立案'", "review_result IN ('立案', '并案')")
	own = strings.Replace(own, "-- note: ", "-- note: 立案和并案都计入。", 1)
	addYear(t, folder, 2020, withOwn(proposals(2020, 3, 2, 1, 1), "figures/proposals_filed.sql", own))
	year, last := compute(t, folder)

	filed := figureOf(t, year, "proposals_filed")
	if got := fmt.Sprint(filed.ValueText, " ", filed.LastText, " ", filed.ChangeText, " ", filed.ChangeRateText); got != "4 3 +1 +33.33%" {
		t.Errorf("filed: %s", got)
	}
	if filed.Then == nil || filed.Then.Text != "4件" || !strings.HasPrefix(filed.Then.Note, "立案和并案都计入。") {
		t.Errorf("filed then: %+v", filed.Then)
	}
	if rate := figureOf(t, year, "proposal_reply_rate"); rate.LastText != "66.666667" || rate.Then == nil || rate.Then.Text != "50%" ||
		!strings.HasPrefix(rate.Then.Note, "“立案提案”的口径不同：立案和并案都计入。") {
		t.Errorf("rate %s, then %+v", rate.LastText, rate.Then)
	}
	if replied := figureOf(t, year, "proposals_replied"); replied.LastText != "2" || replied.Then != nil {
		t.Errorf("replied %s, then %+v", replied.LastText, replied.Then)
	}
	if inputs, err := last.inputs(); err != nil || inputs[0].Path != "2020/queries/figures/proposals_filed.sql" {
		t.Errorf("inputs %v, %v", inputs[0], err)
	}
	for _, p := range last.Problems {
		t.Errorf("said of a folder that is no record: %s", p)
	}
}

// TestThisYearCountsOtherwise: 2021 counts what was merged as filed and 2020 did
// not. By the definition of 2021 it is 4 + 1 = 5 against 3 + 1 = 4; as then, 3.
func TestThisYearCountsOtherwise(t *testing.T) {
	own := query(t, "figures/proposals_filed.sql", "review_result = '立案'", "review_result IN ('立案', '并案')")
	folder := proposalsOnly(t)
	addYear(t, folder, 2021, withOwn(proposals(2021, 4, 4, 1, 0), "figures/proposals_filed.sql", own))
	addYear(t, folder, 2020, proposals(2020, 3, 2, 1, 0))
	year, _ := compute(t, folder)
	f := figureOf(t, year, "proposals_filed")
	if got := f.ValueText + " " + f.LastText + " " + f.ChangeText; got != "5 4 +1" || f.Then == nil || f.Then.Text != "3件" {
		t.Errorf("got %s, then %+v", got, f.Then)
	}
	if want := "查询不同，说明没有改写，见 " + folder + "/queries/figures/proposals_filed.sql。"; f.Then.Note != want {
		t.Errorf("note %q, want %q", f.Then.Note, want)
	}
	// The same file in both years: no change to tell.
	addYear(t, folder, 2020, withOwn(proposals(2020, 3, 2, 1, 0), "figures/proposals_filed.sql", own+"\n"))
	year, _ = compute(t, folder)
	if f := figureOf(t, year, "proposals_filed"); f.LastText != "4" || f.Then != nil {
		t.Errorf("got %s, then %+v", f.LastText, f.Then)
	}
}

// TestTablesCountedOtherwise: the view of 2020 leaves out the first of the three
// that were filed. Tables that use it say both totals; figures do not use it.
func TestTablesCountedOtherwise(t *testing.T) {
	folder := records(t, proposals(2021, 4, 4, 0, 0))
	view := query(t, "views/session_proposals.sql", "WHERE session", "WHERE proposal_no <> '001' AND session")
	addYear(t, folder, 2020, withOwn(proposals(2020, 3, 2, 0, 0), "views/session_proposals.sql", view))
	year, _ := compute(t, folder)
	noted := 0
	for _, table := range year.Tables {
		changed := strings.Contains(table.Spec.Note, "口径有变")
		if uses := strings.Contains(table.Spec.WholeSQL(), "session_proposals"); uses != changed {
			t.Errorf("%s uses the view: %v, says that it changed: %v", table.Spec.ID, uses, changed)
		}
		if table.Spec.ID != "proposals_by_category" {
			continue
		}
		noted++
		want := "按提案内容的类别。口径有变：上年的查询不同，见 queries/tables/proposals_by_category.sql；上年合计立案按本年口径为3件、按当年口径为2件。"
		if table.Spec.Note != want {
			t.Errorf("got  %s\nwant %s", table.Spec.Note, want)
		}
		if last := table.TotalText("filed_last"); last != "3" {
			t.Errorf("last year's total is %s", last)
		}
	}
	if noted != 1 || figureOf(t, year, "proposals_filed").Then != nil {
		t.Error("the table is not there, or a figure that does not use the view changed")
	}
}

// TestOwnDefinitionThatFails names file and line, whichever year it is of.
func TestOwnDefinitionThatFails(t *testing.T) {
	broken := query(t, "figures/proposals_filed.sql", "review_result", "reveiw_result")
	for _, of := range []int{2020, 2021} {
		folder := proposalsOnly(t)
		for _, year := range []int{2020, 2021} {
			files := proposals(year, 3, 2, 0, 0)
			if year == of {
				files = withOwn(files, "figures/proposals_filed.sql", broken)
			}
			addYear(t, folder, year, files)
		}
		d, err := LoadDefinitions(folder, "")
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = Compute(context.Background(), d, folder, 2021)
		if want := fmt.Sprintf("%d/queries/figures/proposals_filed.sql:15: 没有这一列", of); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d: got %v", of, err)
		}
	}
}

// overYears adds years to a data folder, of which the year y has y-2010 proposals filed, all
// of them answered, in the order given.
func overYears(t *testing.T, folder string, years ...int) string {
	for _, year := range years {
		addYear(t, folder, year, proposals(year, year-2010, year-2010, 0, 1))
	}
	return folder
}

// trendOf is the course of the proposals filed, 2021 the last, and what is said of
// years left out.
func trendOf(t *testing.T, folder string) (course, said string) {
	t.Helper()
	d, err := LoadDefinitions(folder, "")
	if err != nil {
		t.Fatal(err)
	}
	year, last := compute(t, folder)
	table, older, problems, err := trend(context.Background(), d, folder, year, last)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		said += strings.ReplaceAll(p.String(), folder+"/", "") + "\n"
	}
	if table == nil {
		return "", said
	}
	if len(older) != len(table.Spec.Chart.Y)-2 {
		t.Errorf("%d older years for %d columns", len(older), len(table.Spec.Chart.Y))
	}
	var b bytes.Buffer
	if err := tableCSV(&b, *table); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "立案提案,") })
	return table.Spec.Title + "|" + strings.TrimPrefix(lines[0], contract.BOM) + "|" + lines[at], said
}

func TestTrend(t *testing.T) {
	five := "近五年主要数字|数字,单位,2017年,2018年,2019年,2020年,2021年|立案提案,件,7,8,9,10,11"
	three := "近三年主要数字|数字,单位,2019年,2020年,2021年|立案提案,件,9,10,11"
	for _, c := range []struct {
		years        []int
		course, said string
	}{
		{[]int{2021, 2019, 2020}, three, ""},
		{[]int{2018, 2019, 2020, 2021}, "近四年主要数字|数字,单位,2018年,2019年,2020年,2021年|立案提案,件,8,9,10,11", ""},
		{[]int{2021, 2020, 2019, 2018, 2017, 2016}, five, ""},
		{[]int{2018, 2020, 2021}, "", "2018：没有 2019 年的记录，年份断开，这一年没有列入历年数字（要连续三年以上）；有 2019 年的记录请补上\n"},
		{[]int{2017, 2019, 2020, 2021}, three, "2017：没有 2018 年的记录，年份断开，这一年没有列入历年数字（要连续三年以上）；有 2018 年的记录请补上\n"},
		{[]int{2014, 2020, 2021}, "", ""}, // too long ago to be missed
	} {
		t.Run(fmt.Sprint(c.years), func(t *testing.T) {
			t.Parallel()
			course, said := trendOf(t, overYears(t, proposalsOnly(t), c.years...))
			if course != c.course || said != c.said {
				t.Errorf("got  %s %q\nwant %s %q", course, said, c.course, c.said)
			}
		})
	}
}

// TestTrendEndsAtABrokenYear breaks 2018 of five years: 2017 is left out with it,
// and no cell of the broken record is told.
func TestTrendEndsAtABrokenYear(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"a record":      {"units.csv", "名称,类型\n县教育局,张三\n", "记录不合约定，共 1 处，如 2018/units.csv 第2行“类型”：不在可选值之内"},
		"the settings":  {"edition.toml", "year = 2018\n", "2018/edition.toml"},
		"a set missing": {"proposals.csv", "", "如 2018/proposals.csv"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := overYears(t, proposalsOnly(t), 2017, 2018, 2019, 2020, 2021)
			if err := os.WriteFile(filepath.Join(folder, "2018", c.file), []byte(c.text), 0o644); err != nil {
				t.Fatal(err)
			}
			course, said := trendOf(t, folder)
			if !strings.HasSuffix(course, "|数字,单位,2019年,2020年,2021年|立案提案,件,9,10,11") {
				t.Errorf("got %s", course)
			}
			if !strings.HasPrefix(said, "2018：这一年和更早的年份没有列入历年数字：") || !strings.Contains(said, c.want) || strings.Contains(said, "张三") {
				t.Errorf("said %s, want %s", said, c.want)
			}
		})
	}
}

// TestTrendIsByThisYearsDefinition: 2019 has a definition of its own, by which
// nothing was filed. The trend is by that of 2021.
func TestTrendIsByThisYearsDefinition(t *testing.T) {
	folder := overYears(t, proposalsOnly(t), 2020, 2021)
	own := query(t, "figures/proposals_filed.sql", "review_result = '立案'", "review_result = '没有'")
	addYear(t, folder, 2019, withOwn(proposals(2019, 9, 9, 0, 0), "figures/proposals_filed.sql", own))
	if course, _ := trendOf(t, folder); !strings.HasSuffix(course, "立案提案,件,9,10,11") {
		t.Errorf("got %s", course)
	}
}

// TestTrendIsPublished runs three years twice.
func TestTrendIsPublished(t *testing.T) {
	folder, cache := overYears(t, t.TempDir(), 2019, 2020, 2021), t.TempDir()
	run := func(now int64) Result {
		r, err := Run(context.Background(), Options{Year: 2021, Data: folder, Out: t.TempDir(), Cache: cache, Version: "test",
			Now: time.Unix(now, 0), Progress: func(string) {}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first, second := run(1_600_000_000), run(1_700_000_000)
	if first.Published.Digest != second.Published.Digest {
		t.Error("two runs differ")
	}
	last := first.Charts[len(first.Charts)-1]
	if last.Table.Spec.ID != queries.TrendID || last.Number != len(first.Charts) || last.Table.Len() != figure.MaxCourses {
		t.Errorf("the last picture is %s, %d of %d, with %d figures", last.Table.Spec.ID, last.Number, len(first.Charts), last.Table.Len())
	}
	for _, name := range []string{"tables/trends.csv", "charts/trends.svg", "charts/trends.png"} {
		if _, err := os.Stat(filepath.Join(first.Published.Current, name)); err != nil {
			t.Error(err)
		}
	}
	var years []string
	for _, f := range first.Published.Manifest.Inputs {
		if year, _, _ := strings.Cut(f.Path, "/"); year != "contract" && year != "queries" {
			years = append(years, year)
		}
	}
	if got := slices.Compact(years); !slices.Equal(got, []string{"2021", "2020", "2019"}) {
		t.Errorf("inputs of %v", got)
	}
}
