package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"workreport/pipeline/contract"
)

// maxRejects is how many of the engine's own refusals of one file are looked into.
const maxRejects = 5 * 1000

// loadByEngine lets the engine read a text, typed, and answers with the numbers
// of the rows that are to be read again: those it refused, those whose cells are
// written in another way than the commonest, and those that the walk over the
// bytes found odd. It answers false where the engine and the walk disagree on the
// rows of the file; then nothing of it counts.
func (s *Store) loadByEngine(ctx context.Context, r *contract.Reading) (again []int, ok bool, err error) {
	conn, err := s.pool.Conn(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("数据库：%w", err)
	}
	defer conn.Close()
	p := s.newPart(r)
	p.first = r.HeadingEnd() + 1
	rejects, scans := fmt.Sprintf("rejects_%d", p.number), fmt.Sprintf("scans_%d", p.number)
	if _, err := conn.ExecContext(ctx, engineCopy(r, p.path, rejects, scans)); err != nil {
		return nil, false, ctx.Err() // what the engine cannot read is read row by row
	}
	for _, line := range r.Sheet.Text.Blank {
		if line >= p.first {
			p.gaps = append(p.gaps, line)
		}
	}
	refused, err := numbers(ctx, conn, fmt.Sprintf("SELECT DISTINCT line FROM %s ORDER BY line", rejects))
	if err != nil {
		return nil, false, err
	}
	for _, table := range []string{rejects, scans} {
		if _, err := conn.ExecContext(ctx, "DROP TABLE "+table); err != nil {
			return nil, false, fmt.Errorf("数据库：%w", err)
		}
	}
	p.gaps = append(p.gaps, refused...)
	slices.Sort(p.gaps)
	counted, err := numbers(ctx, conn, fmt.Sprintf("SELECT count(*) FROM read_parquet(%s)", literal(p.path)))
	if err != nil {
		return nil, false, err
	}
	if loaded := counted[0]; loaded+len(refused) != r.Sheet.Count.Filled-r.Account.Heading || len(p.gaps) > maxRejects {
		return nil, false, nil
	}
	odd, err := numbers(ctx, conn, fmt.Sprintf("SELECT CAST(%s AS BIGINT) FROM read_parquet(%s, file_row_number = true) WHERE _odd ORDER BY 1", p.row(), literal(p.path)))
	if err != nil {
		return nil, false, err
	}
	for _, row := range r.Sheet.Text.Odd {
		if _, gap := slices.BinarySearch(refused, row); row >= p.first && !gap {
			odd = append(odd, row)
		}
	}
	slices.Sort(odd)
	odd = slices.Compact(odd)
	if len(odd) > counted[0]/2 {
		return nil, false, nil // reading all of it row by row is simpler
	}
	r.Account.Loaded += counted[0] - len(odd)
	if counted[0] > len(odd) {
		if err := s.keep(ctx, conn, p, odd); err != nil {
			return nil, false, err
		}
	}
	again = append(odd, refused...)
	slices.Sort(again)
	return again, true, nil
}

// querier is a connection, or the pool of them.
type querier interface {
	QueryContext(ctx context.Context, query string, values ...any) (*sql.Rows, error)
}

// numbers are the whole numbers that a query answers with.
func numbers(ctx context.Context, conn querier, query string) ([]int, error) {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("数据库：%w", err)
	}
	defer rows.Close()
	var list []int
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, fmt.Errorf("数据库：%w", err)
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

// engineCopy is the statement that reads a text and writes the fields of its set
// as Parquet, with a column _odd that tells the rows to be read again. A cell is
// taken as it stands only where it cannot mean anything else; the engine's own
// casts would round 1.5 and take 2021-03-05abc for a day.
func engineCopy(r *contract.Reading, path, rejects, scans string) string {
	types, columns, odd := make([]string, r.Width()), []string{}, []string{}
	for i := range types {
		types[i] = "VARCHAR"
		if !r.IsNamed(i) {
			odd = append(odd, cellName(i)+" IS NOT NULL")
		}
	}
	for i, f := range r.Set.Fields {
		value := fmt.Sprintf("CAST(NULL AS %s)", sqlType(f.Type))
		if column := r.Column(i); column >= 0 {
			var oddities []string
			types[column], value, oddities = engineField(f, cellName(column))
			odd = append(odd, oddities...)
		}
		if !f.Private {
			columns = append(columns, value+" AS "+quoted(f.Name))
		}
	}
	var empty []string
	for i := range types {
		empty = append(empty, cellName(i)+" IS NULL")
	}
	odd = append(odd, strings.Join(empty, " AND "))
	for i, t := range types {
		types[i] = literal(cellName(i)) + ": " + literal(t)
	}
	newline := `\n`
	if r.Sheet.Text.CRLF {
		newline = `\r\n`
	}
	return fmt.Sprintf(`COPY (SELECT %s, coalesce(%s, false) AS _odd FROM read_csv(%s, auto_detect = false, header = false, skip = %d,
		delim = %s, quote = '"', escape = '"', new_line = %s, dateformat = %s, columns = {%s},
		store_rejects = true, rejects_table = %s, rejects_scan = %s, rejects_limit = %d)) TO %s (FORMAT parquet)`,
		strings.Join(columns, ", "), strings.Join(append(odd, "false"), " OR "), literal(r.Sheet.Text.Path), r.HeadingEnd(),
		literal(string(r.Sheet.Text.Comma)), literal(newline), literal(dateFormat(r)), strings.Join(types, ", "),
		literal(rejects), literal(scans), maxRejects, literal(path))
}

func cellName(column int) string { return fmt.Sprintf("c%d", column) }

// engineField is how the engine is to read the cells of a field: their type, the
// value made of them, and what makes a cell one to be read again.
func engineField(f contract.Field, cell string) (kind, value string, odd []string) {
	kind, value = "VARCHAR", cell
	if f.Constraints.Required {
		odd = append(odd, cell+" IS NULL")
	}
	switch {
	case f.Type == contract.Boolean:
		kind, value = enum([]string{"是", "否"}), cell+" = '是'"
	case len(f.Constraints.Enum) > 0:
		kind = enum(f.Constraints.Enum) // which Parquet keeps as text
	case f.Type == contract.Date:
		kind = "DATE"
		odd = append(odd, fmt.Sprintf("NOT (%s BETWEEN DATE '%d-01-01' AND DATE '%d-12-31')", cell, contract.FirstYear, contract.LastYear),
			cell+" = DATE '1970-01-01'") // which the engine also reads from the word epoch
	case f.Type == contract.Integer:
		value = fmt.Sprintf("TRY_CAST(%s AS BIGINT)", cell)
		odd = append(odd, fmt.Sprintf("NOT regexp_full_match(%s, '[0-9]{1,18}')", cell))
	case f.Type == contract.Number:
		value = fmt.Sprintf("TRY_CAST(%s AS %s)", cell, sqlType(f.Type))
		odd = append(odd, fmt.Sprintf(`NOT regexp_full_match(%s, '[0-9]{1,15}(\.[0-9]{1,%d})?')`, cell, contract.MoneyPlaces))
	}
	if least := f.Constraints.Minimum; least != nil {
		odd = append(odd, fmt.Sprintf("%s < %d", value, *least))
	}
	return kind, value, odd
}

func enum(words []string) string {
	var list []string
	for _, word := range words {
		list = append(list, literal(word))
	}
	return "ENUM(" + strings.Join(list, ", ") + ")"
}

// dateFormats are the ways to write a day that the engine is told of, one a file.
var dateFormats = []struct{ layout, format string }{
	{"2006-1-2", "%Y-%m-%d"}, {"2006/1/2", "%Y/%m/%d"}, {"2006.1.2", "%Y.%m.%d"}, {"2006年1月2日", "%Y年%m月%d日"},
}

// looked is how many rows tell how days are written in a file.
const looked = 200

// dateFormat is the commonest way in which the first rows of a file write days.
func dateFormat(r *contract.Reading) string {
	var counts [4]int
	rows := 0
	for row, err := range r.Sheet.Rows() {
		if rows++; err != nil || rows > looked {
			break
		}
		for i, f := range r.Set.Fields {
			c := r.Column(i)
			if f.Type != contract.Date || c < 0 || c >= len(row.Cells) {
				continue
			}
			for k, d := range dateFormats {
				if _, err := time.Parse(d.layout, row.Cells[c]); err == nil {
					counts[k]++
				}
			}
		}
	}
	best := 0
	for k, n := range counts {
		if n > counts[best] {
			best = k
		}
	}
	return dateFormats[best].format
}
