// Package pipeline is the yearly run, from the records to the published edition.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"workreport/charts"
	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
	"workreport/pipeline/figure"
)

// Options say what a run reads and where it writes. Every folder is
// named; the package knows no defaults.
type Options struct {
	Year    int
	Data    string // folder with a folder of records for each year
	Queries string // folder of queries; "" for the data folder's or the program's own
	Out     string // folder of published editions
	Cache   string // folder for drawn pictures; "" for none
	Version string // of the program, for the manifest

	AllowRejected int // how many rows may be kept out before the run ends

	Now      time.Time
	Progress func(step string) // told before each step
}

// Result is what a run read, computed, found and wrote.
type Result struct {
	Year      *Year
	Last      *Year // nil where there is no folder for the year before
	Charts    []charts.Chart
	Published edition.Published

	Definitions Definitions
}

// years are the years that were read, this year first.
func (r Result) years() []*Year {
	if r.Last == nil {
		return []*Year{r.Year}
	}
	return []*Year{r.Year, r.Last}
}

// Problems are the warnings about the records of both years, sorted by place,
// and about claims of this year's report.
func (r Result) Problems() []contract.Problem {
	problems := slices.Clone(r.Year.Claims())
	for _, y := range r.years() {
		problems = append(problems, y.Problems...)
	}
	return problems
}

// Warnings are Problems, a line each.
func (r Result) Warnings() []string {
	var lines []string
	for _, p := range r.Problems() {
		lines = append(lines, p.String())
	}
	return lines
}

// Run does the yearly run: records in, figures, charts and appendix out. What
// it publishes is whole; on any error it publishes nothing. The error is Broken
// where the records break the contract.
func Run(ctx context.Context, o Options) (Result, error) {
	var r Result
	var err error
	if r.Definitions, err = LoadDefinitions(o.Data, o.Queries); err != nil {
		return r, err
	}
	o.Progress("读入记录，计算数字")
	r.Definitions.AllowRejected, r.Definitions.WithRecords = o.AllowRejected, true
	r.Year, r.Last, err = Compute(ctx, r.Definitions, o.Data, o.Year)
	if err != nil {
		return r, refused(o, err)
	}
	for _, y := range r.years() {
		r.Year.Edition.Notice += y.notice()
	}

	o.Progress("画图")
	if r.Charts, err = charts.New(r.Year.Tables); err != nil {
		return r, err
	}
	if err := charts.Draw(ctx, r.Charts, o.Cache); err != nil {
		return r, fmt.Errorf("画图：%w", err)
	}

	o.Progress("写出图页和附录")
	draft, err := edition.Begin(o.Out, o.Year)
	if err != nil {
		return r, err
	}
	defer draft.Discard()
	if err := write(ctx, draft.Folder, r); err != nil {
		return r, err
	}

	o.Progress("发布")
	m, err := manifest(r, o)
	if err != nil {
		return r, err
	}
	if r.Published, err = draft.Publish(m); err != nil {
		return r, err
	}
	return r, os.RemoveAll(refusedFolder(o))
}

// Compute computes a year and, where there is one, the year before, and puts
// last year's values beside this year's. Their stores are closed.
func Compute(ctx context.Context, d Definitions, dataFolder string, of int) (year, last *Year, err error) {
	var ofYear, ofLast error
	var both sync.WaitGroup
	both.Go(func() {
		ofYear = With(ctx, d, dataFolder, of, func(y *Year) error {
			year = y
			if !d.WithRecords {
				return nil
			}
			return figure.ReadRecords(ctx, y.Store, y.Figures, y.Tables)
		})
	})
	if isFolder(filepath.Join(dataFolder, fmt.Sprint(of-1))) {
		both.Go(func() { ofLast = With(ctx, d, dataFolder, of-1, func(y *Year) error { last = y; return nil }) })
	}
	both.Wait()
	var one, two Broken
	if errors.As(ofYear, &one) && errors.As(ofLast, &two) {
		return nil, nil, Broken{Problems: append(one.Problems, two.Problems...), Years: append(one.Years, two.Years...)}
	}
	if err := errors.Join(ofYear, ofLast); err != nil {
		return nil, nil, err
	}
	if err := together(d.AllowRejected, year, last); err != nil {
		return nil, nil, err
	}
	if last != nil {
		figure.Compare(year.Figures, last.Figures, year.Edition.Rounding)
		figure.CompareTables(year.Tables, last.Tables, year.Edition.Year)
	}
	return year, last, nil
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
