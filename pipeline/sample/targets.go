package sample

// targets are the numbers and names a year's records come to.
type targets struct {
	studySessions, studyMeetings, microLectures, seminars, lectures, preaching    int
	dutyItems, measures                                                           int
	serving, ccp, teams                                                           int
	plenarySuggestions, surveyForums, surveyReports                               int
	special, counterpart, sectorTalks, conflicts                                  int
	filed, unreplied, groupProposals                                              int
	received, issues, sentUp, national, cityOnly, provinceOnly, both, bySecretary int
	projectYuan, consumptionYuan, households, persons                             int
	speeches, groupBills, groupBriefs                                             int
	press, essays, wechat, news                                                   int
	training, survey, keyTalks, service, supervisors, groupHonours, honoured      int

	ranks     map[string]int // of the year, by the subject of the honour
	sqmyCity  []int          // ranks of the five years before
	sqmyShire []int          // the same among the counties of the province

	surveyTopic, campaign string
	tourPlace             string
	tourSites, partySites []string
	briefTitles           []string // of briefs the county's secretary instructed
	book                  string
	bookSections          []string
	committeeTopics       []string // of the committees after the first, in their order
	partners              []string
	methods               []string // of the first liaison groups
	issued, revised       []rule
}

// rule is a document of the committee's own order.
type rule struct{ title, subject, category string }

// Subjects of ranks.
const (
	business   = "营商环境便利度综合评价"
	investment = "招商引资指标"
	private    = "民营经济总量"
	sqmy       = "反映社情民意信息工作"
)

func targetsOf(year int) targets {
	if year == 2021 {
		return targets2021
	}
	return targetsElse
}

var targets2021 = targets{
	studySessions: 15, studyMeetings: 56, microLectures: 6, seminars: 21, lectures: 8, preaching: 86,
	dutyItems: 8, measures: 17,
	serving: 191, ccp: 84, teams: 46,
	plenarySuggestions: 237, surveyForums: 5, surveyReports: 13,
	special: 2, counterpart: 4, sectorTalks: 16, conflicts: 27,
	filed: 228, unreplied: 0, groupProposals: 25,
	received: 365, issues: 50, sentUp: 211, national: 3, cityOnly: 18, provinceOnly: 9, both: 7, bySecretary: 5,
	projectYuan: 43_865_200, consumptionYuan: 937_400, households: 18, persons: 54,
	speeches: 31, groupBills: 6, groupBriefs: 73,
	press: 16, essays: 74, wechat: 318, news: 527,
	training: 546, survey: 638, keyTalks: 243, service: 56, supervisors: 11, groupHonours: 1, honoured: 3,

	ranks:     map[string]int{business: 1, investment: 1, private: 1, "全市" + sqmy: 1, "全省" + sqmy: 6},
	sqmyCity:  []int{5, 4, 4, 2, 3},
	sqmyShire: []int{14, 11, 12, 8, 9},

	surveyTopic: "投资领域竞争优势和制约短板",
	campaign:    "省政协庆祝建党100周年征文",
	tourPlace:   "贵州省",
	tourSites:   []string{"遵义会议会址", "红军四渡赤水纪念园", "息烽集中营革命历史纪念馆", "娄山关红军战斗遗址"},
	partySites:  []string{"水北“长江支队”展览馆", "西土河红色文化教育基地", "山耳东“红色三杰”纪念馆", "县烈士陵园"},
	briefTitles: []string{"农村基层医疗机构疫情防控有漏洞亟需高度重视解决", "生猪价格下跌造成的系列风险应引起高度重视"},
	book:        "薯米之乡北义城",
	bookSections: []string{"水墨义城", "相如故里", "古建千年", "薯乡风物", "村落记忆", "乡贤人物",
		"烽火岁月", "民俗节令", "匠作手艺", "田园新貌", "诗文拾遗"},
	committeeTopics: []string{"数字经济赋能传统产业发展", "农林文旅康融合现状", "医疗卫生一体化改革",
		"工会组织依法维护职工权益", "康养夏养“泽州品牌”建设"},
	partners: []string{"忻州市政协", "霍州市政协", "晋源区政协", "吉县政协", "芮城县政协", "陵川县政协"},
	methods:  []string{"“1234”协商程序", "“1+7+N”工作方法", "“4+2+N”协商模式"},
	issued: []rule{
		{"主席会议议事规则", "主席会议", "履职"}, {"专委会工作指南", "专委会工作", "履职"},
		{"委员履职量化考核评价办法", "履职考核", "履职"}, {"党组议事规则", "党组议事", "党建"},
		{"党组抓党建工作责任制", "党建责任", "党建"}, {"委员履职档案管理办法", "履职档案", "履职"},
		{"常委会工作规则", "常委会工作", "履职"}, {"反映社情民意信息工作办法", "社情民意", "履职"},
		{"乡镇政协联络组协商工作意见", "联络组协商", "履职"}, {"贫困帮扶长效机制实施办法", "对口帮扶", "履职"},
		{"机关财务管理制度", "财务管理", "机关"}, {"机关公文办理制度", "公文办理", "机关"},
	},
	revised: []rule{
		{"政协提案工作规则", "政协提案", "履职"}, {"对口联系工作规则", "对口联系", "履职"},
		{"委员学习培训规则", "学习培训", "履职"}, {"专题协商工作规则", "专题协商", "履职"},
		{"界别活动规则", "界别活动", "履职"}, {"党建专项述职评议制度", "述职评议", "党建"},
		{"党组成员联系界别党员委员制度", "联系党员委员", "党建"}, {"大会发言工作规则", "大会发言", "履职"},
		{"机关值班规则", "机关值班", "机关"},
	},
}

// targetsElse are the targets of every other year: somewhat lower, and other names.
var targetsElse = targets{
	studySessions: 12, studyMeetings: 43, microLectures: 4, seminars: 17, lectures: 6, preaching: 62,
	dutyItems: 6, measures: 13,
	serving: 186, ccp: 79, teams: 41,
	plenarySuggestions: 193, surveyForums: 4, surveyReports: 9,
	special: 1, counterpart: 4, sectorTalks: 11, conflicts: 19,
	filed: 206, unreplied: 2, groupProposals: 21,
	received: 318, issues: 42, sentUp: 176, national: 2, cityOnly: 14, provinceOnly: 7, both: 6, bySecretary: 3,
	projectYuan: 31_274_600, consumptionYuan: 684_300, households: 15, persons: 41,
	speeches: 27, groupBills: 4, groupBriefs: 62,
	press: 12, essays: 52, wechat: 264, news: 438,
	training: 487, survey: 552, keyTalks: 198, service: 47, supervisors: 9, groupHonours: 2, honoured: 2,

	ranks:     map[string]int{business: 3, investment: 2, private: 2, "全市" + sqmy: 3, "全省" + sqmy: 9},
	sqmyCity:  []int{6, 5, 4, 4, 2},
	sqmyShire: []int{15, 14, 11, 12, 8},

	surveyTopic: "传统产业转型升级堵点",
	campaign:    "市政协同心战疫主题征文",
	tourPlace:   "河北省",
	tourSites:   []string{"西柏坡纪念馆", "冉庄地道战遗址", "白求恩柯棣华纪念馆"},
	partySites:  []string{"八路军太行纪念馆", "黄崖洞兵工厂旧址", "县烈士陵园"},
	briefTitles: []string{"企业复工用工缺口亟待疏解", "春耕农资运输受阻问题应尽快打通"},
	book:        "丹河两岸古村落",
	bookSections: []string{"河谷古道", "寨堡春秋", "商号旧事", "庙宇戏台", "碑刻辑录", "井泉水利",
		"家训家风", "今日村貌"},
	committeeTopics: []string{"煤层气产业延链发展", "有机旱作农业推广", "乡镇卫生院能力建设",
		"基层矛盾纠纷调处", "古堡保护与活化利用"},
	partners: []string{"高平市政协", "沁水县政协", "济源市政协", "博爱县政协"},
	methods:  []string{"“1234”协商程序"},
	issued: []rule{
		{"常委会视察工作办法", "常委会视察", "履职"}, {"委员联系群众办法", "联系群众", "履职"},
		{"党组中心组学习制度", "理论学习", "党建"}, {"重点提案督办办法", "提案督办", "履职"},
		{"网络协商工作办法", "网络协商", "履职"}, {"机关党支部工作制度", "支部工作", "党建"},
		{"机关车辆使用制度", "车辆管理", "机关"}, {"机关保密制度", "保密工作", "机关"},
	},
	revised: []rule{
		{"提案审查规则", "提案审查", "履职"}, {"委员管理规则", "委员管理", "履职"},
		{"民主监督工作规则", "民主监督", "履职"}, {"文史资料征集规则", "文史资料", "履职"},
		{"谈心谈话制度", "谈心谈话", "党建"}, {"机关考勤规则", "机关考勤", "机关"},
	},
}
