// Package pipeline is the yearly run, from the records to the published edition.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"workreport/charts"
	"workreport/pipeline/appendix"
	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
	"workreport/pipeline/figure"
	"workreport/pipeline/proof"
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

	Template      string // an office's own Word document, whose styles and footers the appendix takes; "" for none
	PDF           bool   // print the page of charts and the appendix as well
	AllowRejected int    // how many rows may be kept out before the run ends
	Keep          int    // how many editions to keep; 0 for all
	Unattended    bool   // nobody looks: what is doubtful is not published
	Accept        bool   // somebody has looked: what is doubtful is published, and said to be accepted

	Now      time.Time
	Progress func(step string) // told before each step
}

// Result is what a run read, computed, found and wrote.
type Result struct {
	Year      *Year
	Last      *Year         // nil where there is no folder for the year before
	Trend     *figure.Table // nil where fewer than three years in a row are on file
	Older     []*Year       // of the trend, those before last year; their figures only
	Charts    []charts.Chart
	Proof     proof.Proof // of the files that were published
	Published edition.Published

	Characters []string // about characters that a reader may not see, a line each
	NotPrinted []string // what no program could print, a line each
	Doubts     []string // what is other than before in a way that somebody should look at, a line each

	Definitions Definitions

	template *appendix.Template
	accepted []string           // doubts that somebody accepted before
	leftOut  []contract.Problem // years that are not in the trend, and why
}

// years are the years that were read, this year first.
func (r Result) years() []*Year {
	if r.Last == nil {
		return []*Year{r.Year}
	}
	return []*Year{r.Year, r.Last}
}

// Problems are the warnings about the records of both years, sorted by place,
// about claims of this year's report, and about years left out of the trend.
func (r Result) Problems() []contract.Problem {
	problems := slices.Clone(r.Year.Claims())
	for _, y := range r.years() {
		problems = append(problems, y.Problems...)
	}
	return append(problems, r.leftOut...)
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
	if r.template, err = readTemplate(o.Template); err != nil {
		return r, err
	}
	if err := errors.Join(FindYear(o.Data, o.Year), Apart(o.Data, o.Out, o.Year)); err != nil {
		return r, err
	}
	draft, err := edition.Begin(o.Out, o.Year)
	if err != nil {
		return r, err
	}
	defer draft.Discard()

	o.Progress("读入记录，计算数字")
	r.Definitions.AllowRejected, r.Definitions.WithRecords, r.Definitions.Records = o.AllowRejected, true, draft.Folder
	r.Year, r.Last, err = Compute(ctx, r.Definitions, o.Data, o.Year)
	if err != nil {
		return r, refused(o, err)
	}
	if r.Trend, r.Older, r.leftOut, err = trend(ctx, r.Definitions, o.Data, r.Year, r.Last); err != nil {
		return r, err
	}
	for _, y := range r.years() {
		r.Year.Edition.Notice += y.notice()
	}

	r.nameWithin(o.Data)

	o.Progress("画图")
	drawn := r.Year.Tables
	if r.Trend != nil {
		drawn = append(slices.Clone(drawn), r.Trend.Highlighted())
	}
	if r.Charts, err = charts.New(drawn); err != nil {
		return r, err
	}
	if err := charts.Draw(ctx, r.Charts, o.Cache); err != nil {
		return r, fmt.Errorf("画图：%w", err)
	}
	if r.Characters, err = characters(r); err != nil {
		return r, err
	}

	o.Progress("写出图页和附录")
	files, err := numbers(r, draft.Folder)
	if err != nil {
		return r, err
	}
	if err := write(ctx, draft.Folder, files); err != nil {
		return r, err
	}
	digest, err := draft.Digest()
	if err != nil {
		return r, err
	}
	if err := write(ctx, draft.Folder, documents(r, edition.Short(digest))); err != nil {
		return r, err
	}
	if o.PDF {
		o.Progress("打印成 PDF")
		if r.NotPrinted, err = printPDF(ctx, draft.Folder, r.Year.Edition.SessionDate); err != nil {
			return r, err
		}
	}

	o.Progress("核对写出的文件")
	if r.Proof, err = proof.Check(ctx, draft.Folder, wanted(r)); err != nil {
		return r, err
	}

	o.Progress("与以前发布的比较")
	if r.Doubts, r.accepted, err = guard(r, o, digest); err != nil {
		return r, err
	}
	if len(r.Doubts) > 0 && o.Unattended && !o.Accept {
		return r, Doubtful{r.Doubts}
	}

	o.Progress("发布")
	m, err := manifest(r, o)
	if err != nil {
		return r, err
	}
	if r.Published, err = draft.Publish(m); err != nil {
		return r, err
	}
	if o.Keep > 0 {
		if r.Published.Removed, err = draft.Keep(o.Keep); err != nil {
			r.Published.Notes = append(r.Published.Notes, err.Error())
		}
	}
	if err := os.RemoveAll(refusedFolder(o)); err != nil { // what is published stays so
		r.Published.Notes = append(r.Published.Notes, fmt.Sprintf("上次没有发布时写的 %s 删不了：%v", refusedFolder(o), err))
	}
	return r, nil
}
