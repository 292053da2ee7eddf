package draft

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"

	"workreport/pipeline/contract"
	"workreport/pipeline/quote"
)

// paired are the words that a number is judged by: its own, but for those whose
// head or noun stands with another number. 提案、信息分别为228件、365条 pairs heads
// and numbers in order, and in 新命名3个、挂牌2个基地 both count the same.
func paired(list []Finding, i int) words {
	f := list[i]
	x := f.context
	if f.Class != quote.Figure {
		return x
	}
	if head := headFor(list, i); head != "" {
		x.clause, x.before, x.head, x.follows = head, head, head, false
	}
	if strings.HasPrefix(x.behind, "、") {
		if next := i + 1; next < len(list) && list[next].from == f.from && list[next].Unit == f.Unit {
			x.behind, x.after = list[next].context.behind, list[next].context.after
		}
	}
	return x
}

// headFor is the head that 分别 pairs with a number, with what says that it is a
// change; "" where there is none.
func headFor(list []Finding, i int) string {
	f := list[i]
	sentence := f.context.sentence()
	heads, behind, found := strings.Cut(sentence, "分别")
	if !found {
		return ""
	}
	heads = heads[lastMark(strings.TrimSuffix(heads, "，"), clauseMarks):]
	names := headMarks.Split(strings.TrimSuffix(heads, "，"), -1)
	order, all := -1, 0 // which of the numbers behind 分别 this is, of how many
	from, to := sentenceOf(list, i)
	for j := from; j < to; j++ {
		if list[j].Class != quote.Figure || list[j].Mark < strings.Index(f.Sentence, "分别") {
			continue
		}
		if j == i {
			order = all
		}
		all++
	}
	if order < 0 || all != len(names) || all < 2 {
		return ""
	}
	change := listedChange.FindString(behind)
	if own := moreOrLess.FindString(f.context.clause); own != "" { // 分别减少10件、增加6期
		change = moreOrLess.ReplaceAllString(change, "") + own
	}
	return names[order] + change
}

// listedChange is what makes changes of the numbers behind 分别: 分别比上年增加5期、20篇.
var listedChange = regexp.MustCompile(`^，?(?:均|都|各)?(?:(?:比|较|与)(?:上年|去年|上一年|(?:19|20)\d\d年)(?:同期)?(?:相比)?，?|同比)?(?:增加|增长|提高|提升|上升|增|减少|下降|降低|回落|减)了?`)

// sentenceOf is the findings in the sentence of the i-th: from, and up to to.
func sentenceOf(list []Finding, i int) (from, to int) {
	for from = i; from > 0 && list[from-1].from == list[i].from; from-- {
	}
	for to = i + 1; to < len(list) && list[to].from == list[i].from; to++ {
	}
	return from, to
}

var headMarks = regexp.MustCompile(`、|和|与|及|以及`)

// contradictions finds what the draft says against itself.
func contradictions(list []Finding) {
	quotedTwice(list)
	for i := range list {
		enumerated(&list[i])
		parts(list, i)
		shareOf(list, i)
	}
}

// contradict marks a number that the draft contradicts; one that the records
// bear out stays right, one that they do not is wrong already.
func (f *Finding) contradict(why string) {
	if f.Verdict == Differs || f.Verdict == WrongUnit {
		f.Why += "；" + why
		return
	}
	if f.Verdict.Right() {
		return
	}
	f.Verdict, f.Why = Contradicts, why
}

// quotedTwice finds a figure that is quoted as two different numbers: each is
// held against the first that quotes it.
func quotedTwice(list []Finding) {
	first := map[string]*Finding{}
	for i := range list {
		b := &list[i]
		if b.Figure == nil {
			continue
		}
		a := first[b.Figure.Spec.ID]
		if a == nil {
			first[b.Figure.Spec.ID] = b
			continue
		}
		if a.Unit != b.Unit || meet(a.Number, b.Number) {
			continue
		}
		a.contradict(otherwise(b))
		b.contradict(otherwise(a))
	}
}

// otherwise says that another number quotes the same figure otherwise.
func otherwise(other *Finding) string {
	return fmt.Sprintf("%s在%s写的是%s，前后不一", named(*other.Figure), other.PlaceText(), other.Shown())
}

// meet tells whether one value can be what both numbers stand for.
func meet(a, b quote.Number) bool {
	below := func(high, low *big.Rat, open bool) bool {
		return high != nil && low != nil && (high.Cmp(low) < 0 || high.Cmp(low) == 0 && open)
	}
	return !below(a.High, b.Low, a.HighOpen || b.LowOpen) && !below(b.High, a.Low, b.HighOpen || a.LowOpen)
}

// startsList are the words behind which a list of names begins.
var startsList = regexp.MustCompile(`[了就对在从向为]|围绕|出台|开展|制定|修订|组织|召开|形成|包括|如|涉及|推动|建立|健全|完善|报送|提出|收集`)

// enumerated finds a list that names more than the count behind it says: A、B、C等2项.
func enumerated(f *Finding) {
	if f.Class != quote.Figure || f.Hedge != "" || f.Value == nil || !strings.HasSuffix(f.context.clause, "等") {
		return
	}
	clause := strings.TrimSuffix(f.context.clause, "等")
	named := strings.Count(clause, "》")
	if named < 2 {
		if at := startsList.FindAllStringIndex(clause, -1); len(at) > 0 {
			clause = clause[at[len(at)-1][1]:]
		}
		if named = strings.Count(clause, "、") + 1; named < 2 {
			return
		}
	}
	if f.Value.Cmp(big.NewRat(int64(named), 1)) < 0 {
		f.contradict(fmt.Sprintf("前面列出了%d项，多于写的%s", named, f.Shown()))
	}
}

// parts finds parts that are more than their whole: 收到300件，其中立案320件, and
// 其中A 200件、B 150件 of 300件.
func parts(list []Finding, i int) {
	whole := &list[i]
	if !counted(*whole) {
		return
	}
	sum, last := new(big.Rat), whole.End
	var members []*Finding
	for j := i + 1; j < len(list) && list[j].from == whole.from; j++ {
		part := &list[j]
		between := ""
		if part.Start >= last {
			between = quote.Plain(whole.Sentence[last-whole.from : part.Start-whole.from])
		}
		if len(members) == 0 && !strings.Contains(between, "其中") {
			return
		}
		if !counted(*part) || !sameKind(part.Unit, whole.Unit) || len(members) > 0 && strings.ContainsAny(between, "，；") {
			break
		}
		members, last = append(members, part), part.End
		sum.Add(sum, part.Value)
		if part.Value.Cmp(whole.Value) > 0 {
			part.contradict(fmt.Sprintf("是%s的一部分，却比它多", whole.Shown()))
		}
	}
	if len(members) > 1 && sum.Cmp(whole.Value) > 0 {
		why := fmt.Sprintf("其中各项合计%s%s，多于%s", quote.Exact(sum, contract.HalfUp), whole.Unit, whole.Shown())
		whole.contradict(why)
		for _, part := range members {
			part.contradict(why)
		}
	}
}

// counted tells whether a number is an exact count that can be added up.
func counted(f Finding) bool {
	return f.Class == quote.Figure && f.Hedge == "" && f.Value != nil && f.Unit != "" && !quote.Continuous(f.Unit)
}

var (
	shareWords = regexp.MustCompile(`占(?:比|总数的?|全部的?|的)?(?:为|达|达到)?$`)
	rateWords  = regexp.MustCompile(`(\p{Han}{2})率(?:为|达|达到)?$`)
)

// shareOf finds a share or a rate that its two counts, in the same sentence, do
// not give: 提案300件，其中委员提案150件，占40%. Where the counts are not told for
// sure, it says nothing.
func shareOf(list []Finding, i int) {
	f := &list[i]
	if f.Class != quote.Figure || f.Unit != "%" || f.Hedge != "" {
		return
	}
	var counts []*Finding
	from, _ := sentenceOf(list, i)
	for j := from; j < i; j++ {
		if counted(list[j]) {
			counts = append(counts, &list[j])
		}
	}
	if len(counts) != 2 || !sameKind(counts[0].Unit, counts[1].Unit) || counts[0].Value.Sign() == 0 {
		return
	}
	whole, part := counts[0], counts[1]
	if rate := rateWords.FindStringSubmatch(f.context.clause); rate != nil {
		if !strings.HasSuffix(part.context.clause, rate[1]) {
			return
		}
	} else if !shareWords.MatchString(f.context.clause) || utf8.RuneCountInString(f.context.clause) > 6 {
		return
	}
	if part.Value.Cmp(whole.Value) > 0 {
		return
	}
	share := new(big.Rat).Quo(new(big.Rat).Mul(part.Value, big.NewRat(100, 1)), whole.Value)
	if f.Contains(share) {
		return
	}
	f.contradict(fmt.Sprintf("%s÷%s＝%s%%", part.Shown(), whole.Shown(), quote.Trim(quote.Round(share, 2, contract.HalfUp))))
}
