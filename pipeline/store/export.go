package store

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"workreport/pipeline/contract"
)

// outFolder is the only folder in which the engine may write once the store is
// sealed; what it writes there is moved on.
func (s *Store) outFolder() string { return filepath.Join(s.folder, "out") }

// Export writes the rows of a set, those that nothing refused, to a Parquet file:
// all columns that are not private, then the place of the row, in the order of
// the places. The same rows make the same bytes. It works on a sealed store, and
// several sets may be written at the same time.
func (s *Store) Export(ctx context.Context, set contract.Set, path string) error {
	_, out := s.nextFile(s.outFolder())
	defer os.Remove(out)
	var names []string
	for _, f := range set.Fields {
		if !f.Private {
			names = append(names, f.Name)
		}
	}
	statement := fmt.Sprintf("COPY (SELECT %s FROM %s ORDER BY _file, _sheet, _row) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d)",
		columns(append(names, "_file", "_sheet", "_row")), quoted(set.Name), literal(out), rowGroup)
	if _, err := s.pool.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("%s：写不出：%w", path, err)
	}
	if err := move(out, path); err != nil {
		return fmt.Errorf("%s：写不出，请核对文件夹能否写入、磁盘是否已满：%w", path, err)
	}
	return nil
}

// rowGroup is how many rows a group of an exported file has.
const rowGroup = 122_880

// move puts a file in another place, on another disk too.
func move(from, to string) error {
	if os.Rename(from, to) == nil {
		return nil
	}
	return copyFile(from, to)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// Reopen makes a store of records that Export wrote, <set>.parquet of the folder
// records for each set; a set without a file is empty, and so is a column that a
// file lacks. The files are copied into folder, which must be private to the run,
// so that nothing can change them.
func Reopen(ctx context.Context, folder string, c contract.Contract, e contract.Edition, records string) (*Store, error) {
	s, err := Open(ctx, folder, c, e)
	if err != nil {
		return nil, err
	}
	for _, set := range c.Sets {
		if err := s.reopen(ctx, set, filepath.Join(records, set.Name+".parquet")); err != nil {
			s.Close()
			return nil, err
		}
	}
	if err := s.makeViews(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) reopen(ctx context.Context, set contract.Set, path string) error {
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return nil
	}
	p := &part{}
	p.number, p.path = s.nextFile(s.folder)
	if err := copyFile(path, p.path); err != nil {
		return fmt.Errorf("%s：读不了：%w", path, err)
	}
	there, err := s.columnTypes(ctx, p.path)
	if err != nil {
		return fmt.Errorf("%s：文件已损坏，或不是 Parquet 文件；请用备份或从 records 原文件重新生成：%w", path, err)
	}
	var list []string
	for _, f := range set.Fields {
		kind, ok := there[f.Name]
		switch {
		case f.Private:
		case !ok:
			list = append(list, fmt.Sprintf("CAST(NULL AS %s) AS %s", sqlType(f.Type), quoted(f.Name)))
		case kind != sqlType(f.Type):
			return fmt.Errorf("%s：“%s”一列的类型是 %s，现在的记录约定是 %s，两版不能这样比较", path, f.Title, kind, sqlType(f.Type))
		default:
			list = append(list, quoted(f.Name))
		}
	}
	for _, place := range []string{"_file", "_sheet", "_row"} {
		if there[place] == "" {
			return fmt.Errorf("%s：缺 %s 一列，不是本程序写出的记录", path, place)
		}
	}
	p.ready = fmt.Sprintf("SELECT %s, _file, _sheet, _row FROM read_parquet(%s)", strings.Join(list, ", "), literal(p.path))
	s.parts[set.Name] = []*part{p}
	return nil
}

// columnTypes are the columns of a Parquet file and their types.
func (s *Store) columnTypes(ctx context.Context, path string) (map[string]string, error) {
	rows, err := s.pool.QueryContext(ctx, "SELECT * FROM read_parquet("+literal(path)+") LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	there := map[string]string{}
	for _, t := range types {
		there[t.Name()] = t.DatabaseTypeName()
	}
	return there, rows.Err()
}
