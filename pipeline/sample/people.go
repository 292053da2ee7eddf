package sample

import (
	"fmt"
	"slices"
	"time"
)

// addAssistance: money by kind, with other kinds and the January after; people by household and by person, with
// other villages, one person helped twice, and persons of both kinds.
func (b *builder) addAssistance() {
	fund := func(kind string, yuan int, source, to string, on time.Time) {
		b.add("assistance_funds", b.number("ZJ"), kind, fmt.Sprintf("%d.00", yuan), source, to, on)
	}
	projects := []string{"村内道路硬化", "香菇大棚", "农田灌溉管网", "光伏电站维护", "文化广场", "小米加工厂", "污水管网", "村卫生室改造"}
	const parts = 14
	amounts := b.split(b.want.projectYuan/100, parts)
	for i, on := range b.yearDays(parts, warm) {
		yuan := amounts[i] * 100
		if shift := amounts[i] / 3 * 100; i%2 == 0 { // from every other project to its neighbour: they differ more
			yuan -= shift
		} else {
			yuan += amounts[i-1] / 3 * 100
		}
		fund("项目资金", yuan, turn([]string{"县级财政", "上级专项", "社会资本"}, i), turn(villages, i)+turn(projects, i), on)
	}
	for i, yuan := range b.split(b.want.consumptionYuan/100, 9) {
		fund("消费帮扶", yuan*100, turn([]string{"委员企业", "机关食堂", "帮扶单位工会"}, i), turn(villages, i), b.on(time.Month(i+3), 12+i))
	}
	for i, yuan := range []int{52_000, 18_600, 30_000} {
		fund("捐款", yuan, "政协委员", turn(villages, i), b.on(10, 12+i))
	}
	fund("捐物折价", 41_500, "政协委员爱心团队", helpVillage, b.on(10, 15))
	fund("项目资金", 1_260_000, "县级财政", villages[1]+projects[0], b.on(13, 17))
	fund("消费帮扶", 38_200, "机关食堂", helpVillage, b.on(13, 21))
	b.addPersons()
}

func (b *builder) addPersons() {
	const poor, flooded, watched = "脱贫家庭", "受灾群众", "监测对象"
	person := func(no, household, village, kind string, on time.Time) {
		b.add("assistance_persons", no, "", household, village, kind, on, false)
	}
	rain := b.on(10, 11)
	var both []string // persons of poor households who are flooded too, and their households
	for i := range b.want.households {
		household := b.number("HH")
		for range 1 + (i*2+i/5)%4 {
			no := b.number("RY")
			person(no, household, helpVillage, poor, b.on(time.Month(3+i%8), 18))
			if len(both) < 24 && i%2 == 0 {
				both = append(both, no, household)
			}
		}
	}
	for i := 0; i < len(both); i += 2 {
		person(both[i], both[i+1], helpVillage, flooded, rain)
	}
	person(both[0], both[1], helpVillage, flooded, rain.AddDate(0, 0, 9))
	household := ""
	for i := range b.want.persons - len(both)/2 {
		if i%3 != 1 {
			household = b.number("HH")
		}
		person(b.number("RY"), household, helpVillage, flooded, rain.AddDate(0, 0, i%5))
	}
	for i := range 22 {
		person(b.number("RY"), b.number("HH"), turn(villages[1:], i), turn([]string{poor, flooded, watched}, i/3), b.on(time.Month(4+i%8), 8+i%20))
	}
	person(b.number("RY"), b.number("HH"), helpVillage, watched, b.on(9, 2))
	person(b.number("RY"), b.number("HH"), helpVillage, poor, b.on(13, 18))
	person(b.number("RY"), b.number("HH"), helpVillage, flooded, b.on(13, 18))
}

// addService: events of the kind wanted, of other kinds, and one after the year.
func (b *builder) addService() {
	type event struct {
		kind, title string
		on          time.Time
	}
	var all []event
	add := func(kind string, titles []string, days []time.Time) {
		for i, on := range days {
			all = append(all, event{kind, turn(titles, i), on})
		}
	}
	const wanted = "为民办实事"
	add(wanted, []string{"义诊送药进村", "家电维修进社区", "农技指导到田头", "法律咨询上门", "春风送岗", "修缮村道", "为老人理发",
		"学生视力筛查", "助销滞销果蔬", "安全用电检查", "送戏下乡"}, b.yearDays(b.want.service, warm))
	add("志愿服务", []string{"环境整治", "交通劝导", "疫苗接种引导", "文明创建"}, b.yearDays(17, steady))
	add("捐赠慰问", []string{"走访困难群众", "慰问环卫工人", "捐赠图书"}, b.yearDays(9, steady))
	add(wanted, []string{"送春联下乡"}, []time.Time{b.on(13, 19)})
	slices.SortStableFunc(all, func(a, b event) int { return a.on.Compare(b.on) })
	for i, e := range all {
		organiser := turn(sectors, b.dice.IntN(40)/3).name
		if i%4 == 3 {
			organiser = liaisonGroup(turn(townships, i*5))
		}
		b.add("public_service_events", b.number("FW"), e.kind, e.title, e.on, organiser, turn(townships, i*3), b.between(12, 160))
	}
}

// addSpeeches: the written ones of parties and sectors since the session, at it and at meetings after it; others
// are spoken, of committees, or before it. Bills and briefs of the same bodies are counted together.
func (b *builder) addSpeeches() {
	speech := func(meeting, kind, speaker, mode, title string, on time.Time, document string) {
		b.add("speeches", b.number("FY"), meeting, kind, speaker, mode, title, on, document)
	}
	plenary := sessionName(b.year) + "会议"
	group := func(i int) (kind, name string) {
		if i%2 == 0 {
			return "党派团体", turn(partyGroups, i/2)
		}
		return "界别", turn(sectors, i*3).name
	}
	for i := range 3 {
		kind, name := group(i)
		speech("专题议政性常委会议", kind, name, "书面", "关于"+subjects[i*8+2].name+"的思考", b.on(3, 18), "")
	}
	for i := range b.want.speeches {
		kind, name := group(i)
		meeting, on := plenary, b.opened.AddDate(0, 0, 1)
		if i%7 == 5 {
			meeting, on = "专题议政性常委会议", b.on(9, 16)
		}
		if i%11 == 9 {
			meeting, on = "专题议政性常委会议", b.on(15, 22)
		}
		speech(meeting, kind, name, "书面", "关于"+turn(subjects, i*19+4).name+"的思考", on, "")
	}
	for i := range 8 {
		kind, name := group(i + 1)
		speech(plenary, kind, name, "口头", "以"+subjects[i*7].name+"助力转型发展", b.opened.AddDate(0, 0, 2), "")
	}
	for i := range 3 {
		speech(plenary, "专委会", committees[i+1], "书面", b.want.committeeTopics[i]+"建言", b.opened.AddDate(0, 0, 1), "")
	}
	speech(plenary, "委员", b.members[7].no, "口头", "一名企业界委员的心里话", b.opened.AddDate(0, 0, 2), "")
	speech("全省政协系统党建工作交流会", "县政协", cppcc, "口头", "党建引领履职的县级实践", b.on(9, 28), fmt.Sprintf("晋协办函〔%d〕31号", b.year))

	bill := func(kind, about string, on time.Time) {
		b.add("suggestion_bills", b.number("JY"), "关于"+about+"的建议案", kind, on)
	}
	bill("党派团体", subjects[14].name, b.on(3, 24))
	for i, on := range b.days(b.want.groupBills, b.on(6, 15), b.on(15, 25), autumn) {
		bill(turn([]string{"党派团体", "界别", "党派团体"}, i), subjects[i*9+1].name, on)
	}
	bill("专委会", b.want.committeeTopics[0], b.on(10, 20))
	bill("专委会", b.want.committeeTopics[2], b.on(11, 24))
	bill("常委会", b.want.surveyTopic, b.on(12, 15))
}
