package sample

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

type record func(field string) string

func anyRow(record) bool { return true }

// count counts the distinct values of a field, blanks apart, over the rows that are asked for.
func count(rows [][]string, name, field string, is func(record) bool) int {
	seen := map[string]bool{}
	for _, row := range rows {
		r := func(field string) string { return row[columnAt(name, field)] }
		if v := r(field); v != "" && is(r) {
			seen[v] = true
		}
	}
	return len(seen)
}

// figures are the definitions of the main figures in Go, over the rows as built.
type figures struct {
	year int
	rows map[string][][]string
}

func (f figures) count(name, field string, is func(record) bool) int {
	return count(f.rows[name], name, field, is)
}

func (f figures) sum(name, field string, is func(record) bool) int {
	total := 0
	for _, row := range f.rows[name] {
		r := func(field string) string { return row[columnAt(name, field)] }
		if is(r) {
			n, err := strconv.ParseFloat("0"+r(field), 64)
			if err != nil {
				panic(err)
			}
			total += int(n)
		}
	}
	return total
}

func (f figures) in(date string) bool { return strings.HasPrefix(date, strconv.Itoa(f.year)+"-") }

// since tells whether a day lies in the window that begins with the session.
func (f figures) since(date string) bool {
	return date >= sessionDay(f.year).Format(time.DateOnly) && date <= cutOff(f.year).Format(time.DateOnly)
}

// ids are the keys of the rows asked for.
func (f figures) ids(name, field string, is func(record) bool) []string {
	var out []string
	for _, row := range f.rows[name] {
		r := func(field string) string { return row[columnAt(name, field)] }
		if is(r) {
			out = append(out, r(field))
		}
	}
	return out
}

func (f figures) presentAt(events, day, attendance, id string, is func(record) bool) int {
	held := f.ids(events, id, func(r record) bool { return f.in(r(day)) && is(r) })
	return len(f.ids(attendance, "member_no", func(r record) bool {
		return r("attendance") == "到会" && slices.Contains(held, r(id))
	}))
}

func oneOf(s string, list ...string) bool { return slices.Contains(list, s) }

func TestTargets(t *testing.T) {
	for _, year := range []int{2020, 2021} {
		f := figures{year, build(year)}
		w := targetsOf(year)
		f.testMeetings(t, w)
		f.testProposals(t, w)
		f.testBriefs(t, w)
		f.testPeople(t, w)
	}
}

func expect(t *testing.T, year int, figure string, got, want int) {
	t.Helper()
	if got != want {
		t.Errorf("%d %s: %d, want %d", year, figure, got, want)
	}
}

func (f figures) testMeetings(t *testing.T, w targets) {
	studied := f.ids("meeting_topics", "meeting_no", func(r record) bool { return r("study") == "是" })
	of := func(kinds ...string) int {
		return f.count("meetings", "meeting_no", func(r record) bool {
			return f.in(r("held_on")) && oneOf(r("kind"), kinds...) && slices.Contains(studied, r("meeting_no"))
		})
	}
	expect(t, f.year, "meetings_with_study", of("党组会议", "常委会议", "主席会议", "机关会议"), w.studyMeetings)
	expect(t, f.year, "party_group_study_sessions", of("党组理论中心组学习"), w.studySessions)

	told := f.ids("study_events", "event_no", func(r record) bool {
		return f.in(r("held_on")) && r("kind") == "宣讲党史" && r("platform") != "线下"
	})
	telling := func(r record) bool { return slices.Contains(told, r("event_no")) }
	expect(t, f.year, "party_history_preaching_person_times", len(f.ids("study_participation", "member_no", telling)), w.preaching)
	if persons := f.count("study_participation", "member_no", telling); persons >= w.preaching {
		t.Errorf("%d: the %d who preached do not repeat", f.year, persons)
	}
	expect(t, f.year, "plenary_group_suggestions", f.sum("consultations", "suggestions", func(r record) bool {
		return r("kind") == "全体会议联组协商" && f.since(r("held_on"))
	}), w.plenarySuggestions)
	expect(t, f.year, "conflicts_resolved", f.sum("consultations", "conflicts_resolved", func(r record) bool {
		return r("kind") == "界别协商" && f.in(r("held_on"))
	}), w.conflicts)
	expect(t, f.year, "consultation_person_times", f.presentAt("consultations", "held_on", "consultation_attendance",
		"consultation_no", func(r record) bool { return r("key") == "是" }), w.keyTalks)
	expect(t, f.year, "survey_person_times", f.presentAt("surveys", "start_on", "survey_attendance", "survey_no", anyRow), w.survey)
	expect(t, f.year, "training_person_times", f.presentAt("trainings", "start_on", "training_attendance", "training_no", anyRow), w.training)
}

func (f figures) testProposals(t *testing.T, w targets) {
	filed := func(r record) bool {
		return r("review_result") == "立案" && r("session") == sessionName(f.year) && f.in(r("reviewed_on"))
	}
	expect(t, f.year, "proposals_filed", f.count("proposals", "proposal_no", filed), w.filed)
	expect(t, f.year, "proposals replied", f.count("proposals", "proposal_no", func(r record) bool {
		return filed(r) && r("replied_on") != "" && r("replied_on") <= cutOff(f.year).Format(time.DateOnly)
	}), w.filed-w.unreplied)
	expect(t, f.year, "group_proposals", f.count("proposals", "proposal_no", func(r record) bool {
		return oneOf(r("proposer_kind"), "党派团体", "界别集体") && f.since(r("received_on"))
	}), w.groupProposals)
	expect(t, f.year, "titles of proposals", f.count("proposals", "title", anyRow), len(f.rows["proposals"]))
}

func (f figures) testBriefs(t *testing.T, w targets) {
	received := f.ids("opinion_briefs", "brief_no", func(r record) bool { return f.in(r("received_on")) })
	expect(t, f.year, "sqmy_reported_by_members", len(received), w.received)
	expect(t, f.year, "sqmy_bulletins_issued", f.count("opinion_briefs", "issue_no", func(r record) bool { return f.in(r("issued_on")) }), w.issues)
	expect(t, f.year, "sqmy_sent_up", f.count("brief_sendings", "brief_no", func(r record) bool {
		return f.in(r("sent_on")) && r("level") != county
	}), w.sentUp)
	adopted := func(levels ...string) int {
		return f.count("brief_adoptions", "brief_no", func(r record) bool { return f.in(r("adopted_on")) && oneOf(r("level"), levels...) })
	}
	expect(t, f.year, "sqmy_adopted_national", adopted(nation), w.national)
	expect(t, f.year, "sqmy_adopted_province_city", adopted(city, province), w.cityOnly+w.provinceOnly+w.both)
	if both := adopted(city) + adopted(province) - adopted(city, province); both != w.both {
		t.Errorf("%d: %d briefs adopted at both levels, want %d", f.year, both, w.both)
	}
	expect(t, f.year, "sqmy_instructed_by_county_leaders", f.count("brief_instructions", "brief_no", func(r record) bool {
		return f.in(r("instructed_on")) && r("leader_level") == "县委主要领导"
	}), w.bySecretary)
	groups := f.count("opinion_briefs", "brief_no", func(r record) bool {
		return oneOf(r("reporter_kind"), "党派团体", "界别") && f.since(r("received_on"))
	})
	bills := f.count("suggestion_bills", "bill_no", func(r record) bool {
		return oneOf(r("body_kind"), "党派团体", "界别") && f.since(r("submitted_on"))
	})
	expect(t, f.year, "suggestion_bills_and_sqmy_by_groups", groups+bills, w.groupBriefs+w.groupBills)
	f.testDates(t)
}

// testDates: a brief is received, issued, sent and adopted in this order, and adopted where it was sent.
func (f figures) testDates(t *testing.T) {
	sent := map[string]string{}
	f.ids("brief_sendings", "brief_no", func(r record) bool {
		sent[r("brief_no")+r("level")] = r("sent_on")
		return true
	})
	f.ids("opinion_briefs", "brief_no", func(r record) bool {
		if r("issued_on") != "" && r("issued_on") < r("received_on") {
			t.Errorf("%d %s: issued %s, received %s", f.year, r("brief_no"), r("issued_on"), r("received_on"))
		}
		for _, level := range levels {
			if on := sent[r("brief_no")+level]; on != "" && on < r("received_on") {
				t.Errorf("%d %s: sent %s, received %s", f.year, r("brief_no"), on, r("received_on"))
			}
		}
		return true
	})
	f.ids("brief_adoptions", "brief_no", func(r record) bool {
		if on := sent[r("brief_no")+r("level")]; on == "" || on > r("adopted_on") {
			t.Errorf("%d %s: adopted by %s %s, sent %q", f.year, r("brief_no"), r("level"), r("adopted_on"), on)
		}
		return true
	})
	f.ids("proposals", "proposal_no", func(r record) bool {
		days := []string{r("received_on"), r("reviewed_on"), r("assigned_on"), r("replied_on"), r("second_reply_on")}
		days = slices.DeleteFunc(days, func(d string) bool { return d == "" })
		if !slices.IsSorted(days) {
			t.Errorf("%d proposal %s: days %v", f.year, r("proposal_no"), days)
		}
		return true
	})
}

func (f figures) testPeople(t *testing.T, w targets) {
	funds := func(kind string) int {
		return f.sum("assistance_funds", "amount_yuan", func(r record) bool { return r("kind") == kind && f.in(r("arranged_on")) })
	}
	expect(t, f.year, "project_funds", funds("项目资金"), w.projectYuan)
	expect(t, f.year, "consumption_assistance_funds", funds("消费帮扶"), w.consumptionYuan)
	helped := func(field, kind string) int {
		return f.count("assistance_persons", field, func(r record) bool {
			return r("village") == helpVillage && r("kind") == kind && f.in(r("assisted_on"))
		})
	}
	expect(t, f.year, "assisted_households", helped("household_no", "脱贫家庭"), w.households)
	expect(t, f.year, "assisted_persons", helped("person_no", "受灾群众"), w.persons)
	inOffice := func(r record) bool {
		return r("status") == "在任" && r("joined_on") <= cutOff(f.year).Format(time.DateOnly)
	}
	expect(t, f.year, "ccp_member_committee_members", f.count("members", "member_no", func(r record) bool {
		return r("party") == "中共" && inOffice(r)
	}), w.ccp)
	expect(t, f.year, "teams with a member of the Party", f.count("members", "micro_team", func(r record) bool {
		return r("party") == "中共" && inOffice(r)
	}), w.teams)
	expect(t, f.year, "written_speeches", f.count("speeches", "speech_no", func(r record) bool {
		return r("mode") == "书面" && oneOf(r("speaker_kind"), "党派团体", "界别") && f.since(r("delivered_on"))
	}), w.speeches)
	genre := func(channel, genre string) int {
		return f.count("articles", "article_no", func(r record) bool {
			return (channel == "" || r("channel") == channel) && r("genre") == genre && f.in(r("published_on"))
		})
	}
	expect(t, f.year, "articles_in_named_press", genre("报刊", "文章"), w.press)
	expect(t, f.year, "wechat_articles", genre("公众号", "稿件"), w.wechat)
	expect(t, f.year, "news_items", genre("", "综合报道"), w.news)
	expect(t, f.year, "members_as_supervisors", f.count("appointments", "member_no", func(r record) bool {
		return r("role") == "政风行风民主监督员" && r("start_on") < strconv.Itoa(f.year+1) && (r("end_on") == "" || f.in(r("end_on")))
	}), w.supervisors)
}
