package quote

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"workreport/pipeline/contract"
	"workreport/queries"
)

var half = contract.Rounding{Policy: contract.HalfUp, PercentPlaces: 2}

func rat(t *testing.T, text string) *big.Rat {
	t.Helper()
	x, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	return x
}

func TestWrite(t *testing.T) {
	yu := func(place int64) queries.Quote { return queries.Quote{Hedge: "余", Place: place} }
	for _, c := range []struct {
		value string
		how   queries.Quote
		unit  string
		want  string
	}{
		{"228", queries.Quote{}, "件", "228件"},
		{"56", yu(10), "次", "50余次"},
		{"51", yu(10), "次", "50余次"},
		{"50", yu(10), "次", "50次"},  // nothing left over: 余 would be false
		{"49", yu(10), "次", "40余次"}, // the number follows the records
		{"9", yu(10), "次", "9次"},    // below its place
		{"0", yu(10), "次", "0次"},
		{"237", yu(100), "条", "200余条"},
		{"1052", yu(100), "条", "1000余条"},
		{"13", queries.Quote{Hedge: "多", Place: 10}, "份", "10多份"},
		{"4386.52", yu(1000), "万元", "4000余万元"},
		{"4000.01", yu(1000), "万元", "4000余万元"},
		{"4000", yu(1000), "万元", "4000万元"},
		{"90.5", yu(10), "万元", "90余万元"},
		{"93.74", queries.Quote{}, "万元", "93.74万元"},
		{"100", queries.Quote{}, "%", "100%"},
		{"19500/196", queries.Quote{}, "%", "99.49%"},
		{"99.9999", queries.Quote{}, "%", "99.9999%"}, // never 100%
		{"0.001", queries.Quote{}, "%", "0.001%"},     // never 0%
		{"0", queries.Quote{}, "%", "0%"},
		{"1", queries.Quote{Hedge: "rank", Scope: "全市"}, "位", "全市第一"},
		{"6", queries.Quote{Hedge: "rank", Scope: "全省"}, "位", "全省第六"},
		{"12", queries.Quote{Hedge: "rank"}, "位", "第十二"},
		{"120", queries.Quote{Hedge: "rank"}, "位", "第一百二十"},
	} {
		if got := Write(rat(t, c.value), c.how, c.unit, half); got != c.want {
			t.Errorf("%s is written %s, want %s", c.value, got, c.want)
		}
	}
	if got := Write(nil, queries.Quote{}, "件", half); got != "" {
		t.Errorf("no value is written %q", got)
	}
}

func TestRound(t *testing.T) {
	for _, c := range []struct {
		value    string
		places   int
		up, even string
	}{
		{"0.5", 0, "1", "0"}, {"1.5", 0, "2", "2"}, {"2.5", 0, "3", "2"}, {"-2.5", 0, "-3", "-2"},
		{"2.345", 2, "2.35", "2.34"}, {"2.3450001", 2, "2.35", "2.35"}, {"0.004", 2, "0.00", "0.00"}, {"-0.004", 2, "0.00", "0.00"},
		{"2/3", 4, "0.6667", "0.6667"}, {"0.05", 1, "0.1", "0.0"},
	} {
		if got := Round(rat(t, c.value), c.places, contract.HalfUp); got != c.up {
			t.Errorf("%s rounds half up to %s, want %s", c.value, got, c.up)
		}
		if got := Round(rat(t, c.value), c.places, contract.HalfEven); got != c.even {
			t.Errorf("%s rounds half even to %s, want %s", c.value, got, c.even)
		}
	}
}

// TestParseReadsWhatWriteWrites holds writing and reading to be inverse: what is
// written for a value reads back to an interval with the value in it.
func TestParseReadsWhatWriteWrites(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	hows := []queries.Quote{{}, {Hedge: "余", Place: 10}, {Hedge: "余", Place: 100}, {Hedge: "余", Place: 1000}, {Hedge: "多", Place: 10}}
	for range 20000 {
		value, unit, how := big.NewRat(random.Int64N(100_000), 1), "件", hows[random.IntN(len(hows))]
		switch random.IntN(4) {
		case 0:
			value, unit = big.NewRat(random.Int64N(1_000_000_000), 1_000_000), "万元"
		case 1:
			below := 1 + random.Int64N(10_000)
			value, unit, how = big.NewRat(100*random.Int64N(below+1), below), "%", queries.Quote{}
		case 2:
			value, unit, how = big.NewRat(1+random.Int64N(300), 1), "位", queries.Quote{Hedge: "rank", Scope: "全市"}
		}
		text := Write(value, how, unit, half)
		interval, readUnit, err := Parse(text)
		if err != nil || readUnit != unit || !interval.Contains(value) {
			t.Fatalf("%s is written %s, which reads as [%v, %v] %s, %v", value, text, interval.Low, interval.High, readUnit, err)
		}
	}
}

func TestParseRefusesTheEdges(t *testing.T) {
	interval, _, err := Parse("50余次")
	if err != nil {
		t.Fatal(err)
	}
	for value, in := range map[int64]bool{49: false, 50: false, 51: true, 59: true, 60: false} {
		if interval.Contains(big.NewRat(value, 1)) != in {
			t.Errorf("50余次 contains %d: want %v", value, in)
		}
	}
	for _, text := range []string{"", "余次", "次", "第零", "十几次", "50次会", "从50次"} {
		if _, _, err := Parse(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"228件", "50余次", "4000余万元", "99.49%", "全市第一", "-3", "0.0", "10多份", "第一百零九", "超5件", "不超过90人"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		interval, _, err := Parse(text)
		if err == nil && interval.Low != nil && interval.High != nil && interval.Low.Cmp(interval.High) > 0 {
			t.Errorf("%q reads as an empty interval", text)
		}
	})
}

func TestChange(t *testing.T) {
	for _, c := range []struct{ value, last, unit, change, rate string }{
		{"228", "204", "件", "+24", "+11.76%"},
		{"15", "15", "次", "持平", "0%"},
		{"4386.52", "4400.02", "万元", "-13.5", "-0.31%"},
		{"100", "20400/206", "%", "+0.97个百分点", ""},
		{"1", "3", "位", "上升2位", ""},
		{"6", "3", "位", "下降3位", ""},
		{"100001", "100000", "件", "+1", "+0.001%"},
		{"99.999", "100", "%", "-0.001个百分点", ""},
		{"3", "0", "篇", "+3", ""},
	} {
		value, last := rat(t, c.value), rat(t, c.last)
		if got := Change(value, last, c.unit, half); got != c.change {
			t.Errorf("%s from %s is %s, want %s", c.value, c.last, got, c.change)
		}
		if got := ChangeRate(value, last, c.unit, half); got != c.rate {
			t.Errorf("%s from %s is %s, want %s", c.value, c.last, got, c.rate)
		}
	}
}

func TestOrdinal(t *testing.T) {
	for n, want := range map[int64]string{1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 100: "一百", 101: "一百零一", 110: "一百一十", 200: "200"} {
		if got := Ordinal(n); got != want {
			t.Errorf("Ordinal(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestCloser(t *testing.T) {
	for _, c := range []struct{ written, value, want string }{
		{"200余条", "286", "280余条"}, {"200余条", "207", ""}, {"200余条", "280", "280条"}, {"50余次", "56", ""},
		{"4000余万元", "4386.52", "4300余万元"}, {"1000多人次", "1986", "1900多人次"}, {"228件", "228", ""},
	} {
		if got := Find(c.written, Usual)[0].Closer(rat(t, c.value), half); got != c.want {
			t.Errorf("%s for %s: closer is %q, want %q", c.written, c.value, got, c.want)
		}
	}
}
