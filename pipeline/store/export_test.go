package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"workreport/pipeline/contract"
	"workreport/pipeline/source"
	"workreport/queries"
)

// exported is what Export writes of the set of a store that it seals.
func exported(t *testing.T, s *Store, views ...queries.View) (content []byte, folder string) {
	t.Helper()
	if err := s.Seal(context.Background(), views); err != nil {
		t.Fatal(err)
	}
	folder = filepath.Join(t.TempDir(), "year=2021 [1]*") // which is no pattern, nor a column
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "things.parquet")
	if err := s.Export(context.Background(), things, path); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(s.outFolder()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content, folder
}

// TestExportIsTheSame writes several row groups with one thread, with two, and
// from a sheet that was read row by row.
func TestExportIsTheSame(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("编号,日期,金额,属于\n")
	for i := range 300_000 {
		fmt.Fprintf(&csv, "A%d,2021-%02d-%02d,%d.%02d,\n", i*7919%300_000, i%12+1, i%28+1, i%977, i%100)
	}
	var first []byte
	for _, threads := range []int{1, 2, 2, 7} {
		s := open(t, csv.String())
		if _, err := s.conn.ExecContext(context.Background(), fmt.Sprintf("SET threads = %d", threads)); err != nil {
			t.Fatal(err)
		}
		content, _ := exported(t, s)
		if first == nil {
			first = content
		}
		if !bytes.Equal(content, first) {
			t.Errorf("%d threads: %d bytes, not the %d of before", threads, len(content), len(first))
		}
	}
	t.Logf("%d bytes", len(first))
}

func rowsOf(t *testing.T, s *Store, query string) string {
	t.Helper()
	record, err := s.Query(context.Background(), Query{Body: query, File: "q.sql", Line: 1})
	if err != nil {
		t.Fatal(err)
	}
	text, err := record.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return record.Schema().String() + string(text)
}

// reopened is a store over the records of a folder, by a contract.
func reopened(t *testing.T, folder string, sets ...contract.Set) (*Store, error) {
	t.Helper()
	s, err := Reopen(context.Background(), t.TempDir(), contract.Contract{Sets: sets}, contract.Edition{Year: 2021}, folder)
	if err == nil {
		t.Cleanup(func() { s.Close() })
	}
	return s, err
}

func TestReopenedIsTheSame(t *testing.T) {
	s := open(t, "编号,日期,金额,属于\nA,2021-01-02,0.10,\nB,,12345678901234.25,A\n\nC,2021-03-01,,\nD,2021-03-02,1,\n")
	if err := s.Refuse(context.Background(), []source.Place{{File: "things.csv", Row: 6}}); err != nil {
		t.Fatal(err)
	}
	view := queries.View{ID: "named", SQL: "SELECT * FROM things WHERE day IS NOT NULL", File: "named.sql", Line: 1}
	content, folder := exported(t, s, view)
	others := contract.Set{Name: "others", Title: "别的", Fields: []contract.Field{{Name: "n", Title: "数", Type: contract.Integer}}}
	again, err := reopened(t, folder, things, others)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Seal(context.Background(), []queries.View{view}); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"SELECT * FROM things ORDER BY _row", "SELECT sum(amount) AS amount, count(*) AS n, string_agg(no || _row, ' ' ORDER BY _row) AS places FROM named", "FROM named SELECT max(day) AS day"} {
		if was, is := rowsOf(t, s, query), rowsOf(t, again, query); was != is {
			t.Errorf("%s:\n%s\n%s", query, was, is)
		}
	}
	if got := rowsOf(t, again, "SELECT count(*) AS c, sum(n) AS n FROM others"); !strings.Contains(got, `"c":0`) {
		t.Errorf("others: %s", got)
	}
	twice := filepath.Join(t.TempDir(), "twice.parquet")
	if err := again.Export(context.Background(), things, twice); err != nil {
		t.Fatal(err)
	}
	if more, _ := os.ReadFile(twice); !bytes.Equal(content, more) {
		t.Error("exported again, the bytes differ")
	}
}

// TestReopenedByAnotherContract reads records whose contract has changed since.
func TestReopenedByAnotherContract(t *testing.T) {
	_, folder := exported(t, open(t, three))
	with := func(change func(*contract.Set)) contract.Set {
		set := things
		set.Fields = append([]contract.Field{}, things.Fields...)
		change(&set)
		return set
	}
	more := with(func(s *contract.Set) {
		s.Fields = append(s.Fields[:3], contract.Field{Name: "hours", Title: "课时", Type: contract.Number}, contract.Field{Name: "phone", Title: "电话", Private: true})
	})
	s, err := reopened(t, folder, more)
	if err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(t, s, "SELECT * FROM things ORDER BY _row"); !strings.Contains(got, "hours: type=decimal(18, 2)") || strings.Contains(got, "part_of") || strings.Contains(got, "phone") {
		t.Errorf("got %s", got)
	}
	for want, change := range map[string]func(*contract.Set){
		"“金额”一列的类型是 DECIMAL(18,2)，现在的记录约定是 VARCHAR": func(s *contract.Set) { s.Fields[2].Type = contract.String },
		"“编号”一列的类型是 VARCHAR，现在的记录约定是 BIGINT":        func(s *contract.Set) { s.Fields[0].Type = contract.Integer },
	} {
		if _, err := reopened(t, folder, with(change)); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "things.parquet：") {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	path := filepath.Join(folder, "things.parquet")
	content, _ := os.ReadFile(path)
	for _, broken := range [][]byte{nil, []byte("PAR1"), content[:len(content)/2], append(bytes.Clone(content[:len(content)-40]), content[:40]...)} {
		if err := os.WriteFile(path, broken, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := reopened(t, folder, things); err == nil || !strings.Contains(err.Error(), "things.parquet：文件已损坏") {
			t.Errorf("%d bytes: got %v", len(broken), err)
		}
	}
}

// TestExportOfNothing writes a set without a row, and several sets at once.
func TestExportOfNothing(t *testing.T) {
	s := open(t, "编号,日期,金额,属于\n")
	if err := s.Seal(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			name := "things.parquet"
			if i > 0 {
				name = fmt.Sprintf("%d.parquet", i)
			}
			if err := s.Export(context.Background(), things, filepath.Join(folder, name)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	again, err := reopened(t, folder, things)
	if err != nil {
		t.Fatal(err)
	}
	if was, is := rowsOf(t, s, "SELECT * FROM things"), rowsOf(t, again, "SELECT * FROM things"); was != is {
		t.Errorf("%s\n%s", was, is)
	}
	if err := s.Export(context.Background(), things, filepath.Join(folder, "no", "such.parquet")); err == nil || !strings.Contains(err.Error(), "such.parquet：写不出，请核对文件夹能否写入") {
		t.Errorf("got %v", err)
	}
}
