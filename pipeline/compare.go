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
	"workreport/pipeline/figure"
	"workreport/queries"
)

// Compute computes a year and, where there is one, the year before, and puts
// last year's values beside this year's. Their stores are closed.
func Compute(ctx context.Context, d Definitions, dataFolder string, of int) (year, last *Year, err error) {
	err = Beside(ctx, d, dataFolder, of, func(y, l *Year) error { year, last = y, l; return nil })
	if err != nil {
		return nil, nil, err
	}
	return year, last, nil
}

// Beside is Compute that hands the years on while this year's store is open. Last
// year's records are counted by this year's definitions, and beside, where last
// year's own were others, by those too.
func Beside(ctx context.Context, d Definitions, dataFolder string, of int, use func(year, last *Year) error) error {
	definitions, err := d.of(dataFolder, of)
	if err != nil {
		return err
	}
	var last *Year
	var ofLast error
	before := make(chan struct{})
	go func() {
		defer close(before)
		if !isFolder(filepath.Join(dataFolder, fmt.Sprint(of-1))) {
			return
		}
		var own Definitions
		if own, ofLast = d.of(dataFolder, of-1); ofLast == nil {
			ofLast = with(ctx, definitions, dataFolder, of-1, func(y *Year) error { last = y; return y.countAsThen(ctx, own.Queries) })
		}
	}()
	err = with(ctx, definitions, dataFolder, of, func(y *Year) error {
		<-before
		if ofLast != nil {
			return nil // which is said below
		}
		if err := together(d.AllowRejected, y, last); err != nil {
			return err
		}
		if last != nil {
			y.compare(last)
		}
		return use(y, last)
	})
	<-before
	var one, two Broken
	if errors.As(err, &one) && errors.As(ofLast, &two) {
		return Broken{Problems: append(one.Problems, two.Problems...), Years: append(one.Years, two.Years...)}
	}
	if err != nil && ofLast != nil && err.Error() == ofLast.Error() {
		return err // a query that neither year can be asked
	}
	return errors.Join(err, ofLast)
}

// countAsThen computes by last year's own definitions what they define otherwise
// than those the year was computed by. Nothing else can be asked of the store after.
func (y *Year) countAsThen(ctx context.Context, own queries.Set) (err error) {
	y.then.changes = y.Queries.Otherwise(own)
	c := y.then.changes
	if len(c.Figures)+len(c.Tables) == 0 {
		return nil
	}
	if err := y.Store.Redefine(ctx, own.Views); err != nil {
		return err
	}
	var tables error
	y.then.figures, err = figure.Compute(ctx, y.Store, slices.Concat(c.Figures, c.Parts), y.Edition.Rounding)
	y.then.tables, tables = figure.Tables(ctx, y.Store, c.Tables, y.Edition.Rounding)
	return errors.Join(err, tables)
}

// asThen is what last year's own definitions say otherwise.
type asThen struct {
	changes queries.Changes
	figures []figure.Figure // changes.Figures, then changes.Parts
	tables  []figure.Table
}

func (y *Year) compare(last *Year) {
	figure.Compare(y.Figures, last.Figures, y.Edition.Rounding)
	figure.CompareThen(y.Figures, last.then.changes, last.then.figures, y.Edition.Rounding)
	figure.NoteChanges(y.Tables, last.Tables, last.then.tables)
	figure.CompareTables(y.Tables, last.Tables, y.Edition.Year)
}

// together ends the run where the years have more rows kept out than may be,
// though neither has by itself.
func together(allowed int, years ...*Year) error {
	kept := 0
	var broken Broken
	for _, y := range years {
		if y != nil {
			rejected, repeated := y.kept()
			kept += rejected + repeated
			broken.Problems, broken.Years = append(broken.Problems, y.Problems...), append(broken.Years, y)
		}
	}
	if kept > allowed {
		return broken
	}
	return nil
}

// mostYears and fewestYears are how many years a trend has.
const mostYears, fewestYears = 5, 3

// trend is the table of the quoted figures over this year, last year and the
// years before that are on file without a gap; nil where these are fewer than three
// in all. A year that cannot be counted does not end the run: it is left out with
// all before it, and said.
func trend(ctx context.Context, d Definitions, dataFolder string, year, last *Year) (*figure.Table, []*Year, []contract.Problem, error) {
	definitions, err := d.of(dataFolder, year.Edition.Year)
	if err != nil {
		return nil, nil, nil, err
	}
	definitions.Queries.Tables, definitions.Queries.Checks, definitions.AllowRejected = nil, nil, 0
	on := func(year int) bool { return isFolder(filepath.Join(dataFolder, fmt.Sprint(year))) }
	first := year.Edition.Year
	for first > year.Edition.Year-mostYears+1 && on(first-1) {
		first--
	}
	var problems []contract.Problem
	for old := first - 2; old > year.Edition.Year-mostYears; old-- {
		if on(old) {
			problems = append(problems, contract.Problem{File: filepath.Join(dataFolder, fmt.Sprint(old)), Severity: contract.Warn,
				Rule:   fmt.Sprintf("没有 %d 年的记录，年份断开，这一年没有列入历年数字（要连续三年以上）", first-1),
				Remedy: fmt.Sprintf("有 %d 年的记录请补上", first-1)})
			break
		}
	}
	older, faults := olderYears(ctx, definitions, dataFolder, first, year.Edition.Year-2)
	if err := ctx.Err(); err != nil {
		return nil, nil, nil, err
	}
	counted := []*Year{year}
	if last != nil {
		counted = []*Year{last, year}
	}
	for i := len(older) - 1; i >= 0; i-- {
		if faults[i] != nil {
			problems = append(problems, leftOut(dataFolder, first+i, i > 0, faults[i]))
			break
		}
		counted = slices.Insert(counted, 0, older[i])
	}
	if len(counted) < fewestYears {
		return nil, nil, problems, nil
	}
	var figures [][]figure.Figure
	for _, y := range counted {
		figures = append(figures, y.Figures)
	}
	table := figure.Trend(counted[0].Edition.Year, figures, year.Edition.Rounding)
	return &table, counted[:len(counted)-2], problems, nil
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
			faults[i] = with(ctx, d, dataFolder, first+i, func(y *Year) error { years[i] = y; return nil })
			<-places
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
	return line
}
