package quote

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// Class is what a number in a text is: a statistic, or why it is none.
type Class string

// The classes. Only Figure is a statistic.
const (
	Figure      Class = "figure"
	Vague       Class = "vague"       // 数十, 十几: no number can be held against it
	Date        Class = "date"        // a day, a month, a year
	Period      Class = "period"      // 五年来
	Session     Class = "session"     // 七届一次会议, 二十大
	Order       Class = "ordinal"     // 第13期, B类
	List        Class = "list"        // 一、 （二） 3.
	Document    Class = "document"    // 〔2021〕9号, a page number
	Name        Class = "name"        // names, slogans, plans, titles
	Anniversary Class = "anniversary" // 建党100周年
	Lexical     Class = "lexical"     // 进一步, 千方百计
	Norm        Class = "norm"        // 每年不少于两次, 60岁以上
	Target      Class = "target"      // what is to be reached next year
	Print       Class = "print"       // 共印550份
	Background  Class = "background"  // 在全市16个县区中, 应到委员293人
	Placeholder Class = "placeholder" // in {{编号}}
)

// reasons are what a reader is told of each class.
var reasons = map[Class]string{
	Figure: "", Vague: "约略的说法，没有确数可比", Date: "日期、年份", Period: "时间段", Session: "届次、会次、代表大会", Order: "序次、等级、类别",
	List: "段落、条目的序号", Document: "文号、页码、编号", Name: "名称、口号、规划", Anniversary: "周年", Lexical: "词语、成语里的数字",
	Norm: "规定、标准、门槛，不是做成的事", Target: "下一年的目标、计划", Print: "印数", Background: "背景、参照的数，不是做成的事", Placeholder: "占位符，由 refresh 填写",
}

// Reason says in Chinese why a number of the class is no statistic.
func (c Class) Reason() string { return reasons[c] }

// Number is a number found in a text.
type Number struct {
	Start, End int    // its bytes in the text
	Text       string // as it stands there
	Value      *big.Rat
	Interval          // what it may stand for, in Unit
	Hedge      string // 余, 近, 约, 以上, rank, …; "" for an exact number
	Unit       string // 件, 人次, 万元, %, 位 for a rank; "" where none follows
	Class      Class
	Fault      string // what is wrong with the way it is written, in Chinese
	Style      Style
}

// Style is how a number is written, so that another can be written like it.
type Style struct {
	Before, Behind, After string   // hedges before it, before its unit and behind it
	Scale                 string   // 万, 亿 of the number; for money they are of the unit
	ScaleBehind           bool     // 10余万, not 10万余
	Step                  *big.Rat // place value of the last digit written, nil where that tells no places
	Place                 *big.Rat // place value of the last digit that is not zero; Step where 余 stands behind 万
	Han                   bool     // in Han numerals
	Grouped               bool     // 1,386
	Mixed                 bool     // 3亿4500万
	Rank                  string   // how a rank begins: 第, 前; "" for any other number
	Tenths                bool     // 七成
	Percent               string   // 百分之
	Unit                  string   // as it stands there, 个 of 个百分点 included
	Currency              string   // what of a unit of money the digits' own 万 is not: 元 of 10万余元, 万元 of 3千余万元
	Shared                bool     // the unit stands elsewhere: 2.1和4.3个百分点
}

// Reading is how a text is read: the year the report is on, 0 where the text
// itself tells, and how far 约 and 近 reach, in percent of the number.
type Reading struct {
	Year, About, Nearly int

	Known Known // of texts that were read in the same way before; nil for none
}

// Known are the numbers of paragraphs: one that a text shares with another one is
// read once. It is no place for texts that are read at the same time.
type Known map[string][]Number

// Usual reads with the usual reach of 约 and 近, which no standard lays down.
var Usual = Reading{About: 5, Nearly: 10}

// Find finds the numbers of a text, in order; none overlap. Paragraphs end with
// line breaks. What stands in the part on the coming year is a target.
func Find(text string, how Reading) []Number {
	p := read(text)
	p.how = how
	var found []Number
	for from := 0; from < len(p.t); {
		to := from
		for to < len(p.t) && p.t[to] != '\n' {
			to++
		}
		found = append(found, p.paragraph(from, to)...)
		from = to + 1
	}
	p.shareUnits(found)
	p.targets(found, how.Year)
	for i := range found {
		n := &found[i]
		from, to := n.Start, n.End
		n.Start, n.End = p.start[from], p.end[to-1]
		n.Text = text[n.Start:n.End]
	}
	return found
}

// paragraph finds the numbers of a paragraph; what stands in another has no part
// in them.
func (p *plain) paragraph(from, to int) (found []Number) {
	var key string
	if p.how.Known != nil {
		key = string(p.t[from:to])
		if known, ok := p.how.Known[key]; ok {
			return moved(known, from)
		}
	}
	for i := from; i < to; {
		n, end := p.at(i)
		if end > i {
			i, p.taken = end, end
			found = append(found, n)
			continue
		}
		i++
	}
	if p.how.Known != nil {
		p.how.Known[key] = moved(found, -from)
	}
	return found
}

// moved are numbers that begin so many characters further on.
func moved(numbers []Number, by int) []Number {
	list := slices.Clone(numbers)
	for i := range list {
		list[i].Start, list[i].End = list[i].Start+by, list[i].End+by
	}
	return list
}

// shareUnits gives a number without a unit that of the next one, where they stand
// together: 2.1和4.3个百分点. Two that are the ends of a range, 3—5次, both stand
// for all that is between them.
func (p *plain) shareUnits(found []Number) {
	for i := len(found) - 2; i >= 0; i-- {
		a, b := &found[i], &found[i+1]
		if a.Class != Figure || b.Class != Figure || a.Value == nil || b.Value == nil || a.Hedge == "rank" || a.End > b.Start {
			continue
		}
		joint := string(p.t[a.End:b.Start])
		between := slices.Contains(words("至 到 — – - ~ —— ～"), joint)
		if !between && joint != "、" && joint != "和" && joint != "与" {
			continue
		}
		if a.Unit == "" && a.Style.Unit == "" && b.Style.Percent == "" {
			a.Unit = b.Unit
			a.takeUnit(b.Style.Unit)
		}
		if between && a.Unit == b.Unit && a.Hedge == "" && b.Hedge == "" && a.Value.Cmp(b.Value) < 0 {
			a.Hedge, b.Hedge = "至", "至"
			a.Interval = Interval{Low: a.Low, High: b.High}
			b.Interval = a.Interval
		}
	}
}

// Share gives a number that has no unit one that stands elsewhere, in the head of
// a table; a share in words, 三分之二, has none to get.
func (n *Number) Share(unit string) {
	if unit != "" && n.Unit == "" && n.Style.Percent == "" {
		n.Unit = shortUnit(unit)
		n.takeUnit(unit)
	}
}

// takeUnit notes a unit as it stands elsewhere, and what the number may stand for
// with it: 5386.5 is rounded where it is 万元.
func (n *Number) takeUnit(written string) {
	n.Style.Unit, n.Style.Shared = written, true
	exact := n.Hedge == "" || n.Hedge == "余" || n.Hedge == "多"
	if !exact || !Continuous(n.Unit) || n.Value == nil || n.Style.Step == nil {
		return
	}
	if strings.HasSuffix(n.Fault, notRound) {
		n.Fault = ""
	}
	scale := n.Style.scale()
	n.bound(new(big.Rat).Mul(n.Style.Step, scale), new(big.Rat).Mul(n.Style.Place, scale), Usual)
}

// at is the number that begins at i, with its place in runes; end is i where there is none.
func (p *plain) at(i int) (n Number, end int) {
	if phrase, ok := phraseAt(p.t, i); ok && p.isPhrase(i, phrase) {
		return Number{Start: i, End: i + len(phrase.runes), Class: phrase.class}, i + len(phrase.runes)
	}
	if end := p.vagueEnd(i); end > i {
		return Number{Start: i, End: end + len([]rune(unitAt(p.t, end, units))), Class: Vague}, end + len([]rune(unitAt(p.t, end, units)))
	}
	if nought := (p.t[i] == '零' || p.t[i] == '〇') && !decimalAt(p.t, i+1); nought && becameNought.MatchString(p.before(i)) && wordEnds.MatchString(p.after(i+1)) {
		return Number{Start: i, End: i + 1, Class: Figure, Value: whole(0), Interval: Interval{Low: whole(0), High: whole(0)},
			Style: Style{Step: whole(1), Place: whole(1), Han: true}}, i + 1
	} else if nought || p.t[i] == '双' || p.t[i] == '半' || p.t[i] == '几' && !strings.ContainsRune("乎何率", runeAt(p.t, i+1)) {
		return Number{Start: i, End: i + 1, Class: Lexical}, i + 1
	}
	if strings.ContainsRune("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", p.t[i]) {
		return Number{Start: i, End: i + 1, Class: Order}, i + 1
	}
	if p.has(i, "过半") && !p.has(i, "过半数") {
		n := Number{Start: i, End: i + 2, Class: Figure, Value: whole(50), Hedge: "超", Unit: "%", Style: Style{Before: "过", Percent: "分之", Step: whole(1), Place: whole(1), Han: true}}
		n.Low, n.LowOpen = n.Value, true
		return n, n.End
	}
	for _, word := range []string{"首位", "榜首"} {
		if p.has(i, word) {
			return p.first(i, len([]rune(word)))
		}
	}
	n, ok := p.token(i)
	if !ok {
		return n, i
	}
	p.classify(&n, i)
	return n, n.End
}

// 降至零 says a number, 清零 and 零距离 do not.
var (
	becameNought = regexp.MustCompile(`(?:降至|降为|降到|减至|减到|保持|下降为)$`)
	wordEnds     = regexp.MustCompile(`^[，。；、！\n]`)
)

// isPhrase keeps 三公里 and 百年 apart: a set phrase that begins with a numeral
// does not hold where a digit before it makes another number of it. 一点 is none
// in 一点五亿.
func (p *plain) isPhrase(i int, phrase phrase) bool {
	if string(phrase.runes) == "一点" && decimalAt(p.t, i+1) {
		return false
	}
	return !isDigit(runeAt(p.t, i-1)) || !isHan(phrase.runes[0])
}

func (p *plain) has(i int, word string) bool {
	for k, r := range []rune(word) {
		if runeAt(p.t, i+k) != r {
			return false
		}
	}
	return true
}

// vagueEnd is the index behind a vague number at i: 数十, 几百, 上千, 十几, 成千上万.
func (p *plain) vagueEnd(i int) int {
	for _, word := range []string{"成千上万", "成百上千", "数以万计", "数以千计", "数以百计", "百十", "百八十"} {
		if p.has(i, word) {
			return i + len([]rune(word))
		}
	}
	j, last := i, runeAt(p.t, i-1)
	switch p.t[i] {
	case '数':
		if strings.ContainsRune("人总个件次户参指系代分少多半岁无为", last) {
			return i
		}
		j++
	case '上':
		if strings.ContainsRune("以之线网会向在马晚早台路身手史地础际途坡", last) || hanUnit(runeAt(p.t, i+1)) < 100 {
			return i
		}
		j++
	case '几':
		j++
	default:
		for (isHan(runeAt(p.t, j)) || isDigit(runeAt(p.t, j))) && j < i+maxDigits {
			j++
		}
		if j == i || runeAt(p.t, j) != '几' {
			return i
		}
		j++
		return p.unitsEnd(j)
	}
	units := j
	j = p.unitsEnd(j)
	if j == units {
		return i
	}
	if r := runeAt(p.t, j); r == '余' || r == '多' {
		j++
	}
	return j
}

// unitsEnd is the index behind the Han units that begin at j.
func (p *plain) unitsEnd(j int) int {
	for from := j; hanUnit(runeAt(p.t, j)) > 0 && j < from+maxScale; {
		j++
	}
	return j
}

// first is a rank written 首位 or 榜首; put first in importance it is none.
func (p *plain) first(i, size int) (Number, int) {
	n := Number{Start: i, End: i + size, Class: Lexical}
	if rankBefore.MatchString(p.before(i)) {
		n.Class, n.Hedge, n.Unit, n.Value = Figure, "rank", "位", whole(1)
		n.Interval, n.Style = Interval{Low: whole(1), High: whole(1)}, Style{Rank: string(p.t[i : i+size]), Han: true}
	}
	return n, n.End
}
