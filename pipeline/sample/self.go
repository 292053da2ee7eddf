package sample

import (
	"fmt"
	"slices"
	"time"
)

// addSystems: rules made and revised in the year; others abolished, or of the years beside it.
func (b *builder) addSystems() {
	system := func(r rule, action string, on time.Time) {
		by := "主席会议"
		switch r.category {
		case "党建":
			by = "党组会议"
		case "机关":
			by = "机关会议"
		}
		b.add("systems", b.number("ZD"), r.title, r.subject, action, r.category, by, on)
	}
	system(rule{"委员请假规定", "委员请假", "履职"}, "制定", b.on(0, 18))
	system(rule{"会议服务规则", "会议服务", "机关"}, "修订", b.on(0, 18))
	for i, on := range b.days(len(b.want.issued), b.on(6, 1), b.on(12, 20), autumn) {
		system(b.want.issued[i], "制定", on)
	}
	for i, on := range b.days(len(b.want.revised), b.on(6, 21), b.on(12, 24), autumn) {
		system(b.want.revised[i], "修订", on)
	}
	system(rule{"委员小组活动办法", "委员小组", "履职"}, "废止", b.on(12, 24))
	system(rule{"机关接待规定", "机关接待", "机关"}, "废止", b.on(12, 24))
	system(rule{"委员联络工作规则", "委员联络", "履职"}, "修订", b.on(13, 20))
	system(rule{"政协文史工作办法", "文史工作", "履职"}, "制定", b.on(13, 20))
}

// addTrainings: one for every member in office, one far away for some sixty; person-times are those present.
func (b *builder) addTrainings() {
	type training struct {
		name, scope, place string
		on                 time.Time
		days               int
		fullTime           bool
		pool               []member
		present, absent    int
	}
	tour := b.on(6, 7)
	backbone := slices.Concat(
		b.those(func(m member) bool { return m.standing && m.joined.Before(tour) }),
		b.those(func(m member) bool { return !m.standing && m.joined.Before(tour) })[:24])
	inParty := b.those(func(m member) bool { return m.party == "中共" && m.joined.Before(tour) })
	fresh := b.those(func(m member) bool { return m.joined.After(b.opened.AddDate(0, -1, 0)) && m.joined.Before(b.on(8, 1)) })
	if len(fresh) < 70 {
		fresh = b.members[40:]
	}
	all := []training{
		{"全体委员和机关干部集中培训", "全体委员", "高都职中", b.on(10, 18), 3, true, b.members, len(b.members), 0},
		{"常委和骨干委员提升培训", "常委和骨干委员", "贵州社会主义学院", tour, 6, true, backbone, len(backbone) - 3, 2},
		{"党员委员党性教育培训", "党员委员", "县委党校", b.on(7, 14), 2, true, inParty, 0, 4},
		{"委员履职基础培训", "新任委员", "县委党校", b.on(8, 3), 1, false, fresh, 0, 3},
		{"提案撰写培训", "全体委员", "县政协会议室", b.on(9, 8), 1, false, b.members, 0, 5},
		{"社情民意信息写作培训", "常委和骨干委员", "县政协会议室", b.on(9, 27), 1, false, backbone, 0, 3},
		{"移动履职平台使用培训", "全体委员", "县政协会议室", b.on(11, 16), 1, false, b.members, 0, 6},
		{"协商能力培训", "党员委员", "县委党校", b.on(12, 7), 1, false, inParty, 0, 2},
		{"新年履职培训", "全体委员", "县政协会议室", b.on(13, 13), 1, false, b.members, 44, 3},
	}
	small, over := all[2:8], 0
	for i, n := range b.split(b.want.training-all[0].present-all[1].present, len(small)) {
		small[i].present = min(n, len(small[i].pool)-small[i].absent)
		over += n - small[i].present
	}
	small[4].present += over // of all members: it has room
	slices.SortStableFunc(all, func(a, b training) int { return a.on.Compare(b.on) })
	for _, t := range all {
		no := b.number("PX")
		b.add("trainings", no, t.name, t.scope, t.place, t.on, t.on.AddDate(0, 0, t.days-1), t.fullTime, t.present+t.absent, t.present)
		b.roll(t.pool, t.present, t.absent, func(m member, attendance string) {
			b.add("training_attendance", no, m.no, attendance)
		})
	}
}

// addAppointments: supervisors in office in the year, one of them by two bodies; one whose term ended before,
// one whose term began after, and members in other roles.
func (b *builder) addAppointments() {
	appoint := func(m member, role, by string, start, end time.Time) {
		b.add("appointments", b.number("PR"), m.no, role, by, start, end)
	}
	const supervisor = "政风行风民主监督员"
	bodies := []string{"县纪委监委", "县公安局", "县教育局", "县税务局", "县人民法院"}
	var open time.Time
	start := b.termBefore().AddDate(0, 2, 9)
	old := b.serving(start)
	for i := range b.want.supervisors {
		if i%4 == 1 {
			appoint(old[i*3+2], supervisor, turn(bodies, i), start, b.on(time.Month(8+i%3), 30))
		} else {
			appoint(b.members[i*13+60], supervisor, turn(bodies, i), b.on(time.Month(6+i%5), 10), open)
		}
	}
	appoint(b.members[60], supervisor, bodies[1], b.on(9, 1), open)
	appoint(old[1], supervisor, bodies[3], start, b.on(0, 20))
	appoint(b.members[62], supervisor, bodies[2], b.on(13, 14), open)
	for i := range 4 {
		appoint(old[i*7+2], turn([]string{"人民陪审员", "特约监察员", "义务消防监督员"}, i), turn(bodies, i+4), b.on(7, 5+i), open)
	}
}

// addHonours: ranks and titles of the year, and ranks of years before. Beside them stand worse ranks on the same
// subjects in other scopes or by other bodies, the same titles of others, and a title one member has of two bodies.
func (b *builder) addHonours() {
	honour := func(year int, month time.Month, body, scope, subject string, rank any, kind, who, document string) {
		b.add("honours", b.number("BZ"), day(year+1, month, 18), year, body, scope, subject, rank, kind, who,
			fmt.Sprintf("%s〔%d〕%d号", document, year+1, 3+b.last["BZ"]*2))
	}
	const shire = "泽州县"
	w := b.want
	years := func(subject, body, scope, document string, history []int, rank int) {
		for i, r := range append(slices.Clone(history), rank) {
			honour(b.year-5+i, 1, body, scope, subject, r, "县政协", cppcc, document)
		}
	}
	years(sqmy, city, "全市", "晋市协办", w.sqmyCity, w.ranks["全市"+sqmy])
	years(sqmy, province, "全省", "晋协办", w.sqmyShire, w.ranks["全省"+sqmy])
	honour(b.year, 2, "省营商环境建设领导小组办公室", "全省", business, w.ranks[business], "县", shire, "晋营商办")
	honour(b.year, 2, "市招商引资领导小组办公室", "全市", investment, w.ranks[investment], "县", shire, "晋市招办")
	honour(b.year, 2, "市统计局", "全市", private, w.ranks[private], "县", shire, "晋市统字")
	honour(b.year-1, 2, "市统计局", "全市", private, targetsOf(b.year - 1).ranks[private], "县", shire, "晋市统字")
	honour(b.year, 2, "市统计局", "全市", "规模以上工业增加值增速", 2, "县", shire, "晋市统字")
	honour(b.year, 1, city, "全市", "提案工作", 3, "县政协", cppcc, "晋市协办")

	before := targetsOf(b.year - 1).ranks
	honour(b.year-1, 2, "省营商环境建设领导小组办公室", "全省", business, before[business], "县", shire, "晋营商办")
	honour(b.year-1, 2, "市招商引资领导小组办公室", "全市", investment, before[investment], "县", shire, "晋市招办")
	honour(b.year, 2, "省营商环境建设领导小组办公室", "全国", business, 37, "县", shire, "晋营商办")
	honour(b.year, 2, "省商务厅", "全省", investment, 8, "县", shire, "晋商投函")
	honour(b.year, 2, "省统计局", "全省", private, 11, "县", shire, "晋统函")
	honour(b.year, 1, province, "全省", "提案工作", 17, "县政协", cppcc, "晋协办")
	honour(b.year, 1, city, "全省", sqmy, w.ranks["全省"+sqmy], "县政协", cppcc, "晋市协办")
	honour(b.year, 1, province, "全国", sqmy, 42, "县政协", cppcc, "晋协办")
	honour(b.year, 1, "市委办公室", "全市", sqmy, 4, "县政协", cppcc, "晋市办函")
	honour(b.year, 1, "省委办公厅", "全省", sqmy, 21, "县政协", cppcc, "晋办函")

	const group, person = "全县转型发展先进集体", "全县转型发展先进个人"
	title := func(year int, subject, kind, who string) {
		honour(year, 2, "中共泽州县委", "全县", subject, nil, kind, who, "泽发")
	}
	for year := b.year - 1; year <= b.year; year++ {
		for i := range targetsOf(year).groupHonours {
			title(year, group, "乡镇政协工作联络组", liaisonGroup(turn(townships, year+i)))
		}
		for i := range targetsOf(year).honoured {
			title(year, person, "委员", turn(b.members[:180], i*31+12+year*7).no)
		}
	}
	title(b.year, group, "机关", office)
	title(b.year, group, "专委会", committees[1])
	title(b.year, person, "机关", office)
	title(b.year, "全县脱贫攻坚先进个人", "委员", b.members[55].no)
	title(b.year, "全县脱贫攻坚先进集体", "乡镇政协工作联络组", liaisonGroup(turn(townships, b.year+7)))
	honour(b.year, 3, "泽州县人民政府", "全县", person, nil, "委员", turn(b.members[:180], 12+b.year*7).no, "泽政发")
}
