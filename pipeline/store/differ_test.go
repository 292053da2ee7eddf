package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"testing"

	"workreport/pipeline/contract"
)

// parquetOf writes rows as an export of a set has them.
func parquetOf(t *testing.T, name, rows string) string {
	t.Helper()
	engine, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	path := filepath.Join(t.TempDir(), name+".parquet")
	if _, err := engine.Exec("COPY (" + rows + ") TO " + literal(path) + " (FORMAT parquet)"); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestDiffer matches records by their key, whatever rows they stand in: of five
// before, one is gone, one altered in a date, one from nothing to something, one
// only moved, one the same; one is new.
func TestDiffer(t *testing.T) {
	set := contract.Set{Name: "things", Title: "事项", PrimaryKey: []string{"no", "part"}, Fields: []contract.Field{
		{Name: "no", Title: "编号", Type: contract.String}, {Name: "part", Title: "部分", Type: contract.Integer},
		{Name: "day", Title: "日期", Type: contract.Date}, {Name: "open", Title: "公开", Type: contract.Boolean},
		{Name: "name", Title: "姓名", Type: contract.String, Private: true}}}
	const columns = " AS rows(no, part, day, open, _file, _sheet, _row)"
	before := parquetOf(t, "before", `SELECT no, CAST(part AS BIGINT) AS part, CAST(day AS DATE) AS day, open, _file, _sheet, CAST(_row AS BIGINT) AS _row FROM (VALUES
		('A', 1, '2021-01-01', true, 'things.csv', '', 2), ('A', 2, '2021-01-01', false, 'things.csv', '', 3),
		('B', 1, NULL, true, 'things.csv', '', 4), ('C''', 1, '2021-01-01', NULL, 'things.csv', '', 5), (NULL, 1, '2021-01-01', true, 'things.csv', '', 6))`+columns)
	after := parquetOf(t, "after", `SELECT no, CAST(part AS BIGINT) AS part, CAST(day AS DATE) AS day, open, _file, _sheet, CAST(_row AS BIGINT) AS _row FROM (VALUES
		('A', 1, '2021-01-02', true, 'things.csv', '', 2), ('B', 1, NULL, false, 'things.csv', '', 3),
		('C''', 1, '2021-01-01', NULL, 'more.csv', '', 9), (NULL, 1, '2021-01-01', true, 'things.csv', '', 5), ('D', 1, NULL, NULL, 'things.csv', '', 6))`+columns)
	fields, list, tally, err := Differ(context.Background(), t.TempDir(), set, set, before, after, 100)
	if err != nil || tally != (Tally{Added: 1, Gone: 1, Altered: 2}) || !slices.Equal(fields, []string{"no", "part", "day", "open"}) {
		t.Fatalf("%v %+v %v", err, tally, fields)
	}
	var got []string
	for _, d := range list {
		got = append(got, d.Before.Values[0]+d.Before.Values[2]+d.Before.Values[3]+">"+d.After.Values[0]+d.After.Values[2]+d.After.Values[3])
	}
	if want := []string{"A2021-01-01是>A2021-01-02是", "B是>B否", "A2021-01-01否>", ">D"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, list, tally, err := Differ(context.Background(), t.TempDir(), set, set, "", after, 2); err != nil || tally.Added != 5 || len(list) != 2 {
		t.Errorf("from nothing: %v %+v, %d listed", err, tally, len(list))
	}
	if _, _, tally, err := Differ(context.Background(), t.TempDir(), set, set, before, "", 10); err != nil || tally.Gone != 5 {
		t.Errorf("to nothing: %v %+v", err, tally)
	}

	keyed := set
	keyed.PrimaryKey = []string{"no", "part", "kind"}
	keyed.Fields = append(slices.Clone(set.Fields), contract.Field{Name: "kind", Title: "类型", Type: contract.String})
	if _, _, tally, err := Differ(context.Background(), t.TempDir(), set, keyed, before, parquetOf(t, "keyed", "SELECT *, 'x' AS kind FROM read_parquet("+literal(after)+")"), 100); err != nil || tally != (Tally{Added: 5, Gone: 5}) {
		t.Errorf("by another key: %v %+v", err, tally)
	}
}
