package sample

import "strings"

// How the cells of a column change from one copy to the next.
const (
	fixed  = iota
	key    // a key, or the name of one: suffixed with the copy's number
	number // a number that tells things apart: digits of the copy's number follow
)

type column struct {
	name, title string
	kind        int
}

type set struct {
	name    string
	columns []column
}

// sets are the record sets in the order of the report, with the columns of data/contract in their order.
// A column is written name:title, with * behind a key and # behind a number.
var sets = []set{
	newSet("units", `name:名称* kind:类型 parent:上级单位* start_on:设立日期 end_on:撤销日期 method:协商工作方法`),
	newSet("members", `member_no:委员编号* name:姓名 phone:手机号 party:党派 sector:界别* committee:专委会* micro_team:微团队*
		standing:是否常委 leading_group:是否党组成员 status:状态 joined_on:任职日期 left_on:离任日期`),
	newSet("meetings", `meeting_no:编号* kind:类型 held_on:日期 ordinal:会次 expected:应到人数 attended:实到人数`),
	newSet("meeting_topics", `meeting_no:会议编号* seq:序号 topic:议题 study:是否学习议题`),
	newSet("study_events", `event_no:编号* kind:类型 series:系列 held_on:日期 lecturer:主讲人编号* organiser:组织单位* platform:平台 place:地点`),
	newSet("study_sites", `event_no:编号* site:现场`),
	newSet("study_participation", `event_no:编号* member_no:委员编号*`),
	newSet("duty_lists", `list_no:清单号* title:清单名称 practice:所属活动 issued_on:确定日期`),
	newSet("duty_measures", `list_no:清单号* seq:措施序号 measure:措施 status:完成状态`),
	newSet("consultations", `consultation_no:编号* kind:类型 held_on:日期 topic:主题 lead:牵头单位* key:是否重点协商 place:地点
		participants:参加人数 suggestions:意见建议数 conflicts_resolved:化解矛盾数`),
	newSet("consultation_attendance", `consultation_no:编号* member_no:委员编号* attendance:出席情况 spoke:是否发言`),
	newSet("documents", `document_no:编号* kind:类型 title:标题 topic:对应主题 written_on:完成日期 adopted:是否采纳`),
	newSet("surveys", `survey_no:编号* kind:类型 committee:牵头专委会* topic:主题 start_on:开始日期 end_on:结束日期 report_title:报告名称
		adopted:是否采纳`),
	newSet("survey_attendance", `survey_no:编号* member_no:委员编号* attendance:出席情况`),
	newSet("proposals", `session:届次 proposal_no:案号* period:时段 title:案由 proposer_kind:提案者类型 first_proposer:第一提案人*
		sector:界别* category:类别 received_on:收到日期 review_result:审查结果 reviewed_on:审查日期 merged_into:并入案号*
		assigned_on:交办日期 due_on:答复期限 replied_on:答复日期 second_reply_on:二次答复日期 outcome:办理结果
		satisfaction:满意度 key_proposal:重点提案 supervisor:督办领导职务 excellent:优秀提案`),
	newSet("proposal_units", `session:届次 proposal_no:案号* unit:承办单位* role:角色 assigned_on:交办日期 replied_on:答复日期`),
	newSet("opinion_briefs", `brief_no:编号* title:标题 reporter_kind:反映主体 reporter:反映人* received_on:收到日期 handling:处理
		issue_no:期号# issued_on:编发日期`),
	newSet("brief_sendings", `brief_no:编号* level:报送层级 sent_on:报送日期`),
	newSet("brief_adoptions", `brief_no:编号* level:采用层级 publication:采用刊物 adopted_on:采用日期`),
	newSet("brief_instructions", `brief_no:编号* leader_level:批示层级 position:批示领导职务 instructed_on:批示日期`),
	newSet("assistance_funds", `fund_no:编号* kind:类型 amount_yuan:金额（元） source:来源 beneficiary:受益村或项目 arranged_on:落实日期`),
	newSet("assistance_persons", `person_no:人员编号* name:姓名 household_no:户号* village:村 kind:类别 assisted_on:帮扶日期
		returned_to_poverty:是否返贫`),
	newSet("public_service_events", `event_no:编号* kind:类型 title:名称 held_on:日期 organiser:组织单位* place:地点 beneficiaries:受益人次`),
	newSet("speeches", `speech_no:编号* meeting_title:会议 speaker_kind:发言主体 speaker:发言者 mode:方式 title:题目 delivered_on:日期
		document_no:文号`),
	newSet("suggestion_bills", `bill_no:编号* title:标题 body_kind:提出主体 submitted_on:提出日期`),
	newSet("exchanges", `exchange_no:编号* partner:对方政协 topic:课题 held_on:日期 direction:方式 participants:参加人数`),
	newSet("history_works", `work_no:编号* title:书名 volume:辑次 status:状态 published_on:出版日期 copies:印数`),
	newSet("history_sections", `work_no:编号* seq:序号 title:板块名称`),
	newSet("articles", `article_no:编号* title:标题 author:作者编号* outlet:载体 channel:渠道 genre:体裁 campaign:征文活动
		published_on:刊发日期`),
	newSet("systems", `system_no:编号* title:名称 subject:规范事项 action:动作 category:类别 passed_by:通过会议 issued_on:印发日期`),
	newSet("trainings", `training_no:编号* name:名称 scope:培训对象 place:地点 start_on:开始日期 end_on:结束日期 full_time:是否脱产
		expected:应到人数 attended:实到人数`),
	newSet("training_attendance", `training_no:编号* member_no:委员编号* attendance:出席情况`),
	newSet("appointments", `appointment_no:编号* member_no:委员编号* role:受聘职务 appointed_by:聘请单位 start_on:受聘日期 end_on:解聘日期`),
	newSet("honours", `honour_no:编号* awarded_on:日期 year:所属年度 body:授予方 scope:范围 subject:称号或指标 ranking:名次
		honouree_kind:获得者类型 honouree:获得者 document_no:文号`),
}

func newSet(name, columns string) set {
	s := set{name: name}
	for word := range strings.FieldsSeq(columns) {
		c := column{}
		c.name, c.title, _ = strings.Cut(word, ":")
		switch c.title[len(c.title)-1] {
		case '*':
			c.kind, c.title = key, strings.TrimSuffix(c.title, "*")
		case '#':
			c.kind, c.title = number, strings.TrimSuffix(c.title, "#")
		}
		s.columns = append(s.columns, c)
	}
	return s
}

func (s set) titles() []string {
	titles := make([]string, len(s.columns))
	for i, c := range s.columns {
		titles[i] = c.title
	}
	return titles
}

func setNamed(name string) set {
	for _, s := range sets {
		if s.name == name {
			return s
		}
	}
	panic("no record set " + name)
}
