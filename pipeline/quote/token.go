package quote

import (
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"
)

// hedgeBefore are the words before a number that say it is not exact; 签约, 节约
// and 最近 are other words.
var hedgeBefore = regexp.MustCompile(`(?:大约|约为|约有|约|将近|接近|近|(?:不得?|未|没有|不曾)(?:超过|超出|超|突破)|超过|超出|超|逾|突破|(?:不得?)?(?:多于|高于|大于|低于|少于|小于)|不足|不到|至少|最多)$`)

var otherWord = regexp.MustCompile(`(?:[签履节预公违制契合邀相条租解续大简特集誓有立爽]约|[最附临亲靠邻远贴新走]近|[赶反高]超)$`)

// hedges are what the words mean; each stands for one of the hedges below.
var hedges = map[string]string{
	"余": "余", "多": "余", "来": "约", "大约": "约", "约": "约", "约为": "约", "约有": "约", "左右": "约", "上下": "约", "近": "近", "将近": "近", "接近": "近", "不足": "近", "不到": "近",
	"超过": "超", "超出": "超", "超": "超", "逾": "超", "突破": "超", "多于": "超", "高于": "超", "大于": "超", "低于": "低于", "少于": "低于",
	"小于": "低于", "以上": "以上", "至少": "以上", "以下": "以下", "以内": "以下", "最多": "以下",
}

// meaning is the hedge that a word stands for; with 不, 未 or 没有 before it the
// opposite, the number itself included: 不超过 is 以下.
func meaning(word string) string {
	for _, no := range []string{"不得", "不曾", "没有", "不", "未"} {
		rest, negated := strings.CutPrefix(word, no)
		if meant, known := hedges[rest]; negated && known {
			return map[string]string{"超": "以下", "低于": "以上"}[meant]
		}
	}
	return hedges[word]
}

// token reads the number at i with its hedges and its unit. Start and End are runes.
func (p *plain) token(i int) (Number, bool) {
	if n, ok := p.fraction(i); ok {
		return n, true
	}
	n := Number{Start: i}
	at := i
	for _, head := range []string{"百分之", "千分之", "万分之"} {
		if p.has(i, head) {
			at, n.Style.Percent = i+3, head
		}
	}
	d, ok := readNumeral(p.t, at)
	if !ok {
		return Number{}, false
	}
	n.Value, n.Style.Step, n.Style.Place = d.value, d.step, d.place
	n.Style.Han, n.Style.Grouped, n.Style.Mixed = d.han, d.group, d.mixed
	scale, j := p.scaled(&n, d)
	j = p.unit(&n, d, j)
	if IsMoney(n.Unit) && !d.han && n.Style.Scale != "" { // the unit is 万元
		n.Style.Currency = n.Style.Unit
		n.Unit, n.Style.Unit, n.Style.Scale = n.Style.Scale+n.Unit, n.Style.Scale+n.Style.Unit, ""
		scale = whole(1)
	}
	n.End = p.hedgeAfter(&n, j)
	p.hedgeBefore(&n, i)
	hedged := n.Style.Before+n.Style.Behind+n.Style.After+n.Style.Percent != "" || n.Style.Tenths
	unitAlone := strings.ContainsRune("（(", runeAt(p.t, i-1)) && strings.ContainsRune("）)", runeAt(p.t, n.End)) // 项目资金（亿元）
	if d.bare && !hedged && (unitAlone || d.value.Cmp(whole(100_000)) < 0) {
		n.Value = nil
		return n, true
	}
	n.interpret(d, scale, p.how)
	return n, true
}

// scaled takes in 余, 多 or 来 behind the digits and the 万 or 亿 around it:
// 4000余万, 10万余. It gives the scale and the index behind them.
func (p *plain) scaled(n *Number, d numeral) (scale *big.Rat, j int) {
	scale, j = d.scale, d.end
	if !d.mixed && (!d.han || scale.Cmp(whole(1)) > 0) {
		n.Style.Scale = scaleOf(p.t, j)
	}
	for _, h := range []string{"余", "多", "来"} {
		if p.has(j, h) && p.hedgeBehind(d, j, h) {
			n.Style.Behind = h
			j++
			break
		}
	}
	if n.Style.Behind != "" && scale.Cmp(whole(1)) == 0 {
		scale, j = readScale(p.t, j)
		n.Style.Scale, n.Style.ScaleBehind = scaleOf(p.t, j), scale.Cmp(whole(1)) > 0
	}
	return scale, j
}

// unit reads the unit at j and gives the index behind it: 百分之 and 成 are %.
func (p *plain) unit(n *Number, d numeral, j int) int {
	switch {
	case n.Style.Percent != "":
		n.Unit = map[string]string{"百分之": "%", "千分之": "‰", "万分之": "‱"}[n.Style.Percent]
		return j
	case d.han && p.has(j, "成") && d.end-n.Start <= 2 && !strings.ContainsRune("为果立效员功长绩就本分套型熟交形都", runeAt(p.t, j+1)):
		return p.tenths(n, j+1)
	}
	list := units
	if d.han {
		list = hanCounts
	}
	n.Style.Unit = unitAt(p.t, j, list)
	if d.han && n.Style.Behind == "" && n.Style.Unit == "" {
		n.Style.Unit = unitAt(p.t, j, []string{"个月", "小时", "天", "岁", "年"})
	}
	n.Unit = shortUnit(n.Style.Unit)
	return j + utf8.RuneCountInString(n.Style.Unit)
}

// shortUnit is a unit as it is compared: 百分点 for 个百分点.
func shortUnit(written string) string {
	if short := strings.TrimPrefix(written, "个"); short == "百分点" || short == "月" {
		return short
	}
	return written
}

// tenths makes 七成 70 % and 七成五 75 %.
func (p *plain) tenths(n *Number, j int) int {
	n.Unit, n.Style.Tenths = "%", true
	n.Value = new(big.Rat).Mul(n.Value, whole(10))
	n.Style.Step, n.Style.Place = whole(10), whole(10)
	if half := hanDigit(runeAt(p.t, j)); half > 0 {
		n.Value.Add(n.Value, whole(half))
		n.Style.Step, n.Style.Place = whole(1), whole(1)
		j++
	}
	return j
}

// hedgeAfter takes in 左右, 以上 and their like behind the unit, and gives the
// index behind the number.
func (p *plain) hedgeAfter(n *Number, j int) int {
	for _, h := range []string{"左右", "上下", "以上", "以下", "以内", "之多"} {
		if p.has(j, h) {
			n.Style.After = h
			return j + utf8.RuneCountInString(h)
		}
	}
	if n.Style.Behind == "" && (p.has(j, "多") || p.has(j, "余")) && (measuredUnit[n.Unit] || n.Style.Tenths) && unitAt(p.t, j+1, units) == "" {
		n.Style.After = string(p.t[j])
		j++
	}
	return j
}

// measuredUnit are the units behind which 多 and 余 stand: 三公里多.
var measuredUnit = map[string]bool{"倍": true, "元": true, "亩": true, "公里": true, "吨": true, "岁": true, "小时": true, "年": true, "万元": true, "亿元": true, "月": true}

// scaleOf is the text of the Han units that end before j.
func scaleOf(t []rune, j int) string {
	from := j
	for from > 0 && j-from < maxScale && hanUnit(t[from-1]) >= 100 {
		from--
	}
	if from == 0 || !isDigit(t[from-1]) && hanDigit(t[from-1]) < 0 && !strings.ContainsRune("余多来", t[from-1]) {
		return ""
	}
	return string(t[from:j])
}

// hedgeBehind tells whether 余, 多 or 来 at j belongs to the number before it:
// 来 only behind a round one and before a unit.
func (p *plain) hedgeBehind(d numeral, j int, h string) bool {
	next := p.t[min(j+1, len(p.t)):]
	switch {
	case h == "来":
		return d.place.Cmp(whole(10)) >= 0 && unitAt(p.t, j+1, hanCounts) != ""
	case h == "多" && len(next) > 0 && strings.ContainsRune("样边媒党功极层渠形措于", next[0]), h == "多" && len(next) > 1 && next[0] == '元' && strings.ContainsRune("化的、", next[1]):
		return false
	case d.han && d.high == nil && d.place.Cmp(whole(10)) < 0: // 三多 and 五余 are no numbers
		return false
	}
	return true
}

// longestHedge is how many characters the hedges before a number and the words
// that look like one have at most: 不曾超过.
const longestHedge = 6

// hedgeBefore takes in the hedge before the number.
func (p *plain) hedgeBefore(n *Number, i int) {
	before := string(p.t[max(0, i-longestHedge):i])
	h := hedgeBefore.FindString(before)
	if h == "" || i-utf8.RuneCountInString(h) < p.taken || otherWord.MatchString(before) && len(h) <= len("近") {
		return
	}
	n.Style.Before = h
	n.Start -= utf8.RuneCountInString(h)
}

// roughly takes in what stands around a share written in words, 约三分之一,
// 一半以上, and gives it its bounds.
func (p *plain) roughly(n *Number, i int) {
	for _, h := range []string{"左右", "上下", "以上", "以下", "多"} {
		if p.has(n.End, h) {
			n.Style.After = h
			n.End += utf8.RuneCountInString(h)
			break
		}
	}
	p.hedgeBefore(n, i)
	n.interpret(numeral{scale: whole(1), step: power(-6), place: whole(1)}, whole(1), p.how)
	n.Fault = ""
}

// fraction reads 三分之二, 1/3 and 一半.
func (p *plain) fraction(i int) (Number, bool) {
	below, ok := readNumeral(p.t, i)
	if !ok || below.value.Sign() == 0 {
		return Number{}, false
	}
	var above numeral
	var value *big.Rat
	switch {
	case p.has(i, "一半"):
		n := Number{Start: i, End: i + 2, Value: whole(50), Unit: "%", Style: Style{Step: power(-6), Place: whole(1), Han: true, Percent: "分之"}}
		p.roughly(&n, i)
		return n, true
	case below.han && p.has(below.end, "分之"):
		if above, ok = readNumeral(p.t, below.end+2); !ok || below.bare {
			return Number{}, false
		}
		value = new(big.Rat).Quo(above.whole(), below.whole())
	case !below.han && p.has(below.end, "/") && isDigit(runeAt(p.t, below.end+1)):
		above = readDigits(p.t, below.end+1)
		if above.value.Sign() == 0 || runeAt(p.t, above.end) == '/' || above.value.Cmp(below.value) < 0 {
			return Number{}, false
		}
		value = new(big.Rat).Quo(below.value, above.value)
	default:
		return Number{}, false
	}
	n := Number{Start: i, End: above.end, Value: value, Style: Style{Step: whole(1), Place: whole(1), Han: below.han, Percent: "分之"}}
	p.roughly(&n, i)
	return n, true
}
