package sample

import (
	"fmt"
	"slices"
	"time"
)

type brief struct {
	no, title, kind, reporter string
	received                  time.Time
	handling                  string
	issue                     int
	issued                    time.Time
	sent                      map[string]time.Time // by level
}

const county, city, province, nation = "县委县政府", "市政协", "省政协", "全国政协"

var levels = []string{county, city, province, nation}

// addBriefs: what is received, issued, sent up, adopted and instructed are counted from different sets and days.
// Briefs share issues, go to several levels, are adopted by several papers; some of each fall out of the year.
func (b *builder) addBriefs() {
	before, during, after := b.receiveBriefs()
	issued := b.issueBriefs(before, during)
	b.issueNextYear(during, after)
	b.sendBriefs(issued)
	instructed := b.chooseInstructed(issued)

	for i, r := range slices.Concat(before, during, after) {
		r.no = b.number("XQ")
		if r.title == "" {
			at := (i*61 + 5) % (len(subjects) * len(briefWays))
			r.title = fmt.Sprintf(briefWays[at/len(subjects)], turn(subjects, at).name)
		}
		var issue any
		if r.issue > 0 {
			issue = r.issue
		}
		b.add("opinion_briefs", r.no, r.title, r.kind, r.reporter, r.received, r.handling, issue, r.issued)
		for _, level := range levels {
			if on, ok := r.sent[level]; ok {
				b.add("brief_sendings", r.no, level, on)
			}
		}
	}
	b.adoptBriefs(issued)
	b.instructBriefs(instructed, during[len(during)-1])
}

// receiveBriefs gives the briefs of the last month before the year, of the year, and after it to the cut-off.
// Those of the parties and sectors since the session come to the number wanted; others came before it.
func (b *builder) receiveBriefs() (before, during, after []*brief) {
	for i, on := range b.days(6, b.on(0, 8), b.on(0, 30), steady) {
		before = append(before, b.newBrief(i, on, i == 4))
	}
	const next = 20
	groupsAfter := b.want.groupBriefs / 6
	for i, on := range b.days(next, b.on(13, 4), b.cutOff.AddDate(0, 0, -5), steady) {
		after = append(after, b.newBrief(i, on, nth(i, groupsAfter, next)))
	}
	days := b.yearDays(b.want.received, steady)
	early, _ := slices.BinarySearchFunc(days, b.opened, time.Time.Compare)
	for i, on := range days {
		group := nth(i, 15, early)
		if i >= early {
			group = nth(i-early, b.want.groupBriefs-groupsAfter, len(days)-early)
		}
		r := b.newBrief(i, on, group)
		if nth(i, b.want.sentUp+27, len(days)) {
			r.handling = "编发"
		}
		during = append(during, r)
	}
	return before, during, after
}

// newBrief is one that is not issued, by a group or by someone else.
func (b *builder) newBrief(i int, on time.Time, group bool) *brief {
	r := &brief{received: on, handling: turn([]string{"未采用", "合并", "未采用", "转提案"}, i), sent: map[string]time.Time{}}
	chance := b.dice.IntN(40) / 3
	switch {
	case group && b.dice.IntN(2) == 0:
		r.kind, r.reporter = "党派团体", turn(partyGroups, chance)
	case group:
		r.kind, r.reporter = "界别", turn(sectors, chance).name
	case i%14 == 3:
		r.kind, r.reporter = "专委会", turn(committees, chance)
	case i%17 == 6:
		r.kind, r.reporter = "联络组", liaisonGroup(turn(townships, chance))
	default:
		r.kind, r.reporter = "委员", b.pick(b.serving(on), 1)[0].no
	}
	return r
}

// issueBriefs puts into the year's issues all that are to be issued but the last five, which wait for January,
// and two received before the year. One issue of the December before has a number the year does not reach.
func (b *builder) issueBriefs(before, during []*brief) []*brief {
	for _, r := range before[:2] {
		r.handling, r.issue, r.issued = "编发", b.want.issues+3, b.on(0, 22)
		r.received, r.sent[city] = b.on(0, 9), b.on(0, 24)
	}
	issued := slices.Clone(before[4:])
	for _, r := range during {
		if r.handling == "编发" {
			issued = append(issued, r)
		}
	}
	for _, r := range before[4:] {
		r.handling = "编发"
	}
	issued = issued[:len(issued)-5]
	var last time.Time
	for k := range b.want.issues {
		together := issued[k*len(issued)/b.want.issues : (k+1)*len(issued)/b.want.issues]
		on := workday(together[len(together)-1].received.AddDate(0, 0, b.between(1, 2)))
		if !on.After(last) {
			on = last.AddDate(0, 0, 1)
		}
		last = on
		for _, r := range together {
			r.issue, r.issued = k+1, on
		}
	}
	return issued
}

// issueNextYear numbers the issues from 1 again.
func (b *builder) issueNextYear(during, after []*brief) {
	for _, r := range during {
		if r.handling == "编发" && r.issue == 0 {
			r.issue, r.issued = 1, b.on(13, 10)
			r.sent[city] = b.on(13, 12)
		}
	}
	days := []time.Time{b.on(13, 24), b.on(14, 25), b.on(15, 25), b.cutOff}
	for i, r := range after {
		if i%2 == 0 {
			k := slices.IndexFunc(days, func(on time.Time) bool { return !on.Before(r.received) })
			r.handling, r.issue, r.issued, r.sent[city] = "编发", k+2, days[k], days[k]
		}
	}
}

// sendBriefs sends all but 24 of the issued ones up, and ten of those to the county alone.
func (b *builder) sendBriefs(issued []*brief) {
	up, rest := 0, 0
	for i, r := range issued {
		on := r.issued.AddDate(0, 0, b.dice.IntN(3))
		if on.Year() > b.year {
			on = r.issued
		}
		if nth(i, 24, len(issued)) {
			if rest++; rest <= 10 {
				r.sent[county] = on
			}
			continue
		}
		provinceAlone := up%9 == 4
		if !provinceAlone {
			r.sent[city] = on
		}
		if provinceAlone || up%4 == 1 || up%24 == 7 {
			r.sent[province] = on
		}
		if up%24 == 7 {
			r.sent[nation] = on
		}
		if up%3 == 0 {
			r.sent[county] = on
		}
		up++
	}
}

var papers = map[string][]string{
	county: {"县委信息"}, city: {"晋城政协信息", "市政协信息专报"}, province: {"山西政协信息", "省政协每日社情"}, nation: {"全国政协信息", "全国政协每日社情"},
}

// adoptBriefs: some at the city, some at the province, some at both, which count once; a few by two papers; and
// one at the city and one at the nation after the year.
func (b *builder) adoptBriefs(issued []*brief) {
	adopt := func(r *brief, level string, paper int, on time.Time) {
		b.add("brief_adoptions", r.no, level, papers[level][paper], on)
	}
	cityOnly, provinceOnly, both, national, local := b.want.cityOnly, b.want.provinceOnly, b.want.both, b.want.national, 8
	byNation := map[*brief]bool{} // adopted by the nation
	order := b.dice.Perm(len(issued))
	for _, i := range order {
		r := issued[i]
		if r.issued.After(b.on(11, 19)) {
			continue
		}
		on := workday(r.issued.AddDate(0, 0, b.between(8, 26)))
		_, toCity := r.sent[city]
		_, toProvince := r.sent[province]
		_, toNation := r.sent[nation]
		_, toCounty := r.sent[county]
		if toNation && national > 0 {
			national--
			byNation[r] = true
			adopt(r, nation, 0, on.AddDate(0, 0, 5))
			if national == 0 {
				adopt(r, nation, 1, on.AddDate(0, 0, 9))
			}
		}
		if toCounty && local > 0 {
			local--
			adopt(r, county, 0, on)
		}
		switch {
		case toCity && toProvince && both > 0:
			both--
			adopt(r, city, 0, on)
			adopt(r, province, both%2, on.AddDate(0, 0, 3))
		case toProvince && provinceOnly > 0:
			provinceOnly--
			adopt(r, province, 0, on)
		case toCity && !toProvince && cityOnly > 0:
			if cityOnly--; cityOnly < 3 {
				adopt(r, city, 1, on.AddDate(0, 0, 2))
			}
			adopt(r, city, 0, on)
		}
	}
	late := func(level string, on time.Time, done map[*brief]bool) {
		for _, r := range slices.Backward(issued) {
			if _, ok := r.sent[level]; ok && !done[r] {
				adopt(r, level, 0, on)
				return
			}
		}
	}
	late(city, b.on(13, 19), nil)
	late(nation, b.on(13, 25), byNation)
}

// chooseInstructed takes briefs at even distances, names the first ones, and sees that the county has them.
func (b *builder) chooseInstructed(issued []*brief) []*brief {
	n := b.want.bySecretary + 4
	var chosen []*brief
	for i := range n {
		r := issued[(2*(i*5%n)+1)*len(issued)/(2*n)]
		if i < len(b.want.briefTitles) {
			r.title = b.want.briefTitles[i]
		}
		r.sent[county] = r.issued
		chosen = append(chosen, r)
	}
	return chosen
}

// instructBriefs: the first are the county secretary's, one of them also another's; late is from after the year.
func (b *builder) instructBriefs(chosen []*brief, late *brief) {
	const first, government = "县委主要领导", "县政府领导"
	for i, r := range chosen {
		on := workday(r.issued.AddDate(0, 0, b.between(1, 3)))
		if on.Year() > b.year {
			on = r.issued
		}
		if i >= b.want.bySecretary {
			b.add("brief_instructions", r.no, government, turn([]string{"副县长", "常务副县长"}, i), on)
			continue
		}
		b.add("brief_instructions", r.no, first, "县委书记", on)
		switch i {
		case 0:
			b.add("brief_instructions", r.no, first, "县委副书记、县长", on)
		case 1:
			b.add("brief_instructions", r.no, government, "分管副县长", on)
		}
	}
	b.add("brief_instructions", late.no, first, "县委书记", b.on(13, 21))
}
