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
	"3.45亿元", "126.5万元", "12.50万元", "10余万字", "10万余字", "10万余元", "300余元", "4000余亿元", "100件以上", "至少8场", "不超过90人", "低于60人", "99%以上", "近100%", "超90%",
	"12.5个百分点", "3公里多", "1,386件", "1,386.52万元", "34 500亩", "3倍", "45.3岁", "3亿4500万元", "1亿2千5百万字", "1万2千人", "3亿4500万余元", "30来份", "5万多户", "300人之多",
	"约1.2万人次", "接近3.5亿元", "不足200条", "超1.25万人", "千分之三", "5‰", "2.5‰", "百分之95.5", "3十万人", "约3万余字", "23余次", "110.53余万元", "超过50余次", "5千瓦", "228",
	"两次", "二十余次", "百余户", "十余份", "二十多场", "四千余万元", "一百二十余万元", "十万余元", "一万余人", "三万五千人次", "四千万元", "两千余万元", "二十来份", "近千人", "超百万人次", "约三百人", "五十人以上", "不超过九十人",
	"百分之九十九", "百分之九十九点五", "百分之百", "近百分之九十", "百分之九十以上", "二点五公里", "七成", "七成五", "七成多", "近七成", "七成以上", "七成五以上", "三点五亿元", "约三点五万人", "百分之零点五", "廿五辑",
	"一半以上", "第一", "第3名", "第二十", "前三", "第三名", "首位",
}

// styled is the number that a style is an example of.
func styled(t testing.TB, text string) Number {
	t.Helper()
	n, ok := sole(text)
	if !ok || n.Class != Figure {
		t.Fatalf("%s is not read as a statistic: %+v", text, n)
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
		for range 120 {
			value := someValue(random, n)
			text := n.Rewrite(value, half)
			if !n.reads(text, value) {
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
