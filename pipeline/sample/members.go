package sample

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

type member struct {
	no, party, sector, committee string
	standing, leading            bool
	joined                       time.Time
}

const formerGroup, formerTeam = "原文史和联络委员会党小组", "微团队（原机动组）"

const nextGroup = "经济委员会第二党小组"

func teamName(i int) string { return fmt.Sprintf("微团队%02d", i+1) }

func groupName(i int) string { return committees[i%len(committees)] + "党小组" }

func liaisonGroup(township string) string { return township + "政协联络组" }

func (b *builder) addUnits() {
	began := b.termBefore()
	unit := func(name, kind, parent string, ended time.Time, method string) {
		b.add("units", name, kind, parent, began, ended, method)
	}
	next := func(name, kind, parent string) {
		b.add("units", name, kind, parent, b.afterCutOff(), time.Time{}, "")
	}
	var still time.Time
	unit(office, "政协机关", "", still, "")
	unit("县政协办公室", "政协机关", office, still, "")
	unit("社情民意中心", "政协机关", office, still, "")
	for _, c := range committees {
		unit(c, "专委会", "", still, "")
	}
	for i, c := range committees {
		unit(groupName(i), "专委会党小组", c, still, "")
	}
	unit(formerGroup, "专委会党小组", committees[5], b.on(2, 26), "")
	next(nextGroup, "专委会党小组", committees[1])
	for i := range b.want.teams {
		unit(teamName(i), "微团队", groupName(i), still, "")
	}
	unit(formerTeam, "微团队", groupName(0), b.on(3, 31), "")
	next(teamName(b.want.teams), "微团队", groupName(b.want.teams))
	for i, t := range townships {
		method := ""
		if i < len(b.want.methods) {
			method = b.want.methods[i]
		}
		unit(liaisonGroup(t), "乡镇政协联络组", "", still, method)
	}
	for _, s := range sectors {
		unit(s.name, "界别", "", still, "")
	}
	for _, p := range partyGroups {
		unit(p, "党派团体", "", still, "")
	}
	var seen []string
	for _, s := range subjects {
		if !slices.Contains(seen, s.unit) {
			seen = append(seen, s.unit)
			unit(s.unit, "承办单位", "", still, "")
		}
	}
}

// addMembers seats the members in office, then those who left during the year, and one who came too late for
// the report. The members of the Party go
// round the teams first, so that every team has one; the others follow.
func (b *builder) addMembers() {
	parties := b.parties()
	var names []string
	for _, s := range sectors {
		names = append(names, slices.Repeat([]string{s.name}, s.seats)...)
	}
	for len(names) < b.want.serving {
		names = append(names, sectors[len(sectors)-1].name)
	}
	inParty, others := 0, 0
	for i, party := range parties {
		m := member{
			no: b.number("WY"), party: party, sector: names[i], committee: turn(committees, i*i+i/7),
			standing: i%5 == 1, leading: i < 6,
		}
		team := 0
		if party == "中共" {
			team, inParty = inParty%b.want.teams, inParty+1
		} else {
			team, others = others%b.want.teams, others+1
		}
		m.joined = b.termBefore()
		if i%37 == 36 {
			m.joined = b.on(7, 28)
		} else if b.year%5 == 1 && i%3 != 1 && !m.leading {
			m.joined = b.opened.AddDate(0, 0, -5)
		}
		b.members = append(b.members, m)
		b.addMember(m, teamName(team), "在任", time.Time{})
	}
	for i := range 9 {
		m := member{no: b.number("WY"), party: turn([]string{"中共", "无党派", "中共", "民盟"}, i),
			sector: turn(names, i*23), committee: turn(committees, i), joined: b.termBefore()}
		b.addMember(m, turn([]string{formerTeam, teamName(i)}, i), "离任", b.on(time.Month(2+i/2), 20))
	}
	late := member{no: b.number("WY"), party: "中共", sector: sectors[1].name, committee: committees[1], joined: b.afterCutOff()}
	b.addMember(late, teamName(b.want.teams), "在任", time.Time{})
}

func (b *builder) addMember(m member, team, status string, left time.Time) {
	b.add("members", m.no, "委员"+strings.TrimPrefix(m.no, "WY"), "", m.party, m.sector, m.committee, team,
		m.standing, m.leading, status, m.joined, left)
}

// parties gives every seat a party: the first seats, those of the Party's own sector, and others by chance.
func (b *builder) parties() []string {
	own := sectors[0].seats
	rest := slices.Repeat([]string{"中共"}, b.want.ccp-own)
	for i := range b.want.serving - b.want.ccp {
		rest = append(rest, turn([]string{"无党派", "群众", "民盟", "无党派", "群众", "民建", "群众", "九三学社", "无党派",
			"农工党", "群众", "民革", "民进", "群众"}, i))
	}
	b.dice.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	return append(slices.Repeat([]string{"中共"}, own), rest...)
}

// termBefore is when the last term before the year began; terms begin in years ending in 1 or 6.
func (b *builder) termBefore() time.Time { return day(b.year-1-(b.year-2)%5, 9, 1) }

// afterCutOff is a day too late for the report, before the next session.
func (b *builder) afterCutOff() time.Time { return b.cutOff.AddDate(0, 0, 5) }

// serving gives the members in office who had joined by a day.
func (b *builder) serving(on time.Time) []member {
	return b.those(func(m member) bool { return !m.joined.After(on) })
}

// those gives the members in office for whom the question is answered with yes.
func (b *builder) those(is func(member) bool) []member {
	var out []member
	for _, m := range b.members {
		if is(m) {
			out = append(out, m)
		}
	}
	return out
}
