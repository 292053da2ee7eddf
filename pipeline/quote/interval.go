package quote

import (
	"math/big"
	"strings"
)

// Interval is what a written number may stand for, in the unit it is written
// with. A bound that is nil is none.
type Interval struct {
	Low, High         *big.Rat
	LowOpen, HighOpen bool
}

// Contains tells whether a value lies in the interval.
func (i Interval) Contains(x *big.Rat) bool {
	if i.Low != nil {
		if c := x.Cmp(i.Low); c < 0 || c == 0 && i.LowOpen {
			return false
		}
	}
	if i.High != nil {
		if c := x.Cmp(i.High); c > 0 || c == 0 && i.HighOpen {
			return false
		}
	}
	return true
}

// continuous are the units of what is measured, not counted: a number with one
// of them may be rounded.
var continuous = func() map[string]bool {
	set := map[string]bool{}
	for _, unit := range words(`% ‰ ‱ 百分点 倍 成 亩 公顷 公里 里 米 千米 平方米 平方公里 平方千米 平米 立方米 吨 公斤 千克 斤 克 千瓦 千瓦时 度 小时 岁 周岁 年 月 分 km km² kg ㎡ m² MW kW kWh GB 平`) {
		set[unit] = true
	}
	return set
}()

// Continuous tells whether a unit measures and may be rounded (万元, %, 公里), or counts (件, 人次).
func Continuous(unit string) bool { return continuous[unit] || IsMoney(unit) }

// IsMoney tells whether a unit is one of money.
func IsMoney(unit string) bool {
	return strings.HasSuffix(unit, "元") && !strings.HasSuffix(unit, "单元") || unit == "英镑"
}

// interpret works out what a number may stand for. The bounds of 余 and 多 come
// from the place of the last digit that is not zero, those of an exact decimal
// from rounding; how far 约 and 近 reach is a convention; 以上 and 以下 include the number, 超 does not (Civil Code, art. 1259).
func (n *Number) interpret(d numeral, scale *big.Rat, how Reading) {
	behindScale := n.Style.Behind != "" && !n.Style.ScaleBehind && d.scale.Cmp(whole(1)) > 0
	step, place := new(big.Rat).Mul(d.step, scale), new(big.Rat).Mul(d.place, scale)
	if n.Style.Tenths {
		step, place = n.Style.Step, n.Style.Place
	}
	if behindScale {
		place, n.Style.Place = step, n.Style.Step
	}
	n.Value = new(big.Rat).Mul(n.Value, scale)
	if d.high != nil {
		n.Low, n.High = n.Value, new(big.Rat).Mul(d.high, scale)
		n.Hedge = "概数"
		return
	}
	written := n.Style.Behind
	for _, h := range []string{n.Style.After, n.Style.Before} {
		if written == "" {
			written = h
		}
	}
	n.Hedge = meaning(written)
	if n.Hedge == "余" && written == "多" {
		n.Hedge = "多"
	}
	if count := n.hedgesWritten(); count > 1 {
		n.Fault = "一个数字用了两个概数词，只留一个"
	}
	if (n.Hedge == "余" || n.Hedge == "多") && n.Style.Behind != "" && d.step.Cmp(whole(1)) < 0 {
		n.Fault = "小数后面不用“" + n.Hedge + "”"
	}
	n.bound(step, place, how)
}

func (n *Number) hedgesWritten() (count int) {
	for _, h := range []string{n.Style.Before, n.Style.Behind, n.Style.After} {
		if meaning(h) != "" {
			count++
		}
	}
	return count
}

func (n *Number) bound(step, place *big.Rat, how Reading) {
	v := n.Value
	percent := func(n int) *big.Rat { return new(big.Rat).Mul(v, big.NewRat(int64(n), 100)) }
	switch n.Hedge {
	case "余", "多":
		n.boundAbove(step, place)
	case "约":
		n.Low, n.High = percent(100-how.About), percent(100+how.About)
	case "近":
		n.Low, n.High, n.HighOpen = percent(100-how.Nearly), v, true
	case "超":
		n.Low, n.LowOpen = v, true
	case "低于":
		n.High, n.HighOpen = v, true
	case "以上":
		n.Low = v
	case "以下":
		n.High = v
	default:
		n.Low, n.High = v, v
		edge := n.Unit == "%" && (v.Sign() == 0 || v.Cmp(whole(100)) == 0)
		if (step.Cmp(whole(1)) != 0 || Continuous(n.Unit)) && !edge {
			half := new(big.Rat).Quo(step, whole(2))
			n.Low, n.High = new(big.Rat).Sub(v, half), new(big.Rat).Add(v, half)
		}
	}
}

// notRound ends the fault of 余 behind ones of what is counted.
const notRound = "”前面应是整十、整百的数"

// boundAbove bounds N余 and N多: more than N and less than N and one of the place
// of its last digit that is not zero.
func (n *Number) boundAbove(step, place *big.Rat) {
	top := new(big.Rat).Add(n.Value, place)
	n.Low, n.High, n.LowOpen, n.HighOpen = n.Value, top, true, true
	one := whole(1)
	switch {
	case n.Style.After != "" && meaning(n.Style.After) == n.Hedge, n.Style.Tenths: // 三公里多
	case place.Cmp(one) == 0 && !Continuous(n.Unit) && n.Fault == "":
		n.Fault = "“" + n.Hedge + notRound
	}
	if !Continuous(n.Unit) && place.IsInt() && place.Cmp(one) > 0 && n.Value.IsInt() {
		n.Low, n.High = new(big.Rat).Add(n.Value, one), new(big.Rat).Sub(top, one)
		n.LowOpen, n.HighOpen = false, false
	}
}
