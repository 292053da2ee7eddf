package sample

import (
	"fmt"
	"slices"
	"time"
)

var studyTopics = []string{"学习习近平总书记关于加强和改进人民政协工作的重要思想", "学习中国共产党统一战线工作条例", "学习人民政协章程",
	"传达学习上级政协会议精神", "学习县委全会精神", "学习安全生产重要论述", "学习廉洁自律准则", "学习乡村振兴政策", "学习党史专题"}

var workTopics = []string{"研究月度重点工作", "审议专委会年度计划", "听取提案办理情况汇报", "研究帮扶工作安排", "审定调研视察方案",
	"研究委员履职考核事项", "审定社情民意信息选题", "研究机关党建工作"}

type meeting struct {
	kind string
	on   time.Time
	// topics of study and of other business
	study, work int
}

// addMeetings: a meeting with two study topics counts once, one without does not, nor does any before or after
// the year; the study sessions of the Party group are a kind of their own.
func (b *builder) addMeetings() {
	var all []meeting
	add := func(kind string, n, studied int) {
		for i, on := range b.yearDays(n, steady) {
			m := meeting{kind: kind, on: on, work: 1 + i%3}
			if nth(i, studied, n) {
				m.study = 1 + b.dice.IntN(10)/7
			}
			all = append(all, m)
		}
	}
	n := b.want.studyMeetings
	group, standing, chairs := n*2/5, n/10, n/5
	add("党组会议", group+2, group)
	add("常委会议", standing+1, standing)
	add("主席会议", chairs+3, chairs)
	add("机关会议", n-group-standing-chairs+4, n-group-standing-chairs)
	add("党组理论中心组学习", b.want.studySessions, b.want.studySessions)
	all = append(all,
		meeting{"党组理论中心组学习", b.on(0, 22), 1, 0},
		meeting{"党组会议", b.on(0, 24), 1, 1},
		meeting{"全体会议", b.opened, 0, 3},
		meeting{"党组理论中心组学习", b.on(13, 12), 2, 0},
		meeting{"机关会议", b.on(13, 14), 1, 1},
		meeting{"主席会议", b.on(13, 20), 0, 2})
	slices.SortStableFunc(all, func(a, b meeting) int { return a.on.Compare(b.on) })

	expected := map[string]int{"党组会议": 6, "主席会议": 9, "机关会议": 27, "党组理论中心组学习": 12,
		"常委会议": len(b.those(func(m member) bool { return m.standing })), "全体会议": b.want.serving}
	held := map[string]int{}
	for i, m := range all {
		no := b.number("HY")
		ordinal := ""
		if m.on.Year() == b.year {
			held[m.kind]++
			ordinal = fmt.Sprintf("第%d次", held[m.kind])
		}
		full := expected[m.kind]
		b.add("meetings", no, m.kind, m.on, ordinal, full, full-b.dice.IntN(1+full/8))
		for seq := range m.study + m.work {
			if seq < m.study {
				b.add("meeting_topics", no, seq+1, turn(studyTopics, i+seq*4), true)
			} else {
				b.add("meeting_topics", no, seq+1, turn(workTopics, i+seq*3), false)
			}
		}
	}
}

type studyEvent struct {
	kind, series        string
	on                  time.Time
	lecturer, organiser string
	platform, place     string
	participants        int
	sites               []string
}

// addStudy: the micro lectures of one series on one platform, seminars by who organised them, lectures by who
// gave them, and the persons of the preaching events, of whom many took part more than once. Some of each are of
// the months beside the year, and one of the Party group does not lecture but preach.
func (b *builder) addStudy() {
	var all []studyEvent
	add := func(e studyEvent) { all = append(all, e) }
	const series, platform, offline = "党的百年奋斗微讲堂", "移动履职平台", "线下"
	leaders := b.those(func(m member) bool { return m.leading })
	others := b.those(func(m member) bool { return m.standing && !m.leading && m.joined.Before(b.on(1, 1)) })

	for i, on := range b.days(b.want.microLectures, b.on(7, 5), b.on(12, 28), autumn) {
		add(studyEvent{kind: "微讲堂", series: series, on: on, lecturer: turn(others, i).no, organiser: committees[5],
			platform: platform, participants: 12 + i})
	}
	add(studyEvent{kind: "微讲堂", series: series, on: b.on(9, 15), lecturer: others[0].no, organiser: committees[5],
		platform: offline, place: "县政协会议室"})
	add(studyEvent{kind: "微讲堂", series: series, on: b.on(13, 18), organiser: committees[5], platform: platform})
	for i, on := range b.yearDays(4, steady) {
		add(studyEvent{kind: "微讲堂", series: "政协章程微讲堂", on: on, lecturer: turn(others, i+2).no, organiser: office,
			platform: platform})
	}
	for i, on := range b.yearDays(b.want.seminars, warm) {
		add(studyEvent{kind: "党史专题研讨", on: on, organiser: turn(sectors, i*5+i/14).name, platform: offline, place: "委员之家"})
	}
	for i, on := range []time.Time{b.on(0, 17), b.on(13, 12)} {
		add(studyEvent{kind: "党史专题研讨", on: on, organiser: sectors[i+3].name, platform: offline, place: "委员之家"})
		add(studyEvent{kind: "讲党课", on: on.AddDate(0, 0, 7), lecturer: leaders[i].no, organiser: office, platform: offline,
			place: townships[i+5]})
		add(studyEvent{kind: "宣讲党史", on: on.AddDate(0, 0, 4), organiser: sectors[i].name, platform: "委员读书群", participants: 6 + i})
	}
	for i, on := range b.yearDays(5, warm) {
		add(studyEvent{kind: "党史专题研讨", on: on, organiser: []string{committees[1], office, committees[3], office, committees[4]}[i],
			platform: offline, place: "县政协会议室"})
	}
	for i, on := range b.yearDays(b.want.lectures, warm) {
		add(studyEvent{kind: "讲党课", on: on, lecturer: turn(leaders, i).no, organiser: office, platform: offline,
			place: turn(townships, i)})
	}
	for i, on := range b.yearDays(4, warm) {
		e := studyEvent{kind: "讲党课", on: on, organiser: groupName(i), platform: offline, place: turn(townships, i+9)}
		if i != 2 {
			e.lecturer = turn(others, i+4).no
		}
		add(e)
	}
	persons := b.split(b.want.preaching, 11)
	for i, on := range b.yearDays(11, warm) {
		add(studyEvent{kind: "宣讲党史", on: on, organiser: turn(sectors, i).name,
			platform: turn([]string{"书香政协专栏", "委员读书群"}, i), participants: persons[i]})
	}
	add(studyEvent{kind: "宣讲党史", on: b.on(6, 24), lecturer: leaders[2].no, organiser: office, platform: offline, place: "县文化中心", participants: 15})
	for i, on := range b.days(3, b.on(6, 21), b.on(10, 28), steady) {
		sites := b.want.partySites
		add(studyEvent{kind: "主题党日", on: on, organiser: office, platform: offline, place: "县内", participants: 24 + i,
			sites: sites[i*len(sites)/3 : (i+1)*len(sites)/3]})
	}
	add(studyEvent{kind: "赴外研学", on: b.on(6, 7), organiser: office, platform: offline, place: b.want.tourPlace,
		participants: 38, sites: b.want.tourSites})
	for i, on := range b.yearDays(12, steady) {
		add(studyEvent{kind: "读书分享", series: "书香政协", on: on, organiser: committees[5],
			platform: turn([]string{"委员读书群", "书香政协专栏", offline}, i), participants: 5 + b.dice.IntN(8)})
	}
	slices.SortStableFunc(all, func(a, b studyEvent) int { return a.on.Compare(b.on) })
	for _, e := range all {
		b.addStudyEvent(e)
	}
}

func (b *builder) addStudyEvent(e studyEvent) {
	no := b.number("XX")
	b.add("study_events", no, e.kind, e.series, e.on, e.lecturer, e.organiser, e.platform, e.place)
	for _, site := range e.sites {
		b.add("study_sites", no, site)
	}
	pool := b.serving(e.on)
	if e.kind == "宣讲党史" {
		pool = pool[:42] // the same few tell it again and again
	}
	for _, m := range b.pick(pool, e.participants) {
		b.add("study_participation", no, m.no)
	}
}

var duties = []string{"山区村组安全饮水", "村卫生所常用药配备", "留守老人日间照料", "乡村道路隐患整治", "学校食堂改善", "困难职工帮扶",
	"农产品线上销售", "老旧小区加装电梯", "村级文化广场建设"}

var measures = []string{"组织委员实地摸底并列出清单", "协调主管部门落实资金", "每季度回访一次受益群众", "邀请专业人员现场指导", "向有关部门报送信息一篇"}

// addDutyLists: the lists of one practice drawn up in the year, and two that are not of it.
func (b *builder) addDutyLists() {
	const practice = "我为群众办实事"
	list := func(title, practice string, on time.Time, n int) {
		no := b.number("QD")
		b.add("duty_lists", no, title, practice, on)
		for seq := range n {
			b.add("duty_measures", no, seq+1, turn(measures, seq*2+len(b.rows["duty_lists"])),
				turn([]string{"已完成", "已完成", "推进中"}, seq+n))
		}
	}
	count := b.split(b.want.measures, b.want.dutyItems)
	for i, on := range b.days(b.want.dutyItems, b.on(4, 12), b.on(9, 30), warm) {
		list(duties[i], practice, on, count[i])
	}
	list("联系企业解难题", "千名委员联千企", b.on(8, 9), 3)
	list(duties[8], practice, b.on(13, 17), 2)
}
