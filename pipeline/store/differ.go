package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/marcboeker/go-duckdb/v2"

	"workreport/pipeline/contract"
	"workreport/pipeline/source"
)

// Difference is a record that two exports of a set do not have alike, by its key.
// A record is there where its Place has a row.
type Difference struct {
	Before, After Cells
}

// Cells are a record as text, one of each field that both exports have.
type Cells struct {
	Place  source.Place
	Values []string
}

// There tells whether the export has the record.
func (c Cells) There() bool { return c.Place.Row > 0 }

// Tally counts the differences of a set.
type Tally struct{ Added, Gone, Altered int }

// Differ compares two exports of a set, records matched by the key, and hands
// back the fields that both have, the first of the differences in the order of
// their places, and how many there are in all. A file that is not there is a set
// without a record. The folder is private to the caller.
func Differ(ctx context.Context, folder string, before, after contract.Set, beforePath, afterPath string, most int) (fields []string, list []Difference, tally Tally, err error) {
	connector, err := duckdb.NewConnector(options+"&memory_limit="+MemoryLimit+"&temp_directory="+url.QueryEscape(filepath.Join(folder, "spill")), nil)
	if err != nil {
		return nil, nil, tally, fmt.Errorf("数据库打不开：%w", err)
	}
	pool := sql.OpenDB(connector)
	defer pool.Close()
	fields = common(before, after)
	q := differQuery(fields, bothKeys(before, after), before, after, beforePath, afterPath)
	tallied := "SELECT count(*) FILTER (WHERE a_row IS NULL), count(*) FILTER (WHERE b_row IS NULL), count(*) FILTER (WHERE a_row IS NOT NULL AND b_row IS NOT NULL) FROM (" + q + ")"
	if err := pool.QueryRowContext(ctx, tallied).Scan(&tally.Added, &tally.Gone, &tally.Altered); err != nil {
		return nil, nil, tally, fmt.Errorf("“%s”的记录比不了：%w", after.Title, err)
	}
	q += fmt.Sprintf(" ORDER BY coalesce(b_file, a_file), coalesce(b_sheet, a_sheet), coalesce(b_row, a_row), b_row LIMIT %d", most)
	rows, err := pool.QueryContext(ctx, q)
	if err != nil {
		return nil, nil, tally, fmt.Errorf("“%s”的记录比不了：%w", after.Title, err)
	}
	defer rows.Close()
	for rows.Next() {
		d, err := scanDifference(rows, len(fields))
		if err != nil {
			return nil, nil, tally, fmt.Errorf("“%s”的记录比不了：%w", after.Title, err)
		}
		list = append(list, d)
	}
	return fields, list, tally, rows.Err()
}

// bothKeys are the fields of either key: what tells records apart in both exports.
func bothKeys(before, after contract.Set) []string {
	keys := slices.Clone(after.PrimaryKey)
	for _, name := range before.PrimaryKey {
		if !slices.Contains(keys, name) {
			keys = append(keys, name)
		}
	}
	return keys
}

// common are the public fields that both exports have.
func common(before, after contract.Set) []string {
	var fields []string
	for _, f := range after.Fields {
		if then, ok := before.Field(f.Name); ok && !then.Private && !f.Private {
			fields = append(fields, f.Name)
		}
	}
	return fields
}

// differQuery is the SQL of the records that are not alike: the places of both,
// then the fields of both as text.
func differQuery(fields, key []string, before, after contract.Set, beforePath, afterPath string) string {
	var texts, differ, on []string
	for _, side := range []struct {
		of  string
		set contract.Set
	}{{"a", before}, {"b", after}} {
		for _, name := range fields {
			field, _ := side.set.Field(name)
			texts = append(texts, asText(side.of+"."+quoted(name), field.Type)+fmt.Sprintf(" AS %s_%s", side.of, name))
		}
	}
	for _, name := range fields {
		was, _ := before.Field(name)
		is, _ := after.Field(name)
		differ = append(differ, asText("a."+quoted(name), was.Type)+" IS DISTINCT FROM "+asText("b."+quoted(name), is.Type))
		if slices.Contains(key, name) {
			on = append(on, asText("a."+quoted(name), was.Type)+" IS NOT DISTINCT FROM "+asText("b."+quoted(name), is.Type))
		}
	}
	if len(on) < len(key) { // the key is another than it was: nothing can be matched
		on = []string{"false"}
	}
	return fmt.Sprintf(`SELECT a._file AS a_file, a._sheet AS a_sheet, a._row AS a_row, b._file AS b_file, b._sheet AS b_sheet, b._row AS b_row, %s
		FROM %s AS a FULL JOIN %s AS b ON %s WHERE a._row IS NULL OR b._row IS NULL OR %s`,
		strings.Join(texts, ", "), parquetOr(before, beforePath), parquetOr(after, afterPath), strings.Join(on, " AND "), strings.Join(differ, " OR "))
}

// asText is the SQL of a value as the office writes it.
func asText(value string, t contract.Type) string {
	if t == contract.Boolean {
		return "CASE WHEN " + value + " THEN '是' WHEN NOT " + value + " THEN '否' END"
	}
	return "CAST(" + value + " AS VARCHAR)"
}

// parquetOr is the SQL of an export; "" stands for one without a record.
func parquetOr(set contract.Set, path string) string {
	if path == "" {
		return "(" + nothing(set) + ")"
	}
	return "read_parquet(" + literal(filepath.ToSlash(path)) + ")"
}

func scanDifference(rows *sql.Rows, fields int) (d Difference, err error) {
	texts := make([]sql.NullString, 4+2*fields)
	var numbers [2]sql.NullInt64
	targets := []any{&texts[0], &texts[1], &numbers[0], &texts[2], &texts[3], &numbers[1]}
	for i := range 2 * fields {
		targets = append(targets, &texts[4+i])
	}
	if err := rows.Scan(targets...); err != nil {
		return d, err
	}
	for i, side := range []*Cells{&d.Before, &d.After} {
		side.Place = source.Place{File: texts[2*i].String, Sheet: texts[2*i+1].String, Row: int(numbers[i].Int64)}
		for _, text := range texts[4+i*fields : 4+(i+1)*fields] {
			side.Values = append(side.Values, text.String)
		}
	}
	return d, nil
}

// Mark names records by their places, for queries that ask about these alone.
func (s *Store) Mark(ctx context.Context, places []source.Place) error {
	if _, err := s.conn.ExecContext(ctx, "CREATE OR REPLACE TABLE "+Marked+" (file VARCHAR, sheet VARCHAR, row BIGINT)"); err != nil {
		return fmt.Errorf("数据库：%w", err)
	}
	for batch := range slices.Chunk(places, 1000) {
		var values []string
		for _, p := range batch {
			values = append(values, fmt.Sprintf("(%s, %s, %d)", literal(p.File), literal(p.Sheet), p.Row))
		}
		if _, err := s.conn.ExecContext(ctx, "INSERT INTO "+Marked+" VALUES "+strings.Join(values, ", ")); err != nil {
			return fmt.Errorf("数据库：%w", err)
		}
	}
	return nil
}

// Marked is the table that Mark fills: file, sheet, row.
const Marked = "_marked"

// Version is the engine's.
func (s *Store) Version(ctx context.Context) (version string, err error) {
	err = s.conn.QueryRowContext(ctx, "SELECT version()").Scan(&version)
	return version, err
}
