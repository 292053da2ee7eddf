package quote

import (
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A rule gives the numbers that stand so in a text a class. here is held against
// the text from the number on and may take in more of it, before against the
// text up to it; both see the ends of the paragraph as line breaks.
type rule struct {
	class        Class
	before, here *regexp.Regexp
}

const (
	han   = `[零〇一二两三四五六七八九十百千万]`
	count = `(?:\d+|` + han + `+)`
	year4 = `(?:19|20)\d\d`
)

func re(pattern string) *regexp.Regexp {
	if pattern == "" {
		return nil
	}
	return regexp.MustCompile(pattern)
}

func because(class Class, before, here string) rule {
	if before != "" {
		before = `(?:` + before + `)$`
	}
	if here != "" {
		here = `^(?:` + here + `)`
	}
	return rule{class, re(before), re(here)}
}

// rules are held against a number one after another; the first that fits decides.
var rules = []rule{
	because(Document, `\n[-—–－·第共]{0,2}`, `\d{1,4}(?:页)?(?:[/／]\d+|[,，]?共\d+页)?[-—–－·]{0,2}\n`),
	because(Document, `[〔\[［【（(〈]`, year4+`[〕\]］】）)〉]第?\d*号?`),
	because(Date, `[〔（(]`, year4+`[.．]\d{1,2}(?:[.．]\d{1,2})?[〕）)]`),

	because(Date, ``, year4+`年?[—–\-~～至到](?:19|20)?\d\d(?:年度?|学年)`),
	because(Date, ``, year4+`[—–\-~～至到]`+year4),
	because(Date, ``, `(?:`+year4+`|[一二][〇○零一二三四五六七八九]{3})(?:年度|学年|年代|年)(?:底|末|初)?(?:(?:\d{1,2}|`+han+`{1,3})月(?:份|底|初|末|上旬|中旬|下旬)?(?:(?:\d{1,2}|`+han+`{1,3})[日号])?)?`),
	because(Date, ``, year4+`[./-]\d{1,2}(?:[./-]\d{1,2})?(?:[^\d.%]|$)`),
	because(Date, ``, `(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份|底|初|末|上旬|中旬|下旬)?(?:(?:\d{1,2}|`+han+`{1,3})(?:[—–\-~至到、](?:\d{1,2}|`+han+`{1,3}))?[日号])?`),
	because(Date, ``, `\d{1,2}(?:日|[—–\-~至到、]\d{1,2}(?:月|日))`),
	because(Date, ``, `(?:[一二三四1-4](?:[、至到—\-][一二三四1-4])*)个?季度`),
	because(Date, `上午|下午|中午|晚上?|凌晨|日|早上?`, `(?:\d{1,2}|`+han+`{1,3})(?:时|点|[:：]\d\d)(?:\d{1,2}分|半|整|许)?`),
	because(Date, ``, `\d{1,2}[:：]\d\d(?:[^\d]|$)`),
	because(Date, ``, `\d0年代|`+count+`世纪|[一二三四五六七八九十]+日`),
	because(Date, `[（(〔]`, year4+`[）)〕]`),
	because(Date, ``, year4+`(?:届|级)`),

	because(Session, `第`, count+`(?:届|次)(?:(?:\d+|`+han+`+)次)?(?:全体会议|会议|全会|党代会|代表大会|常委会|人代会)?`),
	because(Session, ``, han+`+届(?:(?:\d+|`+han+`+)(?:次|中全会))?(?:全体会议|会议|全会)?|\d+届\d+次(?:会议|全会)?`),
	because(Session, `届`, count+`(?:次|中全会)(?:全体会议|会议|全会)?`),
	because(Session, `人大|政协|代表大会|委员会|[省市县区州]委|代表会议`, `[一二三四五六七八九十]+次(?:会议|全会|全体会议)`),
	because(Session, ``, `[二三四五六七八]中全会|(?:十[五六七八九]|二十)大(?:[^国城县市]|\n|$)|二十届`),

	because(Order, `第`, count+`季度`),
	because(Order, `第`, count+`(?:期|批|条|章|节|部分|页|版|轮|号|集|辑|卷|册|项|款|年|天|站|场|师|中学|小学|医院|人民|高级|产业|书记|线|个|代|类|级|阶段|大|位的)?`),

	because(List, `[\n。；：！？]`, `\d{1,2}[、.．](?:[^\d]|$)`),
	because(List, `[\n。；：！？，、”]|工作回顾|部署|安排`, `[一二三四五六七八九十]{1,3}、[^一二三四五六七八九十]`),
	because(List, `[（(]`, count+`[）)]`),
	because(List, `[\n。；：，！？—]|其`, `[一二三四五六七八九十]{1,2}(?:是|要|则|来|为了|方面)`),
	because(List, `附件|附表|附图|[\n（见如]表|[\n（见如]图|专栏`, `\d{1,2}(?:[-—.]\d{1,2})?`),
	because(List, ``, `[一二三四五六七八九十]{1,2}者`),

	because(Anniversary, ``, count+`(?:多)?(?:周年|华诞|岁生日|年诞辰)`),
	because(Print, `共印|印数[:：]?|印发份数[:：]?`, `\d+(?:份)?`),

	because(Document, `〔`+year4+`〕第?|字第?`, `\d+号?`),
	because(Document, ``, `\d{3,4}-\d{7,8}|1\d{10}(?:[^\d]|$)|0\d{9,}`),
	because(Name, ``, `\d0后|1(?:10|19|20|22)(?:报警|急救|指挥|热线)|\d{1,2}\.\d{1,2}(?:事件|讲话|指示|批示)`),
	because(Name, ``, `[0-9A-Za-z一二三四五六七八九十]+(?:\+[0-9A-Za-z一二三四五六七八九十]+)+`),
	because(Name, `\+[A-Za-z]?`, `\d+`),
	because(Name, `[A-Za-z]`, `\d+(?:\.\d+)?`),
	because(Name, ``, `\d+(?:\.\d+)?(?:[A-Zaceh-jln-su-z][A-Za-z]*|×\d+)`),
	because(Name, `[×·•]`, `\d+(?:小时)?`),
	because(Name, ``, `\d{1,2}[·•]\d{1,2}|\d{3,5}[^，。；\d]{0,6}(?:热线)|\d{3,5}(?:平台|电话|专线|工程|战略|行动|计划|工作法|模式)|\d\.0(?:版本|版|时代|模式|[^\d%万亿元个倍公吨亩])`),
	because(Name, ``, `\d+(?:国道|省道|县道|高速)|(?:\d+|`+han+`+)个一(?:[^\d]|$)`),
	because(Order, ``, count+`号(?:文件|令|线|公路|院|楼|机|地块|馆|路)?`),
	because(Order, ``, count+`(?:等奖|等功|星级|级[^联])`),
	because(Name, ``, count+`(?:强|佳)(?:[^化]|\n|$)|(?:\d{1,2}|`+han+`{1,3})大[^棚]`),
	because(Name, ``, `[三五八六]位一体|[零一二三四五六七八九十]+[里台家道门岭沟岔棵角塘坝亩里]`+`[^，。、；个\d]{0,1}(?:村|乡|镇|屯|庄|沟|街|路|社区|水库|林场|煤矿|景区|大道|隧道)`),

	because(Background, `[\d.][:：]`, `\d+(?:\.\d+)?`),
	because(Background, ``, count+`个?(?:民主党派(?:[^成党]|\n)|少数民族)`),
	because(Background, `在全[省市县区州国盟旗]|在[^，。；]{0,6}`, count+`(?:个|家)[^，。；]{0,14}中[^，。；]{0,10}(?:第|首位|名列|位列|位居|排|居|列)`),
	because(Background, `在全[省市县区州国盟旗]`, count+`(?:个|家)[^，。；]{0,16}中，`),
	because(Background, `全[省市县区州国盟旗]`, count+`个[^，。；]{0,8}(?:第|中的\d+[个家])`),
	because(Norm, ``, count+`(?:周岁|岁)?[—–\-~至到]\d+(?:周岁|岁)`),
	because(Norm, `控制在`, count+`[^%\d，。；]{1,3}(?:以内|以下)`),
	because(Name, `[村寨社屯]`, han+`+组`),
	because(Background, `(?:应到|实到|出席|到会)[^，。；]{0,10}`, `\d+(?:人|名)`),
	because(Norm, `满分`, `\d+分`),
	because(Norm, ``, `\d+(?:千伏|伏|kV|赫兹)`),
	because(Norm, ``, count+`年一遇`),
	because(Date, ``, year4+`[·•]?(?:中国|全国|[年届级\n])`),
	because(Name, `PM_?`, `[\d.]+`),
	because(Anniversary, ``, `[1-9]0载|[六七八九]十载|百载`),
	because(Period, ``, count+`(?:多)?(?:小时|天|分钟|个工作日|个月|日|周)(?:之)?(?:内|前)`),
	because(Period, `连续|每隔|时隔`, count+`(?:次|年|届|期|个月|天|个季度|轮|场)`),
	because(Name, ``, han+`+(?:支部|处(?:原|处长|副处长)|元巷|次产业)`),
	because(Name, ``, han+`+次(?:答复|审议|元|创业|分配|供水|会商|提交|污染|供应|性|合同)`),
	because(Period, `前|近|头`, count+`个月`),
	because(Norm, ``, `24小时(?:值守|值班|服务|在线|不间断|开放|接听|运行|热线)`),
	because(Figure, `历时|为期|历经|耗时|累计`, `\d+(?:余|多)?(?:天|个月|小时|分钟|课时|学时)|`+han+`+(?:余|多)?(?:天|小时|课时|学时)`),
	because(Figure, `每[期集次场](?:时间|时长)?约?`, `\d+(?:天|小时|分钟|课时|学时)`),
	because(Period, ``, han+`+(?:个)?(?:多)?(?:年|月|季度|星期|学期|昼夜)(?:多|余|来|间|内|以来|以上|以下|期)?|`+han+`+(?:天|周[^年到]|小时|分钟)|\d{1,4}(?:多|余)?年(?:多|余|来|间|内|以来|以上|以下|期)?`),
	because(Lexical, `前后|前|后|头|这|那|上述|以上|该|各|其余|另外|其他|又|每`, han+`+(?:个|项|次|类|种|名|位|家|者|条|件|场|部|大|所|人|方面|户|份)`),
}

// rankBefore is what stands before a rank: 名列, 全市, 综合评价; a rank written
// with 名 or 位 needs none of it.
var (
	rankBefore = regexp.MustCompile(`(?:名列|位列|位居|居|列|排名?|排在|位次|跃居|跃升|上升到|上升至|前移至|升至|保持|蝉联|稳居|获|夺得|荣膺|得|评为|进入|跻身|进|省|市|县|区|州|盟|旗|国|地区|系统|总量|总值|增速|增幅|评价|测评|考核|考评|指标|成绩|得分|名次|排行|序列|综合|均|分列|分别|并列|倒数|西北|西南|东北|华北|华东|华中|华南|全球|世界|亚洲|、|和|第[一二三四五六七八九十\d]+)$`)
	rankAfter  = regexp.MustCompile(`^(?:名|位)?(?:[，。；、！）（”\n]|等[^奖功级]|的(?:好)?(?:成绩|位次|名次|荣誉|佳绩)|并|和|与|及|行列|跃升|上升|前移|提升|升|跃居|跃至|$)`)
	rankNoun   = regexp.MustCompile(`^(?:名|位)[^的]`)
	rankWords  = regexp.MustCompile(`名列|位列|位居|位次|排名|排|居|列|考核|评价|总量|增速|测评|指标|系统|全省|全市|全国|全县|全区|全州`)
	topBefore  = regexp.MustCompile(`(?:进入|跻身|位居|位列|居|列|排名?|名列|稳居|保持|处于|挤进|跨入|步入|迈入|进|省|市|县|区|州|国|系统|单位|总数|总量|工作|排行|西北|西南|东北|华北|华东|华中|华南)$`)
)

// code is a name in digits and letters: 1+7+N.
var code = regexp.MustCompile(`^[0-9A-Za-z+]+`)

// classify says what a number is and, for a statistic, completes it.
func (p *plain) classify(n *Number, i int) {
	before, here := p.before(i), p.after(i)
	if p.rank(n, i, before) {
		return
	}
	if open := p.quoted[i]; open >= 0 {
		n.Class = Name
		if p.t[open] != '《' {
			p.extend(n, i, code.FindString(here))
		}
		return
	}
	for _, r := range rules {
		match := ""
		if r.here != nil { // first, for it fails at the first character
			if match = r.here.FindString(here); match == "" {
				continue
			}
		}
		if r.before != nil && !r.before.MatchString(before) {
			continue
		}
		if n.Class = r.class; r.class == Figure {
			return
		}
		p.extend(n, i, match)
		if strings.HasSuffix(before, "第") && n.Start > i-1 {
			n.Start = i - 1
		}
		return
	}
	p.judge(n, i, before, here)
}

// extend takes what a rule has matched into the number, up to a mark or noun that is not of it.
func (p *plain) extend(n *Number, i int, match string) {
	if n.Class == List {
		match = ""
	}
	match = strings.TrimRight(match, "\n，。、；：:！？”）)〕]】的")
	end := i + utf8.RuneCountInString(match)
	for end > n.End && !isHan(p.t[end-1]) && !isDigit(p.t[end-1]) && !partOfNumber[p.t[end-1]] {
		end--
	}
	n.End = max(n.End, end)
	n.Hedge, n.Fault, n.Unit = "", "", ""
	n.Start = i
	if n.Value != nil {
		n.Interval = Interval{Low: n.Value, High: n.Value}
	}
}

// partOfNumber are the runes that a number of the kinds above may end with.
var partOfNumber = func() map[rune]bool {
	set := map[rune]bool{}
	for _, r := range "年月日号度份底初末旬代来间内上下期届次会议级等奖功星类强佳大个一页季章节条批版轮集辑卷册项款是要则来面者周诞辰强国省县道速线" +
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz台平热话程略动划法式本时家天分" {
		set[r] = true
	}
	return set
}()

// rank reads 第一, 第3名 and 前三 where a body has ranked; false where they are an
// order in time or place.
func (p *plain) rank(n *Number, i int, before string) bool {
	start := i - 1
	head := runeAt(p.t, start)
	if head != '第' && head != '前' || n.Value == nil || !n.Value.IsInt() {
		return false
	}
	d, _ := readNumeral(p.t, i)
	rest := p.after(d.end)
	lead := p.before(start)
	named := rankNoun.MatchString(rest) || strings.HasPrefix(rest, "名") && !strings.HasPrefix(rest, "名额")
	switch {
	case head == '第' && named && rankWords.MatchString(lead), head == '第' && strings.HasPrefix(rest, "名"):
	case head == '第' && rankAfter.MatchString(rest) && rankBefore.MatchString(lead):
	case head == '前' && (strings.HasPrefix(rest, "名") || strings.HasPrefix(rest, "位")) && !strings.HasPrefix(rest, "位数"):
	case head == '前' && topBefore.MatchString(lead) && rankAfter.MatchString(rest):
	default:
		return false
	}
	n.Start, n.End = start, d.end
	if strings.HasPrefix(rest, "名") || strings.HasPrefix(rest, "位") {
		n.End++
	}
	n.Class, n.Hedge, n.Unit, n.Fault = Figure, "rank", "位", ""
	n.Value = d.whole()
	n.Style = Style{Rank: string(head), Han: d.han, Unit: string(p.t[d.end:n.End]), Step: whole(1), Place: whole(1)}
	n.Interval = Interval{Low: n.Value, High: n.Value}
	if head == '前' {
		n.Low = whole(1)
	}
	return true
}

var (
	everyBefore  = regexp.MustCompile(`每(?:年|季度?|月|周|半年|学期|届|个季度|个月|两年|三年|年度|人|名|位|个|件|次|户|村|委员|镇|乡|支部|组|项|家|所|期|场|条|篇|天|日|逢)[^，。；：]{0,14}$|一年(?:召开|开展|组织|举行)?$`)
	meanBefore   = regexp.MustCompile(`平均|人均|户均|年均|月均|亩均|均$`)
	normSentence = regexp.MustCompile(`要求|规定|应当|必须|原则上|须|确保|不得|每|应$`)
	musts        = regexp.MustCompile(`要求|规定|应当|必须|原则上|须|不得`)
	leastBefore  = regexp.MustCompile(`(?:不得?(?:少于|低于|超过|多于|高于|大于|小于)|至少|最多|最少)$`)
	planBefore   = regexp.MustCompile(`(?:力争|争创|争取(?:在|到|实现|达到|进入|完成|突破)|计划(?:到|于|用|在|投资|新建|建设|实施|安排|开展|组织)|拟(?:投|建|新|于|在|组织|召开|安排|开展)|预计|概算(?:总?投资)?|目标(?:是|为|任务|定为))[^，。；：]{0,16}$`)
	planSentence = regexp.MustCompile(`(?:预期|主要|工作|总体|奋斗|发展)目标(?:是|为|：)`)
	abstract     = regexp.MustCompile(`^(?:个|项|种|类|条|大)?(?:维护|确立|全覆盖|意识|自信|全面|代表|百年|务必|伟大|毫不动摇|结合|必由之路|坚持|责任|关系|统筹|离不开|认同|共同|倡导|突出|方面|层面|环节|转变|优先|必须|不变|不动摇|更加|着力|积极|维度|角度|层次|关键|中心|基本点|到位|走在前|率先|带头|聚焦|强化|提升|深化|作用|聚力|字|主题|有利于|相统一|原则|线(?:[^路]|$)|底线|红线|主线|腿|问题是|抓手|导向|机制性|需要|善于|注重|力)`)
	ageBefore    = regexp.MustCompile(`平均年龄|年龄|平均|最大|最小|最长|最年轻`)
	thresholdAft = regexp.MustCompile(`^(?:的)?[^，。；、：）！？\n的]`)
	oneResult    = regexp.MustCompile(`^[名位件篇条项个][^，。；、]{1,20}?(?:被|获|荣获|当选|入选|受到|得到)`)
	oneDone      = regexp.MustCompile(`召开|举办|出版|编印|选编|编成|开展|组织|举行|承办|协办|完成|发表|刊发|形成|制作|拍摄|建成|新建|捐建|援建|捐赠|撰写|[展会赛]一|演出|讲座|活动`)
	askedFor     = regexp.MustCompile(`^[^，。；]{0,24}的(?:要求|规定|标准)`)
	reachBefore  = regexp.MustCompile(`(?:突破|超过|超|逾|近|约|达|达到|过)$`)
	oneBefore    = regexp.MustCompile(`(?:召开|举办|出版|编印|编辑|编纂|编写|印发|刊印|组织|举行|承办|协办|完成|发表|刊发|形成|制作|拍摄|开展|建成|新建|援建|报送|撰写|提交|捐建|设立|创办|开办|拍摄制作|编撰|推出)(?:了|过)?$`)
)

// judge decides on a number that no rule has set aside.
func (p *plain) judge(n *Number, i int, before, here string) {
	clause, sentence := p.since("，。；：！？", n.Start, 60), p.since("。；！？", n.Start, 120)
	d, _ := readNumeral(p.t, i)
	behind := p.after(n.End)
	switch {
	case d.long:
		n.Class = Document
	case n.Hedge == "概数":
		n.Class = Vague
	case n.Value == nil:
		n.Class = Lexical
	case strings.HasSuffix(before, "翻了") || strings.HasSuffix(before, "翻") && n.Unit == "番":
		n.Class = Figure
	case leastBefore.MatchString(n.Style.Before) && meanBefore.MatchString(clause), (n.Hedge == "低于" || n.Style.After != "") && n.Unit == "分":
		n.Class = Norm
	case d.han && n.Style.Percent == "" && !n.Style.Tenths && !p.counts(n, d, i, sentence):
		n.Class = Lexical
		if n.Unit != "" && d.value.Cmp(whole(1)) != 0 {
			n.Class = Name
		}
	case everyBefore.MatchString(clause) && !meanBefore.MatchString(clause) && (!IsMoney(n.Unit) && n.Unit != "%" || musts.MatchString(sentence)):
		n.Class = Norm
	case leastBefore.MatchString(before) && normSentence.MatchString(sentence), leastBefore.MatchString(n.Style.Before) && normSentence.MatchString(sentence):
		n.Class = Norm
	case (n.Style.Before == "不足" || n.Style.Before == "不到" || n.Style.Before == "低于" || n.Style.Before == "少于") && strings.HasPrefix(behind, "的"),
		askedFor.MatchString(behind) && (n.Hedge == "以上" || n.Hedge == "以下"):
		n.Class = Norm
	case (n.Unit == "岁" || n.Unit == "周岁") && !ageBefore.MatchString(sentence):
		n.Class = Norm
	case (n.Style.After == "以上" || n.Style.After == "以下" || n.Style.After == "以内") && n.Unit != "%" && n.Unit != "倍" && thresholdAft.MatchString(behind):
		n.Class = Norm
	case planBefore.MatchString(clause), planSentence.MatchString(p.since("", n.Start, 400)):
		n.Class = Target
	case !d.han && n.Unit == "" && phone(d):
		n.Class = Document
	case n.Unit == "级" || n.Unit == "号" || n.Unit == "强" || n.Unit == "型" || n.Unit == "大" || n.Unit == "星" || n.Unit == "代":
		n.Class = Order
	default:
		n.Class = Figure
	}
	if n.Class != Figure && n.Class != Vague {
		n.Fault = ""
	}
	if d.han && n.Class == Lexical {
		p.extend(n, i, "")
	}
	if n.Value != nil && n.Low == nil && n.High == nil {
		n.Interval = Interval{Low: n.Value, High: n.Value}
	}
}

// counts tells whether a Han numeral counts something: it stands before a measure
// word, and 一 behind a verb of something done as well.
func (p *plain) counts(n *Number, d numeral, i int, sentence string) bool {
	if d.bare && n.Hedge != "" && d.value.Cmp(whole(10_000)) >= 0 { // 超百万
		return true
	}
	if d.years || n.Unit == "" || abstract.MatchString(string(p.t[d.end:min(len(p.t), d.end+8)])) {
		return false
	}
	if d.bare && n.Hedge == "" && d.value.Cmp(whole(100_000)) < 0 && !reachBefore.MatchString(p.before(i)) {
		return false
	}
	if d.value.Cmp(whole(1)) != 0 || d.scale.Cmp(whole(1)) != 0 {
		return unitAt(p.t, d.end+len([]rune(n.Style.Behind)), hanCounts) != "" || n.Style.Scale != "" || n.Style.ScaleBehind
	}
	return p.one(n, d, i, sentence)
}

// one tells whether 一 counts: behind a verb of something done (出版一部), at the
// end of its clause behind one (召开全体会议一次), or where something came of it
// (一名委员被评为…).
func (p *plain) one(n *Number, d numeral, i int, sentence string) bool {
	if normSentence.MatchString(sentence) {
		return false
	}
	behind := p.after(d.end)
	if oneResult.MatchString(behind) {
		return true
	}
	for _, unit := range ones {
		if n.Unit == unit {
			before := p.before(i)
			return oneBefore.MatchString(before) || wordEnds.MatchString(p.after(n.End)) && oneDone.MatchString(p.since("，。；：", i, window))
		}
	}
	return false
}

// phone tells whether digits are too many for a count.
func phone(d numeral) bool {
	return d.step.Cmp(whole(1)) == 0 && d.value.Cmp(new(big.Rat).SetInt64(9_999_999)) > 0
}
