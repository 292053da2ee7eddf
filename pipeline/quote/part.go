package quote

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	reviewed   = regexp.MustCompile(`((?:19|20)\d\d)年(?:度)?[^，。]{0,8}(?:回顾|总结|情况|主要工作)`)
	delivered  = regexp.MustCompile(`((?:19|20)\d\d)年(\d{1,2})月(\d{1,2}日)?`)
	anyYear    = regexp.MustCompile(`((?:19|20)\d\d)年`)
	planHeads  = regexp.MustCompile(`(?:今年|新的一年|新一年|下一年|明年|下一步|下步|今后|未来|来年|下阶段|新一届)[^，。；]{0,18}(?:工作|任务|安排|部署|打算|思路|建议|重点|要点|意见|计划|目标|谋划|展望|举措|设想)`)
	planWords  = regexp.MustCompile(`工作|任务|安排|部署|打算|思路|建议|重点|要点|意见|计划|目标|谋划|展望|举措|设想`)
	planOpens  = regexp.MustCompile(`^(?:各位委员[，、：！]?|各位代表[，：！]?|同志们[，：！]?)?(?:今年是|新的一年|今年，?(?:我们|县政协|市政协|全县|全市|常委会|的?工作)|明年)`)
	headNumber = regexp.MustCompile(`^(?:第[一二三四五六]部分|[（(]?[一二三四五六七八九十]+[）)、])`)
)

// longestHead is how long a heading may be, in characters.
const longestHead = 40

// targets makes targets of the statistics in the part on the coming year.
func (p *plain) targets(found []Number, year int) {
	years := []int{p.yearOf(year == 0), year} // a draft may be checked against another year's figures
	from := p.planBegins(years)
	for i := range found {
		if n := &found[i]; (n.Start >= from || p.plansAt(n.Start, years)) && (n.Class == Figure || n.Class == Vague || n.Class == Norm) {
			n.Class, n.Fault = Target, ""
		}
	}
}

var planParagraph = regexp.MustCompile(`^(?:新的一年|下一步|下步|明年|来年|今后一年)，?`)

// plansAt tells whether the paragraph or the sentence of the number opens with the coming year.
func (p *plain) plansAt(i int, years []int) bool {
	for _, marks := range []string{"", "。；！？"} {
		opening := p.since(marks, i, 400)
		if planParagraph.MatchString(opening) {
			return true
		}
		for _, next := range comingYears(years) {
			if strings.HasPrefix(arabicYears(opening), next+"，") {
				return true
			}
		}
	}
	return false
}

// planBegins is the index at which the part on the coming year begins, the
// length of the text where there is none. A heading tells it, or a paragraph
// that opens with the coming year in the later half.
func (p *plain) planBegins(years []int) int {
	coming := comingYears(years)
	from := 0
	for from < len(p.t) {
		to := from
		for to < len(p.t) && p.t[to] != '\n' {
			to++
		}
		paragraph := arabicYears(string(p.t[from:to]))
		late := from > len(p.t)*2/5
		short := to-from <= longestHead && !strings.ContainsAny(paragraph, "。；")
		switch {
		case short && late && planHeads.MatchString(paragraph), late && planOpens.MatchString(paragraph):
			return from
		}
		for _, next := range coming {
			heads := short && strings.Contains(paragraph, next) && planWords.MatchString(paragraph)
			if late && (heads || strings.HasPrefix(headNumber.ReplaceAllString(paragraph, ""), next)) {
				return from
			}
		}
		from = to + 1
	}
	return len(p.t)
}

// comingYears are the years behind those known, as a text writes them: 2022年.
func comingYears(years []int) (coming []string) {
	for _, year := range years {
		if year > 0 {
			coming = append(coming, strconv.Itoa(year+1)+"年")
		}
	}
	return coming
}

// YearOf is the year that a report is on, as far as its text tells; 0 where it does not.
func YearOf(text string) int {
	p := read(text)
	return p.yearOf(false)
}

// yearOf is the year that a report is on, as its text tells: its review says so,
// or the day it was given on, in winter of the year before, or, for a guess, the
// first year it names; 0 where nothing tells.
func (p *plain) yearOf(guess bool) int {
	text := arabicYears(string(p.t))
	if match := reviewed.FindStringSubmatch(text); match != nil {
		return number(match[1])
	}
	head := arabicYears(string(p.t[:min(len(p.t), 400)]))
	if match := delivered.FindStringSubmatch(head); match != nil {
		if number(match[2]) >= 11 {
			return number(match[1])
		}
		return number(match[1]) - 1
	}
	if match := anyYear.FindStringSubmatch(head); match != nil && guess {
		return number(match[1])
	}
	return 0
}

var hanYear = regexp.MustCompile(`[一二][〇○零一二三四五六七八九]{3}年`)

// arabicYears writes 二〇二〇年 as 2020年.
func arabicYears(text string) string {
	if !strings.Contains(text, "二〇") && !strings.Contains(text, "二○") && !strings.Contains(text, "二零") && !strings.Contains(text, "一九") {
		return text // of these centuries
	}
	return hanYear.ReplaceAllStringFunc(text, func(year string) string {
		return hanDecimal([]rune(strings.TrimSuffix(year, "年"))).Num().String() + "年"
	})
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
