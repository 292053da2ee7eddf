package appendix

import (
	"bytes"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/queries"
)

func TestFormsCarryTheSame(t *testing.T) {
	d := sample()
	c := contentOf(d)
	for _, form := range forms {
		text := form.text(t, written(t, form.write, d))
		have := strings.Split(text, "\n")
		for _, ch := range c.Chapters() {
			for _, s := range ch.Sections {
				if s.Grid == nil {
					continue
				}
				g := s.Grid.printed()
				for _, r := range g.Rows {
					for j, cell := range r.Cells {
						want := cell.Text
						if form.name == "xlsx" && cell.Number != nil {
							want = strings.TrimRight(want, "件部万元条不符") // the unit has a column of its own
							if strings.HasSuffix(want, "%") && g.Columns[j].Title == "数值" {
								want = strings.TrimSuffix(want, "%")
							}
						}
						for line := range strings.SplitSeq(want, "\n") {
							if foot := g.Columns[j].Foot && form.name == "docx"; foot && strings.Contains(text, line) {
								continue
							}
							if !slices.Contains(have, line) {
								t.Errorf("%s lacks %q of the column %s", form.name, line, g.Columns[j].Title)
							}
						}
					}
				}
			}
		}
		for _, want := range []string{"228", "全年立案提案228件", "4386.5212", "66.67%", "44.53%", "123.45", "合计", "不公开",
			"编辑出版《薯米之乡北义城》", "不成立", "本附录所用数据为虚构样例。", "2022年4月25日", "报告不直接引用，用作依据：立案提案", "每个文件读取的行数都等于载入与剔除之和"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", form.name, want)
			}
		}
	}
}

// Excel keeps 15 digits. 20/30 is 66.67 %; the total is (20+37)/(30+37+61) = 57/128 = 44.53 %.
func TestWorkbookKeepsFullPrecision(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, XLSX, sample())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, want := range map[string]string{"D5": "0.666666666666666", "D8": "0.4453125", "E5": "123.45"} {
		if got, _ := f.GetCellValue("表1 立案提案按界别", at, excelize.Options{RawCellValue: true}); got != want {
			t.Errorf("%s = %q, want %q", at, got, want)
		}
	}
}

func TestSameBytes(t *testing.T) {
	for _, form := range forms {
		if !bytes.Equal(written(t, form.write, sample()), written(t, form.write, sample())) {
			t.Errorf("%s: two writes differ", form.name)
		}
	}
}

func TestNothingToShow(t *testing.T) {
	for _, form := range forms {
		text := form.text(t, written(t, form.write, Document{}))
		if !strings.Contains(text, "编制说明") || strings.Contains(text, "统计图\n") {
			t.Errorf("%s of an empty document:\n%s", form.name, text)
		}
	}
}

func TestHostileTextIsText(t *testing.T) {
	for _, form := range forms {
		data := written(t, form.write, hostile())
		if form.name == "html" && bytes.Contains(data, []byte("<script")) {
			t.Error("the page has a script")
		}
		text := form.text(t, data)
		for _, want := range []string{"=cmd()<script>alert(1)</script>\"'&]]>{{.}}", "@SUM(A1)", "+1+1"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", form.name, want)
			}
		}
		if strings.ContainsAny(text, "\x00\x0b\ufffe\ufffd") {
			t.Errorf("%s keeps characters that XML forbids", form.name)
		}
	}
}

func TestSheetNames(t *testing.T) {
	taken := map[string]bool{}
	for _, c := range []struct{ wanted, name string }{
		{"表1 [立案]:提案/界别?", "表1 立案提案界别"},
		{"表1 立案提案界别", "表1 立案提案界别(2)"},
		{strings.Repeat("长", 40), strings.Repeat("长", 31)},
		{strings.Repeat("长", 41), strings.Repeat("长", 28) + "(2)"},
	} {
		name := sheetName(c.wanted, taken)
		taken[strings.ToLower(name)] = true
		if name != c.name {
			t.Errorf("sheetName(%q) = %q, want %q", c.wanted, name, c.name)
		}
	}
}

// An account that does not add up is named, not covered up.
func TestAccountsThatDoNotAddUp(t *testing.T) {
	d := sample()
	d.Accounts[0].Loaded = 250
	if got, want := accounts(d).Text[0], "读取的行数不等于载入与剔除之和的文件：提案.xlsx 2021。"; !strings.HasSuffix(got, want) {
		t.Errorf("%s lacks %s", got, want)
	}
}

func TestColumnsFit(t *testing.T) {
	d := hostile()
	for _, ch := range contentOf(d).Chapters() {
		for _, s := range ch.Sections {
			if s.Grid == nil {
				continue
			}
			g := s.Grid.printed()
			want := upright
			if g.Wide {
				want = landscape
			}
			if got := total(twips(g)); got > int(want*1440/25.4)+len(g.Columns) {
				t.Errorf("%s%s is %d wide", s.Title, g.Caption, got)
			}
			for _, c := range g.Columns {
				if c.Width < 8 {
					t.Errorf("%s%s: column %s is %.1f mm", s.Title, g.Caption, c.Title, c.Width)
				}
			}
		}
	}
}

// compared is a table with two years of two columns, as figure.CompareTables makes it.
func compared() figure.Table {
	return figure.Table{
		Rounding: contract.Rounding{Policy: contract.HalfUp, PercentPlaces: 2},
		Spec: queries.Table{ID: "funds", Title: "帮扶资金", Unit: "万元", Compare: true, Total: []string{"amount", "amount_last"},
			Columns: []queries.Column{
				{Name: "kind", Title: "资金类型", Format: queries.Text},
				{Name: "items", Title: "2021年笔数", Format: queries.Integer, Unit: "笔"},
				{Name: "items_last", Title: "2020年笔数", Format: queries.Integer, Unit: "笔", Last: true},
				{Name: "amount", Title: "2021年金额", Format: queries.Money, Unit: "万元"},
				{Name: "amount_last", Title: "2020年金额", Format: queries.Money, Unit: "万元", Last: true},
				{Name: "part", Title: "2021年占比", Format: queries.Share, Numerator: "amount", Unit: "%"},
				{Name: "part_last", Title: "2020年占比", Format: queries.Share, Numerator: "amount_last", Unit: "%", Last: true},
			}},
		Record: record([]string{"kind", "items", "items_last", "amount", "amount_last"},
			[]string{"项目资金", "捐款"}, []int64{3, -1}, []int64{2, 1}, []int64{43865212, -1}, []int64{300000, 100000}),
	}
}

// 43,865,212 元 is 4386.5212 万元, shown with two decimals as its neighbours
// are: 300,000 元 is 30.00, of 400,000 元 75.00 %.
func TestYearsSideBySide(t *testing.T) {
	d := sample()
	d.Tables = append(d.Tables, compared())
	d.Pictures[0].TableID = "funds"
	g := tableGrid(compared())
	var row []string
	for _, c := range g.Rows[0].Cells {
		row = append(row, c.Text)
	}
	if got, want := strings.Join(row, " "), "项目资金 3 2 4386.52 30.00 100.00% 75.00%"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for j, want := range []bool{false, true, false, true, false, true, false} {
		if g.Opens(j) != want {
			t.Errorf("column %d opens a heading: %t", j, !want)
		}
	}
	for _, form := range forms {
		text := form.text(t, written(t, form.write, d))
		wanted := []string{"合计行中的“—”表示该栏各行不能相加。"}
		if form.name == "xlsx" {
			wanted = append(wanted, "空白表示该年没有这一类记录。", "2021年笔数（笔）", "2020年占比")
		} else {
			wanted = append(wanted, "“—”表示该年没有这一类记录。", "\n笔数（笔）\n", "\n2021年\n", "数据和口径见表2。")
		}
		for _, want := range wanted {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", form.name, want)
			}
		}
	}
}

// 61 days and a total: 16 lines of four days, the last of one, then the total.
func TestLongTableIsFolded(t *testing.T) {
	g := grid{Caption: "日历", Columns: []column{{Title: "日期"}, {Title: "活动数"}}}
	for n := range 61 {
		g.Rows = append(g.Rows, row{Cells: []cell{words("日"), count(n)}})
	}
	g.Rows = append(g.Rows, row{Total: true, Cells: []cell{words("合计"), count(99)}})
	p := g.printed()
	if len(p.Columns) != 8 || len(p.Rows) != 17 {
		t.Fatalf("%d columns, %d rows", len(p.Columns), len(p.Rows))
	}
	if got := p.Rows[1].Cells[3].Text + " " + p.Rows[15].Cells[1].Text + p.Rows[15].Cells[2].Text + " " + p.Rows[16].Cells[1].Text; got != "5 60 99" {
		t.Error(got)
	}
	if !p.Rows[16].Total || p.Rows[15].Total {
		t.Error("the total is not the last line alone")
	}
}

// A rank is a place, its change is in words; a percentage is rounded, not cut at six places.
func TestRanksAndPercentages(t *testing.T) {
	rank := figure.Figure{Spec: queries.Figure{Unit: "位", Quote: queries.Quote{Hedge: "rank"}}, Value: big.NewRat(1, 1), Last: big.NewRat(3, 1), ChangeText: "上升2位"}
	if got := change(rank).Text + valueCell(rank, "1", "位", rank.Value, contract.Rounding{}).Text; got != "上升2位第1位" {
		t.Error(got)
	}
	rate := figure.Figure{Spec: queries.Figure{Unit: "%"}, Last: big.NewRat(20400, 206), LastText: "99.029126"}
	if got := valueCell(rate, rate.LastText, "", rate.Last, sample().Edition.Rounding).Text; got != "99.03%" {
		t.Error(got)
	}
}
