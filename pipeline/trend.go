package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"workreport/pipeline/contract"
	"workreport/pipeline/fault"
	"workreport/pipeline/figure"
	"workreport/queries"
)

// mostYears and fewestYears are how many years a trend has.
const mostYears, fewestYears = 5, 3

// trend is the table of the quoted figures over this year, last year and the
// years before that are on file without a gap, and those years before; nil where
// they are fewer than three in all. A year that cannot be counted does not end
// the run: it is left out with all before it, and said.
func trend(ctx context.Context, d Definitions, dataFolder string, year, last *Year) (*figure.Table, []*Year, []contract.Problem, error) {
	this := year.Edition.Year
	d, err := d.of(dataFolder, this)
	if err != nil {
		return nil, nil, nil, err
	}
	d.Queries.Tables, d.AllowRejected, d.Records = nil, 0, ""
	d.Queries.Checks = slices.DeleteFunc(slices.Clone(d.Queries.Checks), func(c queries.Check) bool { return c.Severity != "reject" })
	first := firstInARow(dataFolder, this)
	problems := beyondAGap(dataFolder, first, this)
	older, faults := olderYears(ctx, d, dataFolder, first, this-2)
	if err := ctx.Err(); err != nil {
		return nil, nil, nil, err
	}
	whole := 0 // the years from older[whole] on could be counted
	for i := len(older) - 1; i >= 0 && whole == 0; i-- {
		if faults[i] != nil {
			problems = append(problems, leftOut(dataFolder, first+i, i > 0, faults[i]))
			whole = i + 1
		}
	}
	if older = older[whole:]; last == nil || len(older)+2 < fewestYears {
		return nil, nil, problems, nil
	}
	var figures [][]figure.Figure
	for _, y := range slices.Concat(older, []*Year{last, year}) {
		figures = append(figures, y.Figures)
	}
	table := figure.Trend(older[0].Edition.Year, figures, year.Edition.Rounding)
	return &table, older, problems, nil
}

func onFile(dataFolder string, year int) bool {
	return isFolder(filepath.Join(dataFolder, fmt.Sprint(year)))
}

// firstInARow is the earliest of the years on file up to this one that follow one
// another, of as many as a trend has.
func firstInARow(dataFolder string, this int) int {
	first := this
	for first > this-mostYears+1 && onFile(dataFolder, first-1) {
		first--
	}
	return first
}

// beyondAGap says that a year on file is left out of the trend, because the year
// behind it is not on file.
func beyondAGap(dataFolder string, first, this int) []contract.Problem {
	for old := first - 2; old > this-mostYears; old-- {
		if onFile(dataFolder, old) {
			return []contract.Problem{{File: filepath.Join(dataFolder, fmt.Sprint(old)), Severity: contract.Warn,
				Rule:   fmt.Sprintf("没有 %d 年的记录，年份断开，这一年没有列入历年数字（要连续三年以上）", first-1),
				Remedy: fmt.Sprintf("有 %d 年的记录请补上", first-1)}}
		}
	}
	return nil
}

// olderYears counts the years from the first to the last named, two at a time.
func olderYears(ctx context.Context, d Definitions, dataFolder string, first, last int) ([]*Year, []error) {
	n := max(0, last-first+1)
	years, faults := make([]*Year, n), make([]error, n)
	places := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for i := range n {
		places <- struct{}{}
		all.Go(func() {
			defer func() { <-places }()
			defer fault.Caught(&faults[i])
			faults[i] = with(ctx, d, dataFolder, first+i, func(y *Year) error { years[i] = y; return nil })
		})
	}
	all.Wait()
	return years, faults
}

// leftOut says why a year is not in the trend.
func leftOut(dataFolder string, year int, more bool, why error) contract.Problem {
	p := contract.Problem{File: filepath.Join(dataFolder, fmt.Sprint(year)), Severity: contract.Warn,
		Rule:   "没有列入历年数字：" + inShort(why),
		Remedy: fmt.Sprintf("用 workreport figures --year %d 看全部问题，改正后再运行", year)}
	if more {
		p.Rule = strings.Replace(p.Rule, "没有列入", "这一年和更早的年份没有列入", 1)
	}
	return p
}

// inShort is the first thing that is wrong. It goes into every document, so that
// of a broken record it gives the place and not what stands there.
func inShort(err error) string {
	var broken Broken
	if errors.As(err, &broken) {
		first := broken.Problems[0]
		first.Value, first.Remedy = "", ""
		return fmt.Sprintf("记录不合约定，共 %d 处，如 %s", broken.Rejects(), first)
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	place, _, _ := strings.Cut(line, "：")
	place, _, _ = strings.Cut(place, ": ")
	return "算不出来，见 " + place
}
