package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"workreport/pipeline/change"
	"workreport/pipeline/fault"
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
	definitions.Records = under(d.Records, change.RecordsFolder)
	var last *Year
	var ofLast error
	before := make(chan struct{})
	go func() {
		defer close(before)
		defer fault.Caught(&ofLast)
		if !isFolder(filepath.Join(dataFolder, fmt.Sprint(of-1))) {
			return
		}
		var own Definitions
		if own, ofLast = d.of(dataFolder, of-1); ofLast == nil {
			lastYears := definitions
			lastYears.Records = under(d.Records, change.LastRecordsFolder)
			ofLast = with(ctx, lastYears, dataFolder, of-1, func(y *Year) error { last = y; return y.countAsThen(ctx, own.Queries) })
		}
	}()
	err = with(ctx, definitions, dataFolder, of, func(y *Year) error {
		var records error
		if d.WithRecords {
			records = figure.ReadRecords(ctx, y.Store, y.Figures, y.Tables)
		}
		<-before
		if ofLast != nil {
			return records // the other is said below
		}
		if records != nil {
			return records
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

// under is a folder in an edition that is being built, "" where none is.
func under(edition, folder string) string {
	if edition == "" {
		return ""
	}
	return filepath.Join(edition, folder)
}
