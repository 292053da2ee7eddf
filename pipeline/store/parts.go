package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/source"
)

// part is the rows of one sheet, or some of them, in a Parquet file of the run.
type part struct {
	number  int
	path    string
	reading *contract.Reading

	// Rows that the engine read know their place by their position in the file:
	// the first is row first of the sheet, and the rows of gaps are not there.
	// Where first is 0, the column _row has it.
	first int
	gaps  []int

	ready string // the SQL of its rows, where they come from an earlier export; it has no reading
}

// newPart gives a part its file.
func (s *Store) newPart(r *contract.Reading) *part {
	number, path := s.nextFile(s.folder)
	return &part{number: number, path: path, reading: r}
}

// nextFile is a Parquet file in a folder that no other part or export has.
func (s *Store) nextFile(folder string) (number int, path string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.made++
	return s.made, filepath.Join(folder, fmt.Sprintf("part-%d.parquet", s.made))
}

// keep puts a part into its set; rows of it are out from the first.
func (s *Store) keep(ctx context.Context, conn *sql.Conn, p *part, out []int) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.parts[p.reading.Set.Name] = append(s.parts[p.reading.Set.Name], p)
	return s.refuse(ctx, conn, p, out)
}

// row is the SQL of a row's number.
func (p *part) row() string {
	if p.first == 0 {
		return "_row"
	}
	return fmt.Sprintf("file_row_number + %s", p.shift(0, len(p.gaps)))
}

// shift is the SQL of what a position is less than its row's number, where it is
// known that at least from and at most to gaps come before: a tree of conditions,
// so that thousands of gaps cost a dozen comparisons.
func (p *part) shift(from, to int) string {
	if from == to {
		return fmt.Sprint(p.first + from)
	}
	middle := (from + to) / 2
	return fmt.Sprintf("CASE WHEN file_row_number < %d THEN %s ELSE %s END",
		p.gaps[middle]-p.first-middle, p.shift(from, middle), p.shift(middle+1, to))
}

// query is the SQL of the rows of a part that nothing refused.
func (p *part) query(refused bool) string {
	if p.reading == nil {
		return p.ready
	}
	var columns []string
	for _, f := range p.reading.Set.Fields {
		if !f.Private {
			columns = append(columns, quoted(f.Name))
		}
	}
	text := fmt.Sprintf("SELECT %s, %s AS _file, %s AS _sheet, CAST(%s AS BIGINT) AS _row FROM read_parquet(%s, file_row_number = true)",
		strings.Join(columns, ", "), literal(p.reading.Sheet.File), literal(p.reading.Sheet.Name), p.row(), literal(p.path))
	if refused {
		text += fmt.Sprintf(" WHERE %s NOT IN (SELECT row FROM _refused WHERE part = %d)", p.row(), p.number)
	}
	return text
}

// refuse takes rows out of a part.
func (s *Store) refuse(ctx context.Context, conn *sql.Conn, p *part, rows []int) error {
	for batch := range slices.Chunk(rows, 1000) {
		var values []string
		for _, row := range batch {
			values = append(values, fmt.Sprintf("(%d, %d)", p.number, row))
		}
		if _, err := conn.ExecContext(ctx, "INSERT INTO _refused VALUES "+strings.Join(values, ", ")); err != nil {
			return fmt.Errorf("剔除记录：%w", err)
		}
	}
	s.refused[p.number] = s.refused[p.number] || len(rows) > 0
	return nil
}

// Refuse takes rows out of their sets: no query sees them any more.
func (s *Store) Refuse(ctx context.Context, places []source.Place) error {
	bySheet := map[source.Place][]int{}
	for _, p := range places {
		sheet := source.Place{File: p.File, Sheet: p.Sheet}
		bySheet[sheet] = append(bySheet[sheet], p.Row)
	}
	for _, parts := range s.parts {
		for _, p := range parts {
			if p.reading == nil {
				continue // what was published stays as it is
			}
			rows := bySheet[source.Place{File: p.reading.Sheet.File, Sheet: p.reading.Sheet.Name}]
			if err := s.refuse(ctx, s.conn, p, rows); err != nil {
				return err
			}
		}
	}
	return s.makeViews(ctx)
}

// makeViews makes, for each record set, the view by which queries see it.
func (s *Store) makeViews(ctx context.Context) error {
	for _, set := range s.contract.Sets {
		var selects []string
		for _, p := range slices.SortedFunc(slices.Values(s.parts[set.Name]), bySheet) {
			selects = append(selects, p.query(s.refused[p.number]))
		}
		if selects == nil {
			selects = []string{nothing(set)}
		}
		view := fmt.Sprintf("CREATE OR REPLACE VIEW %s AS %s", quoted(set.Name), strings.Join(selects, " UNION ALL "))
		if _, err := s.conn.ExecContext(ctx, view); err != nil {
			return fmt.Errorf("“%s”的视图：%w", set.Title, err)
		}
	}
	return nil
}

// bySheet puts parts in the order of their files, whichever was loaded first.
func bySheet(a, b *part) int {
	return cmp.Or(strings.Compare(a.reading.Sheet.File, b.reading.Sheet.File), strings.Compare(a.reading.Sheet.Name, b.reading.Sheet.Name), b.first-a.first)
}

// nothing is the SQL of a set without a row.
func nothing(set contract.Set) string {
	var columns []string
	for _, f := range set.Fields {
		if !f.Private {
			columns = append(columns, fmt.Sprintf("CAST(NULL AS %s) AS %s", sqlType(f.Type), quoted(f.Name)))
		}
	}
	return fmt.Sprintf("SELECT %s, '' AS _file, '' AS _sheet, CAST(0 AS BIGINT) AS _row WHERE false", strings.Join(columns, ", "))
}
