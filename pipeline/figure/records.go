package figure

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"

	"github.com/apache/arrow/go/v15/arrow"

	"workreport/pipeline/fault"
	"workreport/pipeline/store"
	"workreport/queries"
)

// MaxRecords is how many of the records behind a figure or a table are kept.
const MaxRecords = 1000

// places are the columns that say where a record stands.
var places = []string{"_file", "_sheet", "_row"}

// RecordsBody is the query for the records behind a table, by their places.
func RecordsBody(spec queries.Table) store.Query {
	return store.Query{
		Before: "SELECT * FROM (", Body: spec.Records, After: ") AS records ORDER BY " + strings.Join(slices.Concat(places, spec.Key), ", "),
		File: spec.File, Line: spec.RecordsLine, HeadLine: spec.RecordsLine,
	}
}

// tableBody is the query of a table, which counts its records under their name.
func tableBody(spec queries.Table) store.Query {
	q := store.Query{Body: spec.SQL, File: spec.File, Line: spec.Line, HeadLine: spec.RecordsLine}
	if spec.Records != "" {
		q.Subquery = spec.Records
		q.Before = "WITH records AS (" + strings.ReplaceAll(spec.Records, "\n", " ") + ")"
	}
	return q
}

// ReadRecords reads the first records behind each of the highlights (for a
// ratio, behind its two parts) and each table that says which they are. All
// the records of a table are held to it: each under a row, each row with one,
// and as many as the columns of “counts:” say.
func ReadRecords(ctx context.Context, s *store.Store, figures []Figure, tables []Table) error {
	wanted := map[string]bool{}
	for _, f := range Highlights(figures) {
		wanted[f.Spec.ID], wanted[f.Spec.Numerator], wanted[f.Spec.Denominator] = true, true, true
	}
	var work []func() error
	for i := range figures {
		if f := &figures[i]; wanted[f.Spec.ID] && f.Spec.SQL != "" {
			work = append(work, func() (err error) { f.Records, err = first(ctx, s, Body(f.Spec), MaxRecords); return err })
		}
	}
	for i := range tables {
		if t := &tables[i]; t.Spec.Records != "" {
			work = append(work, func() error { return t.readRecords(ctx, s) })
		}
	}
	const atOnce = 4 // a small query keeps one core busy
	faults := make([]error, len(work)+atOnce)
	var workers sync.WaitGroup
	for worker := range atOnce {
		workers.Go(func() {
			defer fault.Caught(&faults[len(work)+worker])
			for i := worker; i < len(work); i += atOnce {
				faults[i] = work[i]()
			}
		})
	}
	workers.Wait()
	return errors.Join(faults...)
}

func first(ctx context.Context, s *store.Store, q store.Query, most int) (arrow.Record, error) {
	q.After += fmt.Sprintf(" LIMIT %d", most)
	return s.Query(ctx, q)
}

func (t *Table) readRecords(ctx context.Context, s *store.Store) error {
	records, err := first(ctx, s, RecordsBody(t.Spec), MaxRecords+1)
	if err != nil {
		return err
	}
	t.Records = records.NewSlice(0, min(records.NumRows(), MaxRecords))
	tallies, different := talliesOf(t.Spec, records), distinctPlaces(records)
	if records.NumRows() > MaxRecords {
		if tallies, err = countRecords(ctx, s, t.Spec); err != nil {
			return err
		}
	}
	if t.behind, err = t.holdTo(tallies); err != nil {
		return fmt.Errorf("%s:%d: %w", t.Spec.File, t.Spec.RecordsLine, err)
	}
	if t.AllRecords = different; records.NumRows() > MaxRecords {
		t.AllRecords, err = countPlaces(ctx, s, t.Spec)
	}
	return err
}

// tally is how many records stand under a key, and how many of them have a place.
type tally struct {
	key           string
	every, placed int64
}

// talliesOf counts records that are all there, keys in the order of their first record.
func talliesOf(spec queries.Table, records arrow.Record) []tally {
	var tallies []tally
	at := map[string]int{}
	for row := range int(records.NumRows()) {
		key := keyOf(spec, records, row)
		i, ok := at[key]
		if !ok {
			i, at[key] = len(tallies), len(tallies)
			tallies = append(tallies, tally{key: key})
		}
		tallies[i].every++
		if !slices.ContainsFunc(places, func(name string) bool { return records.Column(records.Schema().FieldIndices(name)[0]).IsNull(row) }) {
			tallies[i].placed++
		}
	}
	return tallies
}

// distinctPlaces counts records that are all there, one behind two rows once.
func distinctPlaces(records arrow.Record) int64 {
	seen := map[string]bool{}
	for row := range int(records.NumRows()) {
		seen[Place(records, row)] = true
	}
	return int64(len(seen))
}

// Place is where a record stands, as one text.
func Place(records arrow.Record, row int) string {
	var parts []string
	for _, name := range places {
		parts = append(parts, CellText(records.Column(records.Schema().FieldIndices(name)[0]), row))
	}
	return strings.Join(parts, "\x00")
}

// countRecords has the engine count, by key, records that are too many to be read.
func countRecords(ctx context.Context, s *store.Store, spec queries.Table) ([]tally, error) {
	keys := strings.Join(spec.Key, ", ")
	q := RecordsBody(spec)
	q.Before = "SELECT " + keys + ", count(*) AS every, count(CASE WHEN _file IS NOT NULL AND _sheet IS NOT NULL THEN _row END) AS placed FROM ("
	q.After = ") AS records GROUP BY " + keys + " ORDER BY " + keys
	counts, err := s.Query(ctx, q)
	if err != nil {
		return nil, err
	}
	defer counts.Release()
	tallies := make([]tally, counts.NumRows())
	for row := range tallies {
		every, _ := cellNumber(counts.Column(len(spec.Key)), row)
		placed, _ := cellNumber(counts.Column(len(spec.Key)+1), row)
		tallies[row] = tally{keyOf(spec, counts, row), every.Num().Int64(), placed.Num().Int64()}
	}
	return tallies, nil
}

// countPlaces has the engine count the records, one behind two rows once.
func countPlaces(ctx context.Context, s *store.Store, spec queries.Table) (int64, error) {
	q := RecordsBody(spec)
	q.Before, q.After = "SELECT count(*) AS every FROM (SELECT DISTINCT _file, _sheet, _row FROM (", ") AS records) AS places"
	count, err := s.Query(ctx, q)
	if err != nil {
		return 0, err
	}
	defer count.Release()
	every, _ := cellNumber(count.Column(0), 0)
	return every.Num().Int64(), nil
}

// holdTo says how many records are behind each row of the table.
func (t *Table) holdTo(tallies []tally) ([]int64, error) {
	rows := t.rowsByKey()
	behind := make([]int64, t.Len())
	for _, c := range tallies {
		row, ok := rows[c.key]
		switch {
		case !ok:
			return nil, fmt.Errorf("“records:”有 %d 条记录属于“%s”，表里却没有这一行", c.every, spoken(c.key))
		case c.every != c.placed:
			return nil, fmt.Errorf("“records:”里属于“%s”的记录，有的没有 _file、_sheet、_row，说不清来源", spoken(c.key))
		}
		behind[row] = c.every
	}
	for row, records := range behind {
		if err := t.agreesWithRecords(row, records); err != nil {
			return nil, err
		}
	}
	return behind, nil
}

func (t *Table) agreesWithRecords(row int, records int64) error {
	key := spoken(keyOf(t.Spec, t.Record, row))
	if records == 0 && !t.blank(row) {
		return fmt.Errorf("表里“%s”一行有数，“records:”却没有属于它的记录", key)
	}
	sum := new(big.Rat)
	for _, name := range t.Spec.Counts {
		if x, ok := t.Number(row, name); ok {
			sum.Add(sum, x)
		}
	}
	if len(t.Spec.Counts) > 0 && sum.Cmp(new(big.Rat).SetInt64(records)) != 0 {
		return fmt.Errorf("表里“%s”一行的 %s 是 %s，“records:”属于它的记录是 %d 条",
			key, strings.Join(t.Spec.Counts, "＋"), sum.RatString(), records)
	}
	return nil
}

// blank tells whether a row has columns of numbers, and nothing or noughts in all of them.
func (t *Table) blank(row int) bool {
	numbers := 0
	for _, c := range t.Spec.Columns {
		if c.Format != queries.Integer && c.Format != queries.Money {
			continue
		}
		numbers++
		if x, ok := t.Number(row, c.Name); ok && x.Sign() != 0 {
			return false
		}
	}
	return numbers > 0
}

func (t *Table) rowsByKey() map[string]int {
	rows := make(map[string]int, t.Len())
	for row := range t.Len() {
		rows[keyOf(t.Spec, t.Record, row)] = row
	}
	return rows
}

func spoken(key string) string { return strings.ReplaceAll(key, "\x00", "，") }

// RecordCount is how many records are behind a row; 0 for a row that only last
// year had, and where no records were read.
func (t Table) RecordCount(row int) int64 {
	if row >= len(t.behind) {
		return 0
	}
	return t.behind[row]
}

// RowsOf are the rows of the table that the records stand behind, one a record
// of RecordsBody.
func (t Table) RowsOf(records arrow.Record) []int {
	rows := t.rowsByKey()
	of := make([]int, records.NumRows())
	for i := range of {
		of[i] = rows[keyOf(t.Spec, records, i)]
	}
	return of
}

// Highlights are the figures that open the page of charts, in the order of the
// report: those marked so, else the first that the report quotes.
func Highlights(figures []Figure) []Figure {
	const most = 10
	var marked, quoted []Figure
	for _, f := range figures {
		if f.Spec.Highlight {
			marked = append(marked, f)
		}
		if f.Kind() == "引用" && f.Value != nil {
			quoted = append(quoted, f)
		}
	}
	if len(marked) == 0 {
		marked = quoted
	}
	return marked[:min(most, len(marked))]
}
