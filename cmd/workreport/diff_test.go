package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"workreport/pipeline/change"
)

// sampleOffice is an office with the records of the sample years.
func sampleOffice(t *testing.T) office {
	t.Helper()
	o := newOffice(t)
	if err := os.RemoveAll(o.path("data")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(o.path("data"), os.DirFS("../../data")); err != nil {
		t.Fatal(err)
	}
	return o
}

// edit changes the rows of a record file; column finds a heading.
func (o office) edit(name string, change func(rows [][]string, column func(string) int) [][]string) {
	o.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(o.read(name), "\ufeff"))).ReadAll()
	if err != nil {
		o.t.Fatal(err)
	}
	rows = change(rows, func(heading string) int { return slices.Index(rows[0], heading) })
	var text bytes.Buffer
	if err := csv.NewWriter(&text).WriteAll(rows); err != nil {
		o.t.Fatal(err)
	}
	o.write(name, text.String())
}

func (o office) diff(arguments ...string) (c change.Changes) {
	o.t.Helper()
	if err := json.Unmarshal([]byte(o.must(append([]string{"diff", "--json", "--year", "2021"}, arguments...)...)), &c); err != nil {
		o.t.Fatal(err)
	}
	return c
}

// named are the records of a list, as how, file, row and fields.
func named(c change.Changes, which []int) (list []string) {
	for _, i := range which {
		r := c.Records[i]
		line := fmt.Sprintf("%s %d/%s %d", r.How, r.Year, r.File, r.Row)
		if r.How == change.Altered {
			for _, f := range r.Fields {
				line += fmt.Sprintf(" %s %s→%s", f.Title, f.Old, f.New)
			}
		}
		list = append(list, line)
	}
	slices.Sort(list)
	return list
}

func allOf[T any](list []T) (which []int) {
	for i := range list {
		which = append(which, i)
	}
	return which
}

// TestDiffNamesTheRecords edits ten records, adds five and removes three, and wants
// exactly those named, with the figures that they moved: three proposals filed and
// replied more, 3 × 1000 元 more of project funds.
func TestDiffNamesTheRecords(t *testing.T) {
	o := sampleOffice(t)
	o.must("run", "--year", "2021")
	var want, filed []string
	o.edit("data/2021/proposals.csv", func(rows [][]string, column func(string) int) [][]string {
		edited := 0
		var filedRow []string
		for i, row := range rows[1:] {
			if row[column("届次")] != "七届一次" || row[column("审查结果")] != "立案" {
				continue
			}
			if edited == 5 && filedRow == nil {
				filedRow = row
			}
			if edited < 5 {
				was := row[column("类别")]
				row[column("类别")] = map[bool]string{true: "社会", false: "经济"}[was == "经济"]
				want = append(want, fmt.Sprintf("altered 2021/proposals.csv %d 类别 %s→%s", i+2, was, row[column("类别")]))
				edited++
			}
		}
		for i := range 3 {
			more := slices.Clone(filedRow)
			more[column("案号")], more[column("案由")] = fmt.Sprint(900+i), fmt.Sprintf("关于第%d个新增事项的提案", i)
			rows = append(rows, more)
			filed = append(filed, fmt.Sprintf("added 2021/proposals.csv %d", len(rows)))
		}
		return rows
	})
	want = append(want, filed...)
	var funds []string
	o.edit("data/2021/assistance_funds.csv", func(rows [][]string, column func(string) int) [][]string {
		for i := 1; i <= 3; i++ {
			cell := &rows[i][column("金额（元）")]
			was := *cell
			var yuan int
			fmt.Sscanf(was, "%d", &yuan)
			*cell = fmt.Sprintf("%d.00", yuan+1000)
			funds = append(funds, fmt.Sprintf("altered 2021/assistance_funds.csv %d 金额（元） %s→%s", i+1, was, *cell))
		}
		return rows
	})
	want = append(want, funds...)
	o.edit("data/2021/documents.csv", func(rows [][]string, column func(string) int) [][]string {
		rows[3][0] += "甲" // the key itself
		rows[10][column("标题")] += "（修改）"
		// rows 5, 8 and 22 go; what stood in row 11 stands in row 9
		want = append(want, "altered 2021/documents.csv 4 编号 CG003→CG003甲",
			fmt.Sprintf("altered 2021/documents.csv 9 标题 %s→%s", strings.TrimSuffix(rows[10][column("标题")], "（修改）"), rows[10][column("标题")]),
			"gone 2021/documents.csv 5", "gone 2021/documents.csv 8", "gone 2021/documents.csv 22")
		for _, at := range []int{21, 7, 4} {
			rows = slices.Delete(rows, at, at+1)
		}
		for i := range 2 {
			more := slices.Clone(rows[1])
			more[0], more[column("标题")] = fmt.Sprintf("新%d", i), fmt.Sprintf("新增的报告%d", i)
			rows = append(rows, more)
			want = append(want, fmt.Sprintf("added 2021/documents.csv %d", len(rows)))
		}
		return rows
	})
	o.must("run", "--year", "2021")
	c := o.diff()
	slices.Sort(want)
	if got := named(c, allOf(c.Records)); !slices.Equal(got, want) {
		t.Errorf("records\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if total := c.Total(); total.Altered != 10 || total.Added != 5 || total.Gone != 3 {
		t.Errorf("%+v", total)
	}
	moved := map[string][]string{"proposals_filed": filed, "proposals_replied": filed, "project_funds": funds}
	for _, f := range c.Figures {
		records, ok := moved[f.ID]
		if !ok {
			t.Errorf("%s is said to have moved: %s → %s", f.ID, f.Old, f.New)
			continue
		}
		delete(moved, f.ID)
		if len(f.Because) != 1 || f.Because[0].Words != "" || !slices.Equal(named(c, f.Because[0].Records), records) {
			t.Errorf("%s because of %+v", f.ID, f.Because)
		}
		if f.ID == "proposals_filed" && (f.Old != "228件" || f.New != "231件" || f.NewSentence != "全年立案提案231件") {
			t.Errorf("%+v", f)
		}
		if f.ID == "project_funds" && (f.Old != "4000余万元（4386.52万元）" || f.New != "4000余万元（4386.82万元）") {
			t.Errorf("%+v", f)
		}
	}
	if len(moved) > 0 {
		t.Errorf("not said to have moved: %v", moved)
	}
	if len(c.Settings)+len(c.Definitions) > 0 || len(c.Inputs) != 3 {
		t.Errorf("settings %v, definitions %v, inputs %v", c.Settings, c.Definitions, c.Inputs)
	}

	if back := o.diff("2", "1"); len(back.Figures) != 3 || back.Total().Added != 3 || back.Total().Gone != 5 {
		t.Errorf("the other way: %+v", back.Total())
	}
	if same := o.diff("2"); !same.Empty() {
		t.Error("an edition differs from itself")
	}
	text := o.must("diff", "--html", "diff.html")
	for _, words := range []string{"立案提案（proposals_filed）  228件 → 231件", "稿子  全年立案提案228件 → 全年立案提案231件", "记录  新增 5，删去 3，改动 10"} {
		if !strings.Contains(text, words) {
			t.Errorf("the text does not say %q", words)
		}
	}
	if page := o.read("diff.html"); !strings.Contains(page, "<del>228件</del>") || strings.Contains(page, "http") {
		t.Error("the page does not say it, or leads elsewhere")
	}
	if history := o.must("history"); !strings.Contains(history, "数字 3 个：立案提案 228件→231件") {
		t.Errorf("history %s", history)
	}
}

// TestDiffNamesOtherCauses changes a record that others are counted by, a record of
// last year, a definition and a setting, one edition after the other.
func TestDiffNamesOtherCauses(t *testing.T) {
	o := sampleOffice(t)
	o.must("run", "--year", "2021")
	o.edit("data/2021/duty_lists.csv", func(rows [][]string, column func(string) int) [][]string {
		rows[1][column("所属活动")] = "另一项活动"
		return rows
	})
	o.edit("data/2021/surveys.csv", func(rows [][]string, column func(string) int) [][]string {
		rows[4][column("主题")] += "（改）" // which no figure reads
		return rows
	})
	o.must("run", "--year", "2021")
	c := o.diff()
	if ids := figureIDs(c); !slices.Equal(ids, []string{"duty_list_items", "concrete_measures"}) {
		t.Errorf("moved %v", ids)
	}
	for _, f := range c.Figures {
		words := map[string]string{"duty_list_items": "", "concrete_measures": "由关联的记录引起"}[f.ID]
		if len(f.Because) != 1 || f.Because[0].Words != words || !slices.Equal(f.Because[0].Records, []int{0}) {
			t.Errorf("%s because of %+v", f.ID, f.Because)
		}
	}
	if got := named(c, allOf(c.Records)); len(got) != 2 || got[0] != "altered 2021/duty_lists.csv 2 所属活动 我为群众办实事→另一项活动" || len(c.Records[1].Figures) > 0 {
		t.Errorf("records %v", got)
	}

	o.edit("data/2020/assistance_funds.csv", func(rows [][]string, column func(string) int) [][]string {
		rows[1][column("金额（元）")] = "1.00"
		return rows
	})
	o.must("run", "--year", "2021")
	c = o.diff()
	if len(c.Figures) != 1 || c.Figures[0].ID != "project_funds" || c.Figures[0].Old != c.Figures[0].New || c.Figures[0].OldLast == c.Figures[0].NewLast {
		t.Errorf("figures %+v", c.Figures)
	} else if at := slices.IndexFunc(c.Tables, func(t change.Table) bool { return t.ID == "funds_by_kind" }); at < 0 || !slices.Equal(c.Tables[at].Records, []int{0}) {
		t.Errorf("tables %+v", c.Tables)
	} else if because := c.Figures[0].Because; len(because) != 1 || !slices.Equal(because[0].Records, []int{0}) || c.Records[0].Year != 2020 {
		t.Errorf("because %+v of %+v", because, c.Records)
	}

	o.write("data/2021/queries/figures/project_funds.sql", strings.Replace(readRepository(t, "queries/figures/project_funds.sql"), "coalesce(sum(amount_yuan), 0)", "coalesce(max(amount_yuan), 0)", 1))
	o.must("run", "--year", "2021")
	c = o.diff()
	if len(c.Figures) != 1 || len(c.Definitions) != 1 || c.Definitions[0].Noted || !strings.Contains(fmt.Sprint(c.Figures[0].Because), "定义改了") {
		t.Errorf("figures %+v, definitions %+v", c.Figures, c.Definitions)
	}

	o.write("data/2021/edition.toml", strings.Replace(o.read("data/2021/edition.toml"), "last = 2021-12-31", "last = 2021-11-30", 1))
	o.must("run", "--year", "2021")
	c = o.diff()
	if len(c.Figures) == 0 || len(c.Settings) != 1 || c.Settings[0] != (change.Setting{Year: 2021, Key: "windows.year.last", Old: "2021-12-31", New: "2021-11-30"}) {
		t.Errorf("settings %+v", c.Settings)
	}
	for _, f := range c.Figures {
		if len(f.Because) != 1 || f.Because[0].Words != "设置改了（如时段、截止日）" {
			t.Errorf("%s because of %+v", f.ID, f.Because)
		}
	}
}

func figureIDs(c change.Changes) (ids []string) {
	for _, f := range c.Figures {
		ids = append(ids, f.ID)
	}
	return ids
}

func readRepository(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
