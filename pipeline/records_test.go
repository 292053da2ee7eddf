package pipeline

import (
	"context"
	"slices"
	"strings"
	"testing"

	"workreport/pipeline/figure"
	"workreport/queries"
)

// TestEveryTableHasItsRecords holds each table of the sample year to the records
// behind it, and counts its rows again from them.
func TestEveryTableHasItsRecords(t *testing.T) {
	sampleYear(t, "../data", func(y *Year) {
		if err := figure.ReadRecords(context.Background(), y.Store, y.Figures, y.Tables); err != nil {
			t.Fatal(err)
		}
		for _, table := range y.Tables {
			all, err := y.Store.Query(context.Background(), figure.RecordsBody(table.Spec))
			if err != nil {
				t.Fatal(err)
			}
			places := map[string]bool{}
			for row := range int(all.NumRows()) {
				places[figure.Place(all, row)] = true
			}
			if int64(len(places)) != table.AllRecords || table.Records.NumRows() != min(all.NumRows(), figure.MaxRecords) {
				t.Errorf("%s: %d records, %d counted, %d kept", table.Spec.ID, len(places), table.AllRecords, table.Records.NumRows())
			}
			counted := make([]int64, table.Len())
			for _, row := range table.RowsOf(all) {
				counted[row]++
			}
			for row, n := range counted {
				if n != table.RecordCount(row) {
					t.Errorf("%s: %d records behind row %d, not %d", table.Spec.ID, n, row, table.RecordCount(row))
				}
			}
		}
		kept := 0
		for _, f := range y.Figures {
			if f.Records != nil {
				kept++
				if f.Records.NumRows() != min(f.Rows, figure.MaxRecords) {
					t.Errorf("%s: %d of %d rows are kept", f.Spec.ID, f.Records.NumRows(), f.Rows)
				}
			}
		}
		if kept != 10 { // nine highlights, and the two parts of the rate, of which one is a highlight itself
			t.Errorf("the rows of %d figures were kept", kept)
		}
	})
}

// TestRecordsThatDoNotAgree: a table that counts something else than its records ends the run.
func TestRecordsThatDoNotAgree(t *testing.T) {
	const where, id = "queries/tables/proposals_by_category.sql:1", "proposals_by_category"
	one := "SELECT * FROM session_proposals WHERE review_result = '立案'"
	sampleYear(t, "../data", func(y *Year) {
		for _, c := range []struct {
			records, sql, want string
			counts             []string
		}{
			{one, "SELECT category, count(*) AS filed FROM records WHERE category <> '经济' GROUP BY category ORDER BY category",
				"条记录属于“经济”，表里却没有这一行", nil},
			{one, "SELECT category, count(*) AS filed FROM records GROUP BY category UNION ALL SELECT '武术', 3", "表里“武术”一行有数，“records:”却没有属于它的记录", nil},
			{one, "SELECT category, count(*) AS filed FROM records GROUP BY category UNION ALL SELECT '武术', 0", "", []string{"filed"}},
			{one, "SELECT category, 1 + count(*) AS filed FROM records GROUP BY category", "一行的 filed 是", []string{"filed"}},
			{"SELECT category, _file, _sheet, CASE WHEN category <> '经济' THEN _row END AS _row FROM session_proposals",
				"SELECT category, count(*) AS filed FROM records GROUP BY category", "里属于“经济”的记录，有的没有 _file、_sheet、_row", nil},
			{"SELECT category, _file, _sheet FROM session_proposals",
				"SELECT category, count(*) AS filed FROM records GROUP BY category", "没有这一列：", nil},
		} {
			spec := y.Queries.Tables[slices.IndexFunc(y.Queries.Tables, func(t queries.Table) bool { return t.ID == id })]
			spec.Records, spec.SQL, spec.Counts, spec.RecordsLine = c.records, c.sql, c.counts, 12
			tables, err := figure.Tables(context.Background(), y.Store, []queries.Table{spec}, y.Edition.Rounding)
			if err == nil {
				err = figure.ReadRecords(context.Background(), y.Store, nil, tables)
			}
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), where)) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		}
	})
}
