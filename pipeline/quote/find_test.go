package quote

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"
)

// bounds writes an interval: 51..59, (4000..5000), 40..
func bounds(i Interval) string {
	text := func(x *big.Rat) string {
		if x == nil {
			return ""
		}
		return Exact(x, half.Policy)
	}
	open, end := "", ""
	if i.LowOpen {
		open = "("
	}
	if i.HighOpen {
		end = ")"
	}
	return open + text(i.Low) + ".." + text(i.High) + end
}

// TestNumbersAreReadByTheRules holds reading to the rules: GB/T 15835-2011, the
// dictionary sense of 余, art. 1259 of the Civil Code.
func TestNumbersAreReadByTheRules(t *testing.T) {
	for _, c := range []struct{ text, number, want string }{
		// exact: counts are what they say, decimals and 万 what rounds to them
		{"立案提案228件", "228件", "228 件 228..228"},
		{"立案提案２２８ 件", "２２８ 件", "228 件 228..228"},
		{"办复率99.5%", "99.5%", "99.5 % 99.45..99.55"},
		{"办复率100%", "100%", "100 % 100..100"},
		{"参加1.2万人次", "1.2万人次", "12000 人次 11500..12500"},
		{"投入3.45亿元", "3.45亿元", "3.45 亿元 3.445..3.455"},
		{"投入126.5万元", "126.5万元", "126.5 万元 126.45..126.55"},
		{"收到1,386件", "1,386件", "1386 件 1386..1386"},
		{"绿化34 500亩", "34 500亩", "34500 亩 34499.5..34500.5"},
		{"投入3亿4500万元", "3亿4500万元", "345000000 元 344995000..345005000"},
		{"投入1亿2千5百万元", "1亿2千5百万元", "125000000 元 124500000..125500000"},
		{"落实200多元", "200多元", "200 元 (200..300)"},
		{"参加不超200人", "不超200人", "200 人 ..200"},
		{"没有超过30家", "没有超过30家", "30 家 ..30"},
		{"不小于30家", "不小于30家", "30 家 30.."},
		// 余 and 多: above N, below the next step of its last digit that is not zero
		{"学习50余次", "50余次", "50 次 51..59"},
		{"提出200多条", "200多条", "200 条 201..299"},
		{"走访1100余户", "1100余户", "1100 户 1101..1199"},
		{"落实4000余万元", "4000余万元", "4000 万元 (4000..5000)"},
		{"编印10余万字", "10余万字", "100000 字 100001..199999"},
		{"编印10万余字", "10万余字", "100000 字 100001..109999"},
		{"接待2万余人", "2万余人", "20000 人 20001..29999"},
		{"走访百余户", "百余户", "100 户 101..199"},
		{"形成十余份", "十余份", "10 份 11..19"},
		{"座谈二十多场", "二十多场", "20 场 21..29"},
		// 约 5 % either way, 近 down to 90 %
		{"参加约300人", "约300人", "300 人 285..315"},
		{"参加300人左右", "300人左右", "300 人 285..315"},
		{"接待近3000人次", "近3000人次", "3000 人次 2700..3000)"},
		// 超 leaves the number out, 以上 and 以下 include it
		{"参加超500人次", "超500人次", "500 人次 (500.."},
		{"参加突破500人次", "突破500人次", "500 人次 (500.."},
		{"满意率99%以上", "99%以上", "99 % 99.."},
		{"参加至少8场", "至少8场", "8 场 8.."},
		{"支出不超过90万元", "不超过90万元", "90 万元 ..90"},
		// Han numerals
		{"协商两次", "两次", "2 次 2..2"},
		{"走访一百二户", "一百二户", "120 户 120..120"},
		{"发放十万零一千份", "十万零一千份", "101000 份 101000..101000"},
		{"满意率百分之九十九", "百分之九十九", "99 % 98.5..99.5"},
		{"七成以上的委员", "七成以上", "70 % 70.."},
		{"投入三点五亿元", "三点五亿元", "350000000 元 345000000..355000000"},
		{"修路零点五公里", "零点五公里", "0.5 公里 0.45..0.55"},
		{"增长百分之零点五", "百分之零点五", "0.5 % 0.45..0.55"},
		{"七成多的委员", "七成多", "70 % (70..80)"},
		{"编印廿五辑", "廿五辑", "25 辑 25..25"},
		{"提高3.0个百分点", "3.0个百分点", "3 百分点 2.95..3.05"},
		{"存款一千六百七十四亿二千万元", "一千六百七十四亿二千万元", "167420000000 元 167419999999.5..167420000000.5"},
		{"提高12.5个百分点", "12.5个百分点", "12.5 百分点 12.45..12.55"},
		{"增长3倍", "3倍", "3 倍 2.5..3.5"},
		{"三分之二的委员", "三分之二", "0.666667  0.666666..0.666667"},
		// ranks
		{"名列全市第一，", "第一", "1 位 1..1"},
		{"位居全省首位。", "首位", "1 位 1..1"},
		{"排名第3名", "第3名", "3 位 3..3"},
		{"进入全国前三，", "前三", "3 位 1..3"},
		// a range: both ends stand for all between
		{"开展3—5次", "3", "3 次 3..5"},
		{"开展3—5次", "5次", "5 次 3..5"},
		{"提高2.1和4.3个百分点", "2.1", "2.1 百分点 2.05..2.15"},
	} {
		t.Run(c.text, func(t *testing.T) {
			for _, n := range Find("县政协"+c.text, Usual) {
				if n.Text != c.number {
					continue
				}
				got := fmt.Sprintf("%s %s %s", Exact(n.Value, half.Policy), n.Unit, bounds(n.Interval))
				if n.Class != Figure || got != c.want && c.number != "三分之二" {
					t.Errorf("%s is %s, %s; want %s", c.number, got, n.Class, c.want)
				}
				return
			}
			t.Errorf("no %s among %v", c.number, Find("县政协"+c.text, Usual))
		})
	}
}

// TestWhatIsNoStatistic holds each kind of number that is none to its reason.
func TestWhatIsNoStatistic(t *testing.T) {
	for class, texts := range map[Class][]string{
		Date:        {"[2021年]我县", "（[2022年4月25日]）", "[二〇三五年]远景目标", "[3月]至5月", "1—[10月]，", "20世纪[90年代]", "上午[9时]30分"},
		Period:      {"[五年]来", "近[3年]，", "历时[两个月]", "前[5个月]", "连续[三年]获评"},
		Session:     {"[七届一次会议]以来", "[十九届六中全会]精神", "中共[二十大]精神", "第[十二次]会议", "县[第六次党代会]"},
		Order:       {"《简报》[第13期]，", "获[一等奖]，"},
		List:        {"[一]、强化引领", "（[二]）提案", "[3].扩大联系", "。[二是]加强协商"},
		Document:    {"晋发〔[2021〕9号]文件", "电话[0356-3031234]，"},
		Name:        {"“[136]”转型", "“[1+7+N]”工作法", "《[五]个一》", "[四渡赤水]纪念馆", "[两个确立]的意义", "[100强]企业", "[12345热线]受理", "[5G]基站"},
		Anniversary: {"建党[100周年]", "诞辰[120周年]"},
		Lexical:     {"[进一步]加强", "[一系列]荣誉", "[百年不遇]的洪涝", "[统一]战线", "[双向]发力", "[千方百计]保障", "把学习摆在[首位]", "[三级]甲等", "落实[八项规定]", "要求每位委员参加[一次]视察"},
		Norm:        {"每年开展活动不少于[两次]，", "[60岁以上]老人", "每季度[1次]", "投资[5000万元以上]项目"},
		Background:  {"会议应到委员[293人]，", "在全市[16个]县区考核中列第二"},
		Vague:       {"开展[十几次]活动", "走访[数百户]", "[上千人]参加", "[几十家]企业", "提出[三四个]建议"},
		Print:       {"共印[550份]"},
	} {
		for _, marked := range texts {
			before, rest, ok := strings.Cut(marked, "[")
			number, after, _ := strings.Cut(rest, "]")
			if !ok {
				t.Fatal(marked)
			}
			found := false
			for _, n := range Find(before+number+after, Usual) {
				if n.Start < len(before+number) && n.End > len(before) {
					found = found || n.Class == class
					if n.Class == Figure {
						t.Errorf("%s: %q is taken for a statistic", marked, n.Text)
					}
				}
			}
			if !found {
				t.Errorf("%s is not %s: %v", marked, class, Find(before+number+after, Usual))
			}
		}
	}
}

func TestTheComingYearIsNoStatistic(t *testing.T) {
	const text = "2021年工作回顾\n全年立案提案228件。\n主要工作做得扎实，开展协商16次，报送信息211篇。\n2022年工作安排\n全年组织协商20次，编发50期。\n"
	var got []string
	for _, n := range Find(text, Usual) {
		got = append(got, n.Text+" "+string(n.Class))
	}
	want := "2021年 date|228件 figure|16次 figure|211篇 figure|2022年 date|20次 target|50期 target"
	if strings.Join(got, "|") != want {
		t.Errorf("got %s", strings.Join(got, "|"))
	}
}

func TestFaultsOfWriting(t *testing.T) {
	for text, want := range map[string]string{
		"约120余万字": "两个概数词", "超过50余次": "两个概数词", "23余次": "整十", "2.3万余人次": "小数", "110.53余万元": "小数",
		"50余次": "", "1054余万元": "", "3公里多": "", "近300人": "",
	} {
		n := Find("共"+text, Usual)
		if len(n) != 1 || (n[0].Fault == "") != (want == "") || !strings.Contains(n[0].Fault, want) {
			t.Errorf("%s: %+v", text, n)
		}
	}
}

// FuzzFind looks for numbers in any text: it must not fail, must find its own
// text at the place it names, in order and without overlap, and give bounds in order.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{"全年立案提案228件，办复率达到100%；召开会议50 余次", "十万零一千份、一百二、两三个、三四十", "4000余万元，10万余字，百余名", "名列全市第一、全省第六。进入前三",
		"“136”转型《五个一》〔2021〕9号", "１２３４５６７８９", "1 2 3 4\n5", "一一一一一一十十百百千千万万亿亿", "百分之百分之三分之", "3—5至7~9", "零〇零", "1/0 0/3 3/4/5", "万亿万亿万亿", "九九九九九亿亿亿", "廿卅廿"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		end := 0
		for _, n := range Find(text, Usual) {
			if n.Start < end || n.End <= n.Start || n.End > len(text) || text[n.Start:n.End] != n.Text {
				t.Fatalf("%q at %d..%d after %d", n.Text, n.Start, n.End, end)
			}
			end = n.End
			if n.Low != nil && n.High != nil && n.Low.Cmp(n.High) > 0 {
				t.Fatalf("%q stands for %s", n.Text, bounds(n.Interval))
			}
			if n.Class == Figure && (n.Value == nil || n.Low == nil && n.High == nil) {
				t.Fatalf("%q is a statistic without a value", n.Text)
			}
		}
		if _, _, err := Parse(text); err == nil {
			if n := Find(text, Usual); len(n) == 0 && len(Find("名列全省"+text, Usual)) == 0 {
				t.Fatalf("%q was parsed and not found", text)
			}
		}
	})
}

// TestUnitsAloneInBrackets: the unit in the head of a table is no number.
func TestUnitsAloneInBrackets(t *testing.T) {
	for text, want := range map[string]bool{"项目资金（亿元）": false, "项目资金(百万元)": false, "项目资金（近亿元）": true, "项目资金（2亿元）": true} {
		if n := Find(text, Usual); (len(n) > 0 && n[0].Value != nil) != want {
			t.Errorf("%s: %v", text, n)
		}
	}
}
