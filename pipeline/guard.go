package pipeline

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"workreport/pipeline/change"
	"workreport/pipeline/edition"
	"workreport/pipeline/figure"
)

// Doubtful is the error of an unattended run that somebody must look at before
// its figures are published; nothing is.
type Doubtful struct{ Doubts []string }

func (d Doubtful) Error() string {
	return fmt.Sprintf("和以前发布的相比，有 %d 处要人确认，没有发布；核对无误后用 workreport run --accept 发布", len(d.Doubts))
}

// guard compares what a run is about to publish with what was published before:
// the year's edition that stands, or last year's where the year has none, and,
// by last year's records, with last year's edition. What a person has accepted in
// the edition that stands goes on as accepted, and what stands already is not
// compared at all.
func guard(r Result, o Options, digest string) (doubts, accepted []string, err error) {
	standing, stands, err := edition.Find(o.Out, o.Year, "")
	if err != nil {
		return nil, nil, err
	}
	if !stands {
		all, err := edition.List(o.Out, o.Year)
		if err != nil {
			return nil, nil, err
		}
		if stands = len(all) > 0; stands { // the link is lost, what was published is not
			standing = all[len(all)-1]
			doubts = append(doubts, fmt.Sprintf("%s，当前是哪一期说不清；这里与最后的第 %d 期比较", edition.CurrentFault(o.Out, o.Year), standing.Manifest.Number))
		}
	} else if standing.Manifest.Digest == digest {
		return nil, standing.Manifest.Accepted, nil
	}
	last, published, err := edition.Find(o.Out, o.Year-1, "")
	if err != nil {
		return nil, nil, err
	}
	switch {
	case stands:
		again, err := returned(o, standing, digest)
		if err != nil {
			return nil, nil, err
		}
		doubts = append(append(doubts, again...), r.since(standing)...)
	case published:
		doubts = r.since(last)
	}
	if published {
		doubts = append(doubts, r.asPublished(last)...)
	}
	known := func(d string) bool {
		return slices.Contains(standing.Manifest.Accepted, d) && !strings.Contains(d, notCompared)
	}
	for _, d := range doubts {
		if known(d) {
			accepted = append(accepted, d)
		}
	}
	return slices.DeleteFunc(doubts, known), accepted, nil
}

// notCompared ends a doubt about what could not be compared: a person may let it
// pass once, not for good.
const notCompared = "不能作比较"

// returned says that the run makes again what somebody has gone back from.
func returned(o Options, standing edition.Edition, digest string) ([]string, error) {
	all, err := edition.List(o.Out, o.Year)
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		if e.Manifest.Number > standing.Manifest.Number && e.Manifest.Digest == digest {
			return []string{fmt.Sprintf("数字与第 %d 期完全相同，而那一期已被人退回到第 %d 期", e.Manifest.Number, standing.Manifest.Number)}, nil
		}
	}
	return nil, nil
}

// since says which figures of an edition have vanished, moved too far, or are
// defined otherwise without a word about it. Claims name the things of their year:
// of another year's they are left alone.
func (r Result) since(before edition.Edition) []string {
	which := fmt.Sprintf("%d年第%d期", before.Manifest.Year, before.Manifest.Number)
	if altered := before.Altered(); len(altered) > 0 {
		return []string{fmt.Sprintf("%s发布以后被改动了（%s），%s", which, strings.Join(altered, "；"), notCompared)}
	}
	figures, err := change.Figures(before)
	if err != nil {
		return []string{err.Error() + "，" + notCompared}
	}
	sameYear := before.Manifest.Year == r.Year.Edition.Year
	var doubts []string
	for _, then := range figures {
		if then.Kind == "隐含" && !sameYear {
			continue
		}
		if doubt := r.moved(then, which); doubt != "" {
			doubts = append(doubts, doubt)
		}
	}
	return append(doubts, r.redefined(before, which)...)
}

// moved says that a figure has vanished, or moved beyond the bound.
func (r Result) moved(then change.Published, which string) string {
	at := slices.IndexFunc(r.Year.Figures, func(f figure.Figure) bool { return f.Spec.ID == then.ID })
	name := fmt.Sprintf("%s（%s）", then.Title, then.ID)
	was, had := new(big.Rat).SetString(then.Value)
	switch {
	case at < 0:
		return fmt.Sprintf("%s：%s有（%s），现在没有这个数字了", name, which, then.Quoted)
	case !had || then.Rows == 0:
		return ""
	}
	f := r.Year.Figures[at]
	if f.Value == nil || f.Rows == 0 {
		return fmt.Sprintf("%s：%s是 %s，现在没有一条记录支持", name, which, then.Quoted)
	}
	if f.Spec.Unit != then.Unit {
		return fmt.Sprintf("%s：%s的单位是%s，现在是%s", name, which, then.Unit, f.Spec.Unit)
	}
	bound := int64(r.Year.Edition.Guard.Moved)
	by := new(big.Rat).Sub(f.Value, was)
	if by.Sign() == 0 || f.Spec.Quote.Hedge == "rank" { // which is no quantity
		return ""
	}
	if was.Sign() == 0 {
		return fmt.Sprintf("%s：%s是 %s，现在是 %s，超过设置的 %d%%（guard.moved）", name, which, then.Quoted, f.Quoted, bound)
	}
	rate := new(big.Rat).Quo(by.Abs(by), new(big.Rat).Abs(was))
	if rate.Mul(rate, big.NewRat(100, 1)).Cmp(big.NewRat(bound, 1)) <= 0 {
		return ""
	}
	return fmt.Sprintf("%s：%s是 %s，现在是 %s，变动 %s%%，超过设置的 %d%%（guard.moved）", name, which, then.Quoted, f.Quoted, rate.FloatString(1), bound)
}

// redefined says which figures are defined otherwise under the same note. A ratio
// is what its parts are.
func (r Result) redefined(before edition.Edition, which string) []string {
	then, err := change.Queries(before)
	if err != nil {
		return []string{err.Error() + "，" + notCompared}
	}
	sameYear := before.Manifest.Year == r.Year.Edition.Year
	var doubts []string
	for _, now := range r.Year.Queries.Figures {
		was, there := then.Figure(now.ID)
		if !there || now.Claim != "" && !sameYear || r.Year.Queries.SameFigure(then, now.ID) {
			continue
		}
		sameParts := now.Numerator != "" && now.Numerator == was.Numerator && now.Denominator == was.Denominator
		if now.Note == was.Note && !sameParts {
			doubts = append(doubts, fmt.Sprintf("%s（%s）：定义与%s不同，说明（note）没有改；请在 %s 的 note 里写明怎么改的", now.Title, now.ID, which, now.File))
		}
	}
	return doubts
}

// asPublished says which figures last year published that last year's records, by
// this year's queries or where those differ by last year's own, do not give.
func (r Result) asPublished(last edition.Edition) []string {
	year := last.Manifest.Year
	if r.Last == nil {
		return []string{fmt.Sprintf("没有 %d 年的记录，与上年已发布的数字%s", year, notCompared)}
	}
	if altered := last.Altered(); len(altered) > 0 {
		return []string{fmt.Sprintf("%d年第%d期发布以后被改动了（%s），%s", year, last.Manifest.Number, strings.Join(altered, "；"), notCompared)}
	}
	figures, err := change.Figures(last)
	if err != nil {
		return []string{err.Error() + "，" + notCompared}
	}
	var doubts []string
	for _, f := range r.Year.Figures {
		at := slices.IndexFunc(figures, func(p change.Published) bool { return p.ID == f.Spec.ID })
		if f.Spec.Claim != "" || at < 0 {
			continue
		}
		now := f.LastText
		if f.Then != nil {
			now = f.Then.ValueText
		}
		if was := figures[at]; was.Value != now {
			doubts = append(doubts, fmt.Sprintf("%s（%s）：%d年发布的是 %s，按 %d 年的记录现在算出的是 %s；记录改过的请核对，定义改过的请把上年的查询放进 %d/queries",
				f.Spec.Title, f.Spec.ID, year, was.Value+was.Unit, year, orNothing(now, f.Spec.Unit), year))
		}
	}
	return doubts
}

func orNothing(value, unit string) string {
	if value == "" {
		return "没有"
	}
	return value + unit
}
