package appendix

import (
	"fmt"
	"strings"

	"workreport/pipeline/contract"
)

// methodSections says how the numbers came about.
func methodSections(d Document) []section {
	e := d.Edition
	sections := []section{
		{Title: "统计范围", Text: scope(d), Grid: windows(e.Windows)},
		{Title: "数字的修约", Text: []string{rounding(e.Rounding)}},
		{Title: "概数的写法", Text: hedges(e.Tolerances)},
		{Title: "与上年比较", Text: []string{
			"上年数由上年的记录按同样的定义算出。增减是本年数减去上年数；增减率是增减除以上年数。" +
				"没有上年数、上年数为零或者相除没有意义的，不列增减率。",
		}},
		{Title: "符号", Text: []string{
			"“—”表示没有数据或者不适用；“0”表示没有一条符合定义的记录，或者合计为零；文字栏空白表示没有说明。",
		}},
	}
	if len(d.Accounts) > 0 {
		sections = append(sections, accounts(d))
	}
	if len(d.Warnings) > 0 {
		sections = append(sections, section{Title: "核对中的提醒", Text: d.Warnings})
	}
	return sections
}

func scope(d Document) []string {
	e := d.Edition
	text := fmt.Sprintf("本附录的数字由%d年的工作记录直接算出，每个数字都可以追溯到所依据的记录。", e.Year)
	if !e.CutOff.IsZero() {
		text += fmt.Sprintf("统计截至%s，此后的记录不计入。", day(e.CutOff))
	}
	if e.ProposalSession != "" {
		text += fmt.Sprintf("提案按%s会议的提案统计。", strings.TrimSuffix(e.ProposalSession, "会议"))
	}
	if d.Digest != "" {
		text += "封面上的数据编号由全部数字算出，各份文件的编号相同，才是同一次计算的结果。"
	}
	if len(e.Windows) > 0 {
		text += "各统计时段如下，起止两日均计算在内。"
	}
	return []string{text}
}

func windows(all []contract.Window) *grid {
	if len(all) == 0 {
		return nil
	}
	g := grid{Columns: []column{
		{Title: "时段", Align: "left"},
		{Title: "起始日", Align: "center"},
		{Title: "截止日", Align: "center"},
		{Title: "天数", Align: "right"},
	}}
	for _, w := range all {
		days := int(w.Last.Sub(w.First).Hours()/24) + 1
		g.Rows = append(g.Rows, row{Cells: []cell{
			words(w.Title), words(day(w.First)), words(day(w.Last)), count(days),
		}})
	}
	g.fit()
	return &g
}

// rounding puts the policy in words: GB/T 8170-2008, 3.2 where ties go to the even digit.
func rounding(r contract.Rounding) string {
	policy := "四舍五入"
	if r.Policy == contract.HalfEven {
		policy = "“四舍六入五成双”（GB/T 8170—2008，3.2）"
	}
	places := "取整数"
	if r.PercentPlaces > 0 {
		places = fmt.Sprintf("保留%d位小数，末尾的零不写", r.PercentPlaces)
	}
	return fmt.Sprintf("计算过程用精确数，只在写出时按%s修约一次。百分数%s；"+
		"不足百分之百的不写成100%%，不是零的不写成0%%，必要时多留小数位。"+
		"统计表中同一栏的百分数保留同样多的小数位。金额在记录中以元为单位，统计表中换算为万元，保留2位小数。"+
		"因修约，各项百分数之和可能不等于100%%，各项金额之和可能与合计略有出入。", policy, places)
}

// hedges explains 余 and 多, and the bounds that are this office's own.
func hedges(t contract.Tolerances) []string {
	text := []string{"“余”“多”写在整数后面，表示实际数大于所写的数，但不到末位非零数字再加一：" +
		"50余次是51至59次，200余条是201至299条，4000余万元是大于4000万元、小于5000万元。实际数恰好是整数的，不写“余”“多”。"}
	if t.About > 0 && t.Nearly > 0 {
		text = append(text, fmt.Sprintf("“约”“左右”指与所写的数相差不超过%d%%，“近”指小于所写的数且相差不超过%d%%。"+
			"国家标准对此没有规定，以上界限是本附录的约定。", t.About, t.Nearly))
	}
	return text
}

func accounts(d Document) section {
	titles := map[string]string{}
	for _, s := range d.Contract.Sets {
		titles[s.Name] = s.Title
	}
	g := grid{Columns: []column{
		{Title: "记录集", Align: "left"},
		{Title: "文件", Align: "left"},
		{Title: "工作表", Align: "left"},
		{Title: "读取", Align: "right"},
		{Title: "载入", Align: "right"},
		{Title: "剔除", Align: "right"},
	}}
	var read, loaded, rejected int
	var unbalanced []string
	for _, a := range d.Accounts {
		g.Rows = append(g.Rows, row{Cells: []cell{
			words(titleOf(titles, a.Set)), words(a.File), words(orNone(a.Sheet)),
			count(a.Read), count(a.Loaded), count(a.Rejected),
		}})
		read, loaded, rejected = read+a.Read, loaded+a.Loaded, rejected+a.Rejected
		if a.Read != a.Loaded+a.Rejected {
			unbalanced = append(unbalanced, strings.TrimSpace(a.File+" "+a.Sheet))
		}
	}
	g.Rows = append(g.Rows, row{Total: true, Cells: []cell{
		words("合计"), words(""), words(""), count(read), count(loaded), count(rejected),
	}})
	g.fit()
	text := fmt.Sprintf("共读取%d行，载入%d行，剔除%d行。", read, loaded, rejected)
	if len(unbalanced) == 0 {
		text += "每个文件读取的行数都等于载入与剔除之和。"
	} else {
		text += "读取的行数不等于载入与剔除之和的文件：" + strings.Join(unbalanced, "、") + "。"
	}
	return section{Title: "记录的读取", Text: []string{text}, Grid: &g}
}

// dictionarySections describes every record set, one section a set.
func dictionarySections(c contract.Contract) []section {
	titles := map[string]string{}
	for _, s := range c.Sets {
		titles[s.Name] = s.Title
	}
	var sections []section
	for i, s := range c.Sets {
		g := grid{Wide: true, Columns: []column{
			{Title: "记录集", Width: 36, Align: "left", Sheet: true},
			{Title: "表名", Width: 40, Align: "left", Sheet: true},
			{Title: "栏目", Width: 32, Align: "left"},
			{Title: "字段名", Width: 42, Align: "left"},
			{Title: "类型", Width: 21, Align: "center"},
			{Title: "必填", Width: 12, Align: "center"},
			{Title: "取值", Width: 52, Align: "left"},
			{Title: "说明", Width: 50, Align: "left"},
			{Title: "公开", Width: 16, Align: "center"},
		}}
		for _, f := range s.Fields {
			g.Rows = append(g.Rows, row{Cells: []cell{
				words(s.Title), words(s.Name), words(f.Title), words(f.Name),
				words(f.Type.Title()), words(choose(f.Constraints.Required, "是", "否")),
				words(allowed(f.Constraints)), words(f.Description), words(choose(f.Private, "不公开", "公开")),
			}})
		}
		g.Notes = setNotes(s, titles)
		sections = append(sections, section{
			Title: fmt.Sprintf("%d. %s（%s）", i+1, s.Title, s.Name), Minor: true, Grid: &g,
		})
	}
	return sections
}

// setNotes are the description, the key and the links of a record set.
func setNotes(s contract.Set, titles map[string]string) []string {
	fields := map[string]string{}
	for _, f := range s.Fields {
		fields[f.Name] = f.Title
	}
	var notes []string
	if s.Description != "" {
		notes = append(notes, "说明："+s.Description)
	}
	if len(s.PrimaryKey) > 0 {
		notes = append(notes, "每条记录由"+join(fields, s.PrimaryKey)+"确定，不得重复。")
	}
	for _, k := range s.ForeignKeys {
		notes = append(notes, join(fields, k.Fields)+"须在“"+titleOf(titles, k.Reference.Set)+"”中有记录。")
	}
	return notes
}

// allowed says which values a field takes.
func allowed(c contract.Constraints) string {
	text := strings.Join(c.Enum, "、")
	if c.Minimum != nil {
		text += fmt.Sprintf("不小于%d", *c.Minimum)
	}
	return text
}

func join(titles map[string]string, names []string) string {
	named := make([]string, len(names))
	for i, n := range names {
		named[i] = titleOf(titles, n)
	}
	return strings.Join(named, "、")
}

func choose(yes bool, then, otherwise string) string {
	if yes {
		return then
	}
	return otherwise
}
