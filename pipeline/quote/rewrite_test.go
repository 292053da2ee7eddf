package quote

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// styles are numbers in every way of writing that is read as a statistic.
var styles = []string{
	"228件", "50余次", "200多条", "近300人", "约120场", "40左右", "超500人次", "逾千人次", "99.5%", "99%", "100%", "4000余万元", "1.2万人次", "5万人",
	"3.45亿元", "126.5万元", "12.50万元", "10余万字", "10万余字", "10万余元", "300余元", "4000余亿元", "3千余万元", "3百多万元", "3百万元", "3千万余元", "100件以上", "至少8场", "不超过90人", "低于60人", "99%以上", "近100%", "超90%",
	"12.5个百分点", "3公里多", "1,386件", "1,386.52万元", "34 500亩", "3倍", "3亿4500万元", "1亿2千5百万字", "1万2千人", "3亿4500万余元", "30来份", "5万多户", "300人之多",
	"约1.2万人次", "接近3.5亿元", "不足200条", "超1.25万人", "千分之三", "5‰", "2.5‰", "百分之95.5", "3十万人", "约3万余字", "23余次", "110.53余万元", "超过50余次", "5千瓦", "228",
	"两次", "二十余次", "百余户", "十余份", "二十多场", "四千余万元", "一百二十余万元", "十万余元", "一万余人", "三万五千人次", "四千万元", "两千余万元", "三百来人", "近千人", "超百万人次", "约三百人", "五十人以上", "不超过九十人",
	"百分之九十九", "百分之九十九点五", "百分之百", "近百分之九十", "百分之九十以上", "二点五公里", "七成", "七成五", "七成多", "近七成", "七成以上", "七成五以上", "三点五亿元", "约三点五万人", "百分之零点五", "零点五公里", "廿五辑",
	"一半以上", "第一", "第3名", "第二十", "前三", "第三名", "首位",
}

// styled is the number that a style is an example of.
func styled(t testing.TB, text string) Number {
	t.Helper()
	n, ok := sole(text)
	if !ok {
		t.Fatalf("%s is not read", text)
	}
	return n
}

// someValue is a value that the number may be rewritten for: of its own size,
// much larger, much smaller, round, or with a remainder.
func someValue(random *rand.Rand, n Number) *big.Rat {
	if n.Hedge == "rank" {
		return whole(1 + random.Int64N(300))
	}
	value := new(big.Rat).Mul(n.Value, big.NewRat(1+random.Int64N(4000), 1000))
	switch random.IntN(6) {
	case 0:
		value = whole(random.Int64N(20))
	case 1:
		value.Mul(value, big.NewRat(1, 1+random.Int64N(5000)))
	case 2:
		value.Mul(value, whole(1+random.Int64N(50)))
	case 3:
		value = nearest(value, n.Style.Place, half.Policy)
	}
	switch {
	case n.Unit == "%":
		value = big.NewRat(random.Int64N(10_001), 100)
	case !Continuous(n.Unit):
		return floor(value, whole(1))
	case random.IntN(3) > 0:
		return floor(value, big.NewRat(1, 10_000))
	}
	return value
}

// TestRewriteKeepsTheValue holds rewriting and reading to be inverse in every way
// of writing: what is written like a number reads back without a fault, in its
// unit, to an interval with the value in it, and in the same numerals where they
// can say it.
func TestRewriteKeepsTheValue(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, written := range styles {
		n := styled(t, written)
		for range 60 {
			value := someValue(random, n)
			text := n.Rewrite(value, half)
			as, same := n.plainMoney(value)
			if same == nil {
				same = whole(1)
			}
			if !as.reads(text, same.Mul(same, value)) {
				got, _ := sole(text)
				t.Fatalf("%s like %s is %s, which reads as %s %s %s", value.RatString(), written, text, bounds(got.Interval), got.Unit, got.Fault)
			}
			arabic := strings.ContainsAny(text, "0123456789")
			if n.Style.Han && arabic && value.IsInt() && value.Cmp(whole(1)) > 0 && n.Style.Percent != fractionMark && !n.Style.Tenths {
				t.Fatalf("%s like %s is %s, in other numerals", value.RatString(), written, text)
			}
			if !n.Style.Han && !arabic {
				t.Fatalf("%s like %s is %s, in other numerals", value.RatString(), written, text)
			}
		}
	}
}

// TestRewrite holds rewriting to cases worked out by hand.
func TestRewrite(t *testing.T) {
	for _, c := range []struct{ written, value, want string }{
		// 余: down to its own place, to a finer one where the value is below it, and
		// no hedge where nothing is left over
		{"200余条", "386", "300余条"}, {"200余条", "300", "300条"}, {"200余条", "15", "10余条"}, {"200余条", "9", "9条"}, {"200余条", "0", "0条"},
		{"280余条", "391", "390余条"}, {"50余次", "63", "60余次"}, {"1000多人次", "1400", "1000多人次"},
		{"4000余万元", "4386.52", "4000余万元"}, {"4000余万元", "386.52", "300余万元"}, {"4000余万元", "0.52", "0.52万元"},
		{"10余万字", "253000", "20余万字"}, {"10万余字", "253000", "25万余字"}, {"10万余元", "25.3", "25万余元"}, {"10余万字", "8123", "8000余字"},
		// 约: 5 % of 400 is 20, so 440 takes the finer place
		{"约300人", "400", "约400人"}, {"约300人", "440", "约440人"}, {"约300人", "386", "约400人"}, {"300人左右", "447", "450人左右"}, {"约300人", "15", "约15人"},
		// 近: up, and never for a round value
		{"近200人", "290", "近300人"}, {"近200人", "145", "近150人"}, {"近230人", "300", "300人"}, {"近230人", "233", "近240人"}, {"不足200人", "150", "150人"},
		{"近100%", "99.97", "近100%"}, {"近100%", "85", "近90%"}, {"近100%", "100", "100%"},
		// 超, 以上, 以下 and their like
		{"超200人", "386", "超300人"}, {"超200人", "300", "300人"}, {"超200人", "15", "超10人"},
		{"100件以上", "245", "200件以上"}, {"至少8场", "5", "至少5场"}, {"不超过90人", "100", "不超过100人"}, {"低于60人", "65", "低于70人"}, {"低于200人", "15", "低于20人"},
		{"99%以上", "97.4", "97%以上"},
		// a hedge too many, or behind digits that leave nothing over
		{"约120余万字", "1350000", "130余万字"}, {"228余件", "235", "235件"}, {"110.53余万元", "93.738", "93.74万元"}, {"2.3万余人次", "34567", "3.5万人次"}, {"300人之多", "320", "320人之多"},
		// percentages keep their places, 100% tells none; never 100% or 0% for what is not
		{"99.5%", "98", "98.0%"}, {"99.5%", "100", "100%"}, {"99.5%", "99.97", "99.97%"}, {"99%", "97.4", "97%"}, {"99%", "99.7", "99.7%"},
		{"100%", "1900/196", "9.69%"}, {"100%", "98", "98%"}, {"12%", "0.2", "0.2%"}, {"12.5个百分点", "3", "3.0个百分点"}, {"百分之95.5", "97.25", "百分之97.3"},
		// amounts keep their places
		{"12.50万元", "13", "13.00万元"}, {"12.50万元", "9.125", "9.13万元"}, {"126.5万元", "0.004", "0.004万元"}, {"3.45亿元", "3.5", "3.50亿元"},
		{"1.2万人次", "34567", "3.5万人次"}, {"1.2万人次", "300", "300人次"}, {"5万人", "8000", "8000人"},
		// separators and parts
		{"1,386件", "1402", "1,402件"}, {"1,386件", "402", "402件"}, {"1386件", "1402", "1402件"}, {"1,386.52万元", "12402.5", "12,402.50万元"},
		{"3亿4500万元", "351230000", "3亿5123万元"}, {"3亿4500万元", "300000000", "3亿元"}, {"1亿2千5百万字", "131000000", "1亿3100万字"}, {"1万2千人", "23456", "2万3千人"}, {"1万2千人", "8120", "8120人"},
		// 余 within a unit of money stays there; 43.8652 百万元 is 4386.52万元, and 0.38652 千万元 is 386.52万元
		{"3千余万元", "4.38652", "4千余万元"}, {"3千万余元", "4.38652", "4千万余元"}, {"3百余万元", "43.8652", "4000余万元"}, {"3百余万元", "3.5", "3百余万元"}, {"3千余万元", "0.38652", "300余万元"}, {"3百余亿元", "43.8652", "4000余亿元"},
		{"3百余万元", "0.05", "5万元"}, {"3千余万元", "0", "0千万元"}, {"3百多万元", "43.8652", "4000多万元"}, {"约3千万元", "12.3456", "约12000万元"}, {"3百万元", "43.8652", "4387万元"}, {"3千万元", "0.4", "400万元"}, {"3千万元", "4.38652", "4千万元"},
		// Han numerals
		{"二百二十八件", "235", "二百三十五件"}, {"三百人次", "1020", "一千零二十人次"}, {"三千人", "35000", "三万五千人"}, {"三千人", "100005000", "一亿零五千人"}, {"三千人", "105000", "十万五千人"},
		{"五次", "2", "两次"}, {"五次", "12", "十二次"}, {"五次", "200", "二百次"}, {"五百人", "2300", "两千三百人"}, {"五百人", "22000", "两万二千人"}, {"两次", "1", "1次"},
		{"二十余次", "36", "三十余次"}, {"二十余次", "7", "七次"}, {"四千余万元", "53865200", "五千余万元"}, {"四千余万元", "20000000", "两千万元"}, {"四千余万元", "24352", "两万余元"}, {"四千余万元", "136005000", "一亿三千六百万余元"}, {"近千人", "2950", "近三千人"}, {"百余户", "251", "二百余户"},
		{"百分之九十九", "97", "百分之九十七"}, {"百分之九十九点五", "98.25", "百分之九十八点三"}, {"百分之九十九点五", "98", "百分之九十八"}, {"百分之九十九点五", "100", "百分之百"}, {"百分之百", "97.25", "百分之九十七点二五"},
		{"二点五公里", "3.25", "三点三公里"}, {"三点五亿元", "412000000", "四点一亿元"}, {"二点五公里", "0.5", "零点五公里"},
		{"七成", "82", "八成"}, {"七成五", "82", "八成二"}, {"七成五", "82.4", "八成二"}, {"七成", "99", "九成九"}, {"七成", "99.6", "99.6%"}, {"七成", "3", "3%"}, {"七成以上", "83", "八成以上"}, {"七成多", "64.5", "六成多"}, {"七成多", "20", "两成"},
		// shares
		{"一半", "38.46", "38.46%"}, {"三分之二", "3/4", "四分之三"}, {"三分之二", "17/25", "68%"}, {"1/3", "1/4", "1/4"},
		// ranks
		{"第一", "12", "第十二"}, {"第3名", "12", "第12名"}, {"前三", "5", "前五"}, {"首位", "2", "第二"}, {"第三名", "235", "第二百三十五名"},
	} {
		if got := styled(t, c.written).Rewrite(rat(t, c.value), half); got != c.want {
			t.Errorf("%s for %s is %s, want %s", c.written, c.value, got, c.want)
		}
	}
}

func TestRewriteInAnotherUnit(t *testing.T) {
	for _, c := range []struct{ written, unit, value, want string }{
		{"二百二十八人次", "件", "228", "二百二十八件"}, {"228人次", "件", "235", "235件"}, {"50余人", "人次", "63", "60余人次"}, {"二人", "人次", "2", "两人次"},
		{"228", "件", "235", "235件"}, {"约300人", "人次", "386", "约400人次"}, {"228件", "件", "235", "235件"}, {"七成", "件", "235", "二百三十五件"}, {"约300万元", "件", "386", "约400件"},
		{"228件", "%", "19500/196", "99.49%"}, {"228件", "万元", "93.74", "93.74万元"},
	} {
		if got := styled(t, c.written).In(c.unit).Rewrite(rat(t, c.value), half); got != c.want {
			t.Errorf("%s in %s for %s is %s, want %s", c.written, c.unit, c.value, got, c.want)
		}
	}
}

func TestHanNumerals(t *testing.T) {
	for n, want := range map[int64]string{
		10: "十", 12: "十二", 110: "一百一十", 112: "一百一十二", 305: "三百零五", 1001: "一千零一", 1010: "一千零一十", 10_010: "一万零一十", 10_500: "一万零五百",
		110_000: "十一万", 101_000: "十万一千", 100_050_000: "一亿零五万", 100_000_005: "一亿零五", 350_000_000_000: "三千五百亿", 0: "", largestWritten: "",
	} {
		if got := hanInteger(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
	random := rand.New(rand.NewPCG(5, 6))
	for range 20_000 {
		n := 1 + random.Int64N(largestWritten-1)>>random.IntN(39)
		text := []rune(hanInteger(n))
		if d := readHan(text, 0); d.end != len(text) || d.value.Cmp(whole(n)) != 0 {
			t.Fatalf("%d is written %s, which reads as %s", n, string(text), d.value.RatString())
		}
	}
}

// TestRewriteOfItself holds an exact number rewritten for its own value to stay as it is.
func TestRewriteOfItself(t *testing.T) {
	for _, written := range styles {
		otherwise := map[string]string{"34 500亩": "34500亩", "1亿2千5百万字": "1亿2500万字", "3十万人": "300000人", "廿五辑": "二十五辑"}
		n, want := styled(t, written), written
		if other := otherwise[written]; other != "" {
			want = other
		}
		if got := n.Rewrite(n.Value, half); n.Hedge == "" && got != want {
			t.Errorf("%s for its own value is %s", written, got)
		}
	}
}

func TestRewriteOfASharedUnit(t *testing.T) {
	found := Find("提高2.1和4.3个百分点", Usual)
	if got := found[0].Rewrite(rat(t, "3.25"), half); got != "3.3" {
		t.Errorf("2.1 for 3.25 is %s", got)
	}
	if got := found[0].In("倍").Rewrite(rat(t, "3.25"), half); got != "3.3倍" {
		t.Errorf("2.1 in 倍 for 3.25 is %s", got)
	}
}

// TestRewriteOfAUnitInTheHead rewrites numbers whose unit the head of their table
// has: it is left out, and all else is as in a sentence.
func TestRewriteOfAUnitInTheHead(t *testing.T) {
	for _, c := range []struct{ written, unit, value, want string }{
		{"700余", "人次", "546", "500余"}, {"5386.5", "万元", "4386.52", "4386.5"}, {"约5000", "万元", "4386.52", "约4400"}, {"5000余", "万元", "4386.52", "4000余"},
		{"98.5", "%", "100", "100"}, {"98.5", "%", "19400/195", "99.5"}, {"300左右", "人", "386", "400左右"}, {"二百八十二", "件", "228", "二百二十八"}, {"1,386", "件", "1402", "1,402"},
		{"1.2", "个百分点", "1.49", "1.5"}, {"10万余", "元", "43865200", "4386万余"}, {"4000万", "元", "43865200", "4387万"}, {"超300", "人", "386", "超300"}, {"近5000", "万元", "4386.52", "近4400"},
		{"5386.5万元", "万元", "4386.52", "4386.5万元"}, {"98%", "%", "99", "99%"},
	} {
		n := styled(t, c.written)
		n.Share(c.unit)
		if got := n.Rewrite(rat(t, c.value), half); got != c.want {
			t.Errorf("%s in %s for %s is %s, want %s", c.written, c.unit, c.value, got, c.want)
		}
	}
}

// TestBoundsOfAUnitInTheHead: what is measured is rounded, what is counted is not,
// and a round 100 % is exact.
func TestBoundsOfAUnitInTheHead(t *testing.T) {
	for _, c := range []struct{ written, unit, want string }{
		{"4387", "万元", "4386.5..4387.5"}, {"4387", "件", "4387..4387"}, {"4386.5", "万元", "4386.45..4386.55"}, {"4000余", "万元", "(4000..5000)"}, {"4000余", "件", "4001..4999"},
		{"100", "%", "100..100"}, {"98", "%", "97.5..98.5"}, {"23余", "公里", "(23..24)"}, {"约200", "亩", "190..210"}, {"4万", "元", "35000..45000"},
	} {
		n := styled(t, c.written)
		n.Share(c.unit)
		if got := bounds(n.Interval); got != c.want || n.Fault != "" {
			t.Errorf("%s in %s stands for %s, want %s, fault %s", c.written, c.unit, got, c.want, n.Fault)
		}
	}
	n := styled(t, "三分之二")
	if n.Share("%"); n.Unit != "" {
		t.Errorf("三分之二 is of %s", n.Unit)
	}
}

// TestClosest goes on to the nearest form, in the unit that was written.
func TestClosest(t *testing.T) {
	for _, c := range []struct{ written, text, unit, value, want string }{
		{"200余条", "200余条", "", "286", "280余条"}, {"200余条", "280余条", "", "286", "280余条"}, {"6百余万元", "4000余万元", "", "43.8652", "4380余万元"}, {"5000余", "4000余", "万元", "4386.52", "4380余"},
	} {
		n := styled(t, c.written)
		n.Share(c.unit)
		if got := n.Closest(c.text, rat(t, c.value), half); got != c.want {
			t.Errorf("%s from %s for %s is %s, want %s", c.written, c.text, c.value, got, c.want)
		}
	}
}

func TestCloserOfARank(t *testing.T) {
	n := styled(t, "首位")
	if got := n.Closer(rat(t, "1"), half); got != "" {
		t.Errorf("首位 is nearer as %s", got)
	}
}
