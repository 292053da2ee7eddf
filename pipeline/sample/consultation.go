package sample

import (
	"slices"
	"time"
)

type consultation struct {
	kind                            string
	on                              time.Time
	topic, lead, place              string
	key                             bool
	suggestions, conflicts, present int
}

var plenaryTopics = []string{"新城建设", "科技创新", "营商环境", "乡村振兴", "生态文明", "民生保障"}

// addConsultations: by kind, each with neighbours that a wrong definition would count: other topics of the
// surveys' forums and other tables on their topic, suggestions made before the session, conflicts settled at other
// tables, consultations after the year, leave from key ones.
func (b *builder) addConsultations() {
	var all []consultation
	add := func(c consultation) { all = append(all, c) }
	for i, n := range b.split(b.want.plenarySuggestions, len(plenaryTopics)) {
		add(consultation{kind: "全体会议联组协商", on: b.opened.AddDate(0, 0, 1), topic: plenaryTopics[i], lead: committees[i],
			place: "会议驻地", suggestions: n})
	}
	for i, on := range b.days(b.want.surveyForums, b.on(7, 5), b.on(10, 15), steady) {
		add(consultation{kind: "调研座谈", on: on, topic: b.want.surveyTopic, lead: committees[1],
			place: turn([]string{"县政协会议室", "线上", "产业园区"}, i), suggestions: 4 + i})
	}
	add(consultation{kind: "全体会议联组协商", on: b.on(1, 21), topic: "年度重点工作", lead: committees[0], place: "会议驻地", suggestions: 14})
	add(consultation{kind: "网络协商", on: b.on(9, 6), topic: b.want.surveyTopic, lead: committees[1], place: "移动履职平台", suggestions: 8})
	add(consultation{kind: "调研座谈", on: b.on(13, 11), topic: b.want.surveyTopic, lead: committees[1], place: "县政协会议室", suggestions: 3})
	for i, on := range b.days(4, b.on(3, 8), b.on(11, 20), autumn) {
		add(consultation{kind: "调研座谈", on: on, topic: b.want.committeeTopics[i], lead: committees[i+1], place: "县政协会议室", suggestions: 3 + i})
	}
	talks := []string{"装备制造集群培育", "商贸物流园区规划", "乡村康养产业", "小微企业融资", "职业教育发展", "农村公路网建设"}
	for i, on := range b.days(b.want.special+b.want.counterpart, b.on(3, 15), b.on(12, 10), autumn) {
		kind := "对口协商"
		if i%2 == 1 && i/2 < b.want.special {
			kind = "专题议政"
		}
		add(consultation{kind: kind, on: on, topic: talks[i], lead: turn(committees, i+1), key: true, place: "县政协会议室", suggestions: 9 + i})
	}
	add(consultation{kind: "对口协商", on: b.on(14, 16), topic: talks[5], lead: committees[4], key: true, place: "县政协会议室", suggestions: 7})
	for i, on := range b.yearDays(5, steady) {
		add(consultation{kind: "主席会议协商", on: on, topic: turn(subjects, i*13).name, lead: office, key: i%2 == 1, place: "县政协会议室", suggestions: 5})
	}
	conflicts := b.split(b.want.conflicts, b.want.sectorTalks)
	for i, on := range b.yearDays(b.want.sectorTalks, autumn) {
		add(consultation{kind: "界别协商", on: on, topic: turn(subjects, i*7+31).name, lead: turn(sectors, i*3).name, place: "委员之家",
			suggestions: b.between(2, 8), conflicts: conflicts[i]})
	}
	add(consultation{kind: "界别协商", on: b.on(14, 23), topic: subjects[42].name, lead: sectors[4].name, place: "委员之家", suggestions: 4, conflicts: 2})
	for i, on := range b.days(14, b.on(4, 6), b.on(12, 20), autumn) {
		add(consultation{kind: "家门口协商", on: on, topic: turn([]string{"红白喜事从简", "广场舞音量", "集体收入分配", "村道拓宽"}, i),
			lead: liaisonGroup(turn(townships, i*i)), place: turn(townships, i*i), suggestions: b.between(1, 5), conflicts: i % 3})
	}
	for i, on := range b.days(6, b.on(8, 2), b.on(12, 20), steady) {
		add(consultation{kind: "提案办理协商", on: on, topic: turn(subjects, i*11+5).name, lead: committees[0],
			place: turn(subjects, i*11+5).unit, suggestions: b.between(2, 6)})
	}
	for i, on := range b.yearDays(3, autumn) {
		add(consultation{kind: "网络协商", on: on, topic: turn(subjects, i*17+22).name, lead: office, place: "移动履职平台", suggestions: b.between(6, 20)})
	}
	slices.SortStableFunc(all, func(a, b consultation) int { return a.on.Compare(b.on) })
	b.seatConsultations(all)
}

// seatConsultations gives the consultations their members: the key ones of the year the number wanted.
func (b *builder) seatConsultations(all []consultation) {
	counted := func(c consultation) bool { return c.key && c.on.Year() == b.year }
	keys := 0
	for _, c := range all {
		if counted(c) {
			keys++
		}
	}
	present := b.split(b.want.keyTalks, keys)
	for _, c := range all {
		no := b.number("XS")
		absent := 0
		switch {
		case counted(c):
			c.present, present = present[0], present[1:]
			absent = b.between(1, 4)
		case c.key || c.kind == "界别协商":
			c.present, absent = b.between(8, 14), 2
		}
		people := c.present + b.between(6, 20)
		if c.kind == "全体会议联组协商" {
			people = b.want.serving/len(plenaryTopics) + b.between(0, 5)
		}
		b.add("consultations", no, c.kind, c.on, c.topic, c.lead, c.key, c.place, people, c.suggestions, b.conflictsOf(c))
		b.roll(b.serving(c.on), c.present, absent, func(m member, attendance string) {
			b.add("consultation_attendance", no, m.no, attendance, attendance == "到会" && b.dice.IntN(3) == 0)
		})
	}
}

func (b *builder) conflictsOf(c consultation) any {
	if c.kind == "界别协商" || c.kind == "家门口协商" {
		return c.conflicts
	}
	return nil
}

// addDocuments: the reports on the year's topic, other papers on it, and reports on other topics.
func (b *builder) addDocuments() {
	paper := func(kind, title, topic string, on time.Time) {
		b.add("documents", b.number("CG"), kind, title, topic, on, b.dice.IntN(3) > 0)
	}
	aspects := []string{"县域比较", "用地供给", "人才支撑", "物流成本", "融资渠道", "园区承载", "政务效率", "产业配套", "能源价格", "技术改造",
		"招商方式", "市场环境", "政策兑现"}
	for i, on := range b.days(b.want.surveyReports, b.on(8, 16), b.on(12, 3), autumn) {
		paper("调研报告", b.want.surveyTopic+"调研报告："+aspects[i], b.want.surveyTopic, on)
	}
	paper("建议", b.want.surveyTopic+"若干建议", b.want.surveyTopic, b.on(12, 10))
	paper("建议", b.want.surveyTopic+"补充建议", b.want.surveyTopic, b.on(12, 21))
	paper("协商纪要", b.want.surveyTopic+"协商纪要", b.want.surveyTopic, b.on(11, 5))
	paper("调研报告", b.want.surveyTopic+"跟踪调研报告", b.want.surveyTopic, b.on(13, 25))
	for i, on := range b.days(5, b.on(6, 1), b.on(12, 15), autumn) {
		paper(turn([]string{"调研报告", "视察报告", "调研报告"}, i), b.want.committeeTopics[i]+"报告", b.want.committeeTopics[i], on)
	}
}

// addSurveys: each committee but the first surveys its topic of the year, and all survey other matters.
func (b *builder) addSurveys() {
	type survey struct {
		kind, committee, topic string
		on                     time.Time
		present                int
	}
	const n = 17
	present := b.split(b.want.survey, n)
	var all []survey
	for i, on := range b.days(n, b.on(3, 3), b.on(12, 10), autumn) {
		at := i % len(committees)
		s := survey{turn([]string{"调研", "监督", "视察", "考察"}, i), committees[at], turn(committeeMatters[at], i/6), on, present[i]}
		if i >= 7 && i < 12 {
			s.kind, s.topic = "调研", b.want.committeeTopics[at-1]
			if at == 2 {
				s.kind = "视察"
			}
		}
		all = append(all, s)
	}
	all = append(all, survey{"调研", committees[1], subjects[9].name, b.on(13, 19), 21})
	for i, s := range all {
		no := b.number("DY")
		b.add("surveys", no, s.kind, s.committee, s.topic, s.on, s.on.AddDate(0, 0, i%4), "关于"+s.topic+"的"+s.kind+"报告", i%3 != 1)
		b.roll(b.serving(s.on), s.present, b.between(1, 6), func(m member, attendance string) {
			b.add("survey_attendance", no, m.no, attendance)
		})
	}
}
