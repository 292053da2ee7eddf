package sample

import (
	"fmt"
	"slices"
	"time"
)

type proposal struct {
	session, no, period            string
	title                          string
	kind, proposer, sector         string
	subject                        subject
	received                       time.Time
	result                         string
	reviewed                       time.Time
	mergedInto                     *proposal
	assigned, due, replied, second time.Time
	outcome, satisfaction          string
	keyProposal, excellent         bool
	supervisor                     string
}

// groupsUnfiled are the proposals of parties and sectors that are submitted but not filed.
const groupsUnfiled = 2

var supervisors = []string{"县政协主席", "县政协副主席", "县委副书记", "副县长"}

// addProposals: those filed in the year for its session come to the number wanted. Beside them stand those
// merged, refused and passed on, some of the session before, and two filed after the year, one still in hand.
func (b *builder) addProposals() {
	for _, p := range b.olderProposals() {
		b.addProposal(p)
	}
	all := b.filedProposals()
	unreplied := b.want.unreplied
	for i, p := range all {
		b.assign(p, i)
		if unreplied > 0 && p.period == "平时" && i%17 == 16 {
			unreplied--
			p.replied, p.second, p.outcome, p.satisfaction = time.Time{}, time.Time{}, "", ""
		}
	}
	all = append(all, b.unfiledProposals(all)...)
	slices.SortStableFunc(all, func(a, b *proposal) int { return a.received.Compare(b.received) })
	for i := range 2 {
		p := b.newProposal(i+300, "委员个人")
		p.period, p.received, p.reviewed = "平时", b.on(13, 5+i), b.on(13, 13)
		p.assigned, p.due = b.on(13, 20), b.on(16, 20)
		if i == 0 {
			p.replied, p.outcome, p.satisfaction = b.on(15, 18), "A", "满意"
		}
		all = append(all, p)
	}
	for _, p := range all {
		p.session, p.no = sessionName(b.year), b.number("")
	}
	for _, p := range all {
		b.addProposal(p)
	}
}

// newProposal is filed, and of the i-th of the ways to put the subjects.
func (b *builder) newProposal(i int, kind string) *proposal {
	i = (i*37 + 11) % (len(subjects) * len(proposalWays))
	p := &proposal{kind: kind, subject: turn(subjects, i), result: "立案"}
	p.title = fmt.Sprintf(proposalWays[i/len(subjects)], p.subject.name)
	return p
}

// propose names who puts a proposal forward, once the day is known.
func (b *builder) propose(p *proposal) {
	switch p.kind {
	case "党派团体":
		p.proposer = turn(partyGroups, b.dice.IntN(40)/3)
	case "界别集体":
		p.sector = turn(sectors, b.dice.IntN(len(sectors))).name
		p.proposer = p.sector
	case "专委会":
		p.proposer = turn(committees, b.dice.IntN(len(committees)))
	default:
		m := b.pick(b.serving(p.received), 1)[0]
		p.proposer, p.sector = m.no, m.sector
	}
}

func (b *builder) filedProposals() []*proposal {
	n := b.want.filed
	groups := b.want.groupProposals - groupsUnfiled
	kinds := slices.Concat(slices.Repeat([]string{"党派团体"}, groups*3/5), slices.Repeat([]string{"界别集体"}, groups-groups*3/5),
		slices.Repeat([]string{"专委会"}, 9), slices.Repeat([]string{"委员联名"}, n/6))
	for len(kinds) < n {
		kinds = append(kinds, "委员个人")
	}
	b.dice.Shuffle(n, func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	plenary := n * 2 / 3
	later := b.days(n-plenary, b.opened.AddDate(0, 0, 16), b.on(12, 10), autumn)
	var all []*proposal
	for i, kind := range kinds {
		p := b.newProposal(i, kind)
		if i < plenary {
			p.period, p.received = "会议", b.opened.AddDate(0, 0, b.dice.IntN(10)/3)
			p.reviewed = workday(b.opened.AddDate(0, 0, b.between(7, 14)))
			p.assigned = b.opened.AddDate(0, 0, 28)
		} else {
			p.period, p.received = "平时", later[i-plenary]
			p.reviewed = workday(p.received.AddDate(0, 0, b.between(4, 12)))
			p.assigned = workday(p.reviewed.AddDate(0, 0, b.between(2, 7)))
		}
		all = append(all, p)
	}
	return all
}

// assign sends a filed proposal to be handled. Replies take 10 to 180 days and come before the cut-off.
func (b *builder) assign(p *proposal, i int) {
	p.due = p.assigned.AddDate(0, 3, 0)
	latest := int(b.cutOff.Sub(p.assigned).Hours()/24) - 4
	days := 10 + (b.dice.IntN(85)+b.dice.IntN(85))/2
	if i%5 == 0 {
		days = b.between(60, 178)
	}
	if days > latest {
		days = b.between(latest/2, latest)
	}
	p.replied = workday(p.assigned.AddDate(0, 0, days))
	p.outcome = turn([]string{"A", "A", "A", "A", "B", "A", "A", "A", "A", "A", "B", "A", "A", "C", "A", "A"}, i)
	if second := workday(p.replied.AddDate(0, 0, b.between(25, 60))); p.outcome == "B" && second.Before(b.cutOff) {
		p.second = second
	}
	p.satisfaction = turn([]string{"满意", "满意", "满意", "基本满意", "满意", "满意", "满意"}, i)
	if i%45 == 44 {
		p.satisfaction = "未反馈"
	}
	if i%97 == 13 {
		p.satisfaction = "不满意"
	}
	if i%23 == 5 {
		p.keyProposal, p.supervisor = true, turn(supervisors, i/23)
	}
	p.excellent = i%15 == 4
}

// unfiledProposals are of single members but for two of groups; a letter passed on is answered as a filed one is.
func (b *builder) unfiledProposals(filed []*proposal) []*proposal {
	results := slices.Concat(slices.Repeat([]string{"并案"}, 8), slices.Repeat([]string{"转为社情民意信息"}, 5),
		slices.Repeat([]string{"不立案"}, 4), slices.Repeat([]string{"转信"}, 3), slices.Repeat([]string{"撤案"}, 2))
	var all []*proposal
	for i, result := range results {
		kind := "委员个人"
		switch i {
		case 3:
			kind = "界别集体"
		case 14:
			kind = "党派团体"
		}
		p := b.newProposal(i+240, kind)
		like := filed[i*9+2]
		p.result, p.period, p.received, p.reviewed = result, like.period, like.received, like.reviewed
		if result == "并案" {
			p.mergedInto, p.subject = like, like.subject
			p.title = fmt.Sprintf("关于重视%s的提案", p.subject.name)
		}
		if result == "转信" {
			p.assigned = workday(p.reviewed.AddDate(0, 0, 5))
			p.replied = workday(p.assigned.AddDate(0, 0, 21+i))
		}
		all = append(all, p)
	}
	return all
}

// olderProposals are of the session before, filed in the first months of the year.
func (b *builder) olderProposals() []*proposal {
	var all []*proposal
	for i, on := range b.days(6, b.on(1, 11), b.on(3, 26), steady) {
		p := b.newProposal(i+280, turn([]string{"委员个人", "党派团体", "委员联名", "界别集体", "委员个人", "专委会"}, i))
		p.session, p.no, p.period = sessionName(b.year-1), fmt.Sprintf("%03d", 231+i), "平时"
		p.received, p.reviewed, p.assigned = on, on.AddDate(0, 0, 6), on.AddDate(0, 0, 12)
		b.assign(p, i)
		all = append(all, p)
	}
	return all
}

func (b *builder) addProposal(p *proposal) {
	b.propose(p)
	merged := ""
	if p.mergedInto != nil {
		merged = p.mergedInto.no
	}
	b.add("proposals", p.session, p.no, p.period, p.title, p.kind, p.proposer, p.sector, p.subject.category,
		p.received, p.result, p.reviewed, merged, p.assigned, p.due, p.replied, p.second, p.outcome, p.satisfaction,
		p.keyProposal, p.supervisor, p.excellent)
	if p.result == "立案" {
		b.addProposalUnits(p)
	}
}

// addProposalUnits: one unit leads and up to two help; a few helpers have not sent their reply, so that a rate
// over tasks is lower than one over proposals. Now and then two units share a proposal instead.
func (b *builder) addProposalUnits(p *proposal) {
	i := len(b.rows["proposals"])
	handle := func(unit, role string, replied time.Time) {
		b.add("proposal_units", p.session, p.no, unit, role, p.assigned, replied)
	}
	helpers := b.otherUnits(p.subject.unit)
	switch {
	case i%29 == 7:
		handle(p.subject.unit, "分办", p.replied)
		handle(helpers[0], "分办", p.replied)
		return
	case i%3 != 0:
		handle(p.subject.unit, "主办", p.replied)
		return
	}
	handle(p.subject.unit, "主办", p.replied)
	for j, unit := range helpers[:1+i%4/3] {
		replied := p.replied
		if !replied.IsZero() {
			replied = workday(replied.AddDate(0, 0, -b.between(2, 9)))
		}
		if i%36 == 9 && j == 0 {
			replied = time.Time{}
		}
		handle(unit, "会办", replied)
	}
}

// otherUnits gives two units beside the one given.
func (b *builder) otherUnits(unit string) []string {
	var units []string
	for _, i := range b.dice.Perm(len(subjects)) {
		if u := subjects[i].unit; u != unit && !slices.Contains(units, u) {
			units = append(units, u)
		}
	}
	return units[:2]
}
