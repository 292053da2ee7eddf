package appendix

import (
	"fmt"
	"math/big"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

var figureColumns = []column{
	{Title: "序号", Width: 12, Align: "center"},
	{Title: "部分", Width: 40, Align: "left", Sheet: true},
	{Title: "类别", Width: 12, Align: "center", Sheet: true},
	{Title: "数字", Width: 29, Align: "left"},
	{Title: "数值", Width: 28, Align: "right"},
	{Title: "单位", Width: 14, Align: "center", Sheet: true},
	{Title: "上年", Width: 21, Align: "right"},
	{Title: "增减", Width: 22, Align: "right"},
	{Title: "增减率", Width: 23, Align: "right"},
	{Title: "报告表述", Width: 34, Align: "left"},
	{Title: "定义与口径", Width: 38, Align: "left", Foot: true},
	{Title: "来源", Width: 18, Align: "left"},
	{Title: "记录数", Width: 14, Align: "right", Sheet: true},
	{Title: "标识", Width: 44, Align: "left", Sheet: true},
}

// figureSections lists the figures that the report quotes and those they rest
// on, one section a part of the report, with a band for each heading in it.
func figureSections(figures []figure.Figure, rounding contract.Rounding) []section {
	titles := titlesOf(figures)
	var sections []section
	part, band, n := "", "", 0
	for _, f := range figures {
		if f.Spec.Claim != "" {
			continue
		}
		p, b, _ := strings.Cut(f.Spec.Section, "/")
		if len(sections) == 0 || p != part {
			part, band = p, ""
			sections = append(sections, section{
				Title: unnumbered(p),
				Grid:  &grid{Columns: figureColumns, Wide: true},
			})
		}
		g := sections[len(sections)-1].Grid
		if b != band {
			band = b
			g.Rows = append(g.Rows, row{Band: b})
		}
		n++
		g.Rows = append(g.Rows, row{Cells: figureCells(n, f, titles, rounding)})
	}
	return sections
}

func figureCells(n int, f figure.Figure, titles map[string]string, rounding contract.Rounding) []cell {
	return []cell{
		count(n),
		words(f.Spec.Section),
		words(f.Kind()),
		words(f.Spec.Title),
		valueCell(f, f.ValueText, f.Spec.Unit, f.Value, rounding),
		words(f.Spec.Unit),
		valueCell(f, f.LastText, "", f.Last, rounding),
		change(f),
		words(orNone(f.ChangeRateText)),
		words(wording(f, titles)),
		words(definition(f, titles)),
		words(strings.Join(f.Sources, "、")),
		count(int(f.Rows)),
		words(f.Spec.ID),
	}
}

// valueCell is a value in full; a percentage rounded by the policy, with its
// sign; a rank as 第1位, which is no count.
func valueCell(f figure.Figure, text, unit string, x *big.Rat, rounding contract.Rounding) cell {
	if f.Spec.Unit == "%" && x != nil {
		text, unit = strings.TrimSuffix(quote.Percent(new(big.Rat).Quo(x, big.NewRat(100, 1)), rounding), "%"), "%"
	}
	c := number(text, unit, x)
	if c.Number != nil && f.Spec.Quote.Hedge == "rank" {
		c.Text = "第" + text + "位"
	}
	return c
}

// change is a number in the workbook where it reads as one: +12, not 持平.
func change(f figure.Figure) cell {
	if f.Value == nil || f.Last == nil || f.ChangeText == "" {
		return words(orNone(f.ChangeText))
	}
	if strings.Trim(f.ChangeText, "+-.0123456789") != "" {
		return words(strings.Replace(f.ChangeText, "个百分点", "\n个百分点", 1))
	}
	c := number(f.ChangeText, "", new(big.Rat).Sub(f.Value, f.Last))
	c.Format = "+" + c.Format + ";-" + c.Format + ";" + c.Format
	return c
}

// wording is the report's sentence, or what a figure without one is the basis of.
func wording(f figure.Figure, titles map[string]string) string {
	if f.Spec.Basis != "" {
		return "报告不直接引用，用作依据：" + titleOf(titles, f.Spec.Basis)
	}
	return f.Sentence()
}

// definition is the note, and for a ratio what is divided by what.
func definition(f figure.Figure, titles map[string]string) string {
	if f.Spec.Numerator == "" {
		return f.Spec.Note
	}
	ratio := fmt.Sprintf("分子：%s\n分母：%s",
		titleOf(titles, f.Spec.Numerator), titleOf(titles, f.Spec.Denominator))
	if f.Spec.Note == "" {
		return ratio
	}
	return f.Spec.Note + "\n" + ratio
}

var claimColumns = []column{
	{Title: "序号", Width: 11, Align: "center"},
	{Title: "部分", Width: 40, Align: "left", Sheet: true},
	{Title: "论断", Width: 48, Align: "left"},
	{Title: "依据", Width: 70, Align: "left"},
	{Title: "实际", Width: 24, Align: "right"},
	{Title: "要求", Width: 32, Align: "left"},
	{Title: "结论", Width: 16, Align: "center"},
	{Title: "来源", Width: 24, Align: "left"},
}

// claimSections sets the words that imply a number beside the number that must
// bear them out, then the words that a check proves.
func claimSections(figures []figure.Figure, claims []figure.Check, rounding contract.Rounding) []section {
	g := grid{Columns: claimColumns, Wide: true}
	failed := 0
	add := func(part, claim, basis string, actual cell, want string, holds bool, sources []string) {
		verdict := cell{Text: "成立"}
		if !holds {
			verdict = cell{Text: "不成立", Strong: true}
			failed++
		}
		g.Rows = append(g.Rows, row{Cells: []cell{
			count(len(g.Rows) + 1), words(part), words(claim), words(basis), actual, words(want),
			verdict, words(strings.Join(sources, "、")),
		}})
	}
	titles := titlesOf(figures)
	for _, f := range figures {
		if f.Spec.Claim == "" {
			continue
		}
		add(f.Spec.Section, f.Spec.Claim, lines(f.Spec.Title, definition(f, titles)),
			valueCell(f, f.ValueText, f.Spec.Unit, f.Value, rounding),
			fmt.Sprintf("不少于%d%s", f.Spec.AtLeast, f.Spec.Unit), f.Holds(), f.Sources)
	}
	for _, c := range claims {
		broken := c.All
		add(c.Spec.Section, c.Spec.Claim, lines(c.Spec.Title, c.Spec.Note),
			number(fmt.Sprint(broken), "条不符", big.NewRat(broken, 1)),
			"没有不符的记录", c.Holds(), c.Sources)
	}
	if len(g.Rows) == 0 {
		return nil
	}
	verdict := fmt.Sprintf("报告中有些话没有写出数字，但要有记录才能成立。共%d条，全部成立。", len(g.Rows))
	if failed > 0 {
		verdict = fmt.Sprintf("报告中有些话没有写出数字，但要有记录才能成立。共%d条，其中%d条不成立。", len(g.Rows), failed)
	}
	return []section{{Title: "隐含论断", Text: []string{verdict}, Grid: &g}}
}

func titlesOf(figures []figure.Figure) map[string]string {
	titles := make(map[string]string, len(figures))
	for _, f := range figures {
		titles[f.Spec.ID] = f.Spec.Title
	}
	return titles
}

// titleOf is the title of the figure with that id, or the words themselves.
func titleOf(titles map[string]string, id string) string {
	if t, ok := titles[id]; ok {
		return t
	}
	return id
}

// unnumbered takes the report's own number off a heading: 三、民生福祉 is 民生福祉.
func unnumbered(heading string) string {
	if n, rest, found := strings.Cut(heading, "、"); found && strings.Trim(n, "一二三四五六七八九十") == "" {
		return rest
	}
	return heading
}

func lines(first, second string) string { return strings.TrimSuffix(first+"\n"+second, "\n") }

func orNone(text string) string {
	if text == "" {
		return none
	}
	return text
}
