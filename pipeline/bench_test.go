package pipeline

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/marcboeker/go-duckdb/v2"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"workreport/pipeline/contract"
	"workreport/pipeline/sample"
	"workreport/pipeline/store"
)

// fullScale is how many times the sample's size the large year has: some five
// million proposals, and the other sets in proportion. BENCH_SCALE sets another.
const fullScale = 20_000

// BenchmarkIntake measures, each in a process of its own and all in one run: the
// year at full scale, read, checked and computed, against what bare DuckDB needs
// to read the same files typed into a database file and to run the figure
// queries; the same files in GBK; and how time grows from a hundredth to a tenth
// to the whole.
func BenchmarkIntake(b *testing.B) {
	scale := fullScale
	if text := os.Getenv("BENCH_SCALE"); text != "" {
		scale, _ = strconv.Atoi(text)
	}
	folder := b.TempDir()
	years := map[int]string{}
	for _, s := range []int{scale / 100, scale / 10, scale} {
		years[s] = filepath.Join(folder, fmt.Sprint(s))
		if err := sample.Write(filepath.Join(years[s], "2021"), 2021, s); err != nil {
			b.Fatal(err)
		}
	}
	small, middle, ours := child(b, "ours", years[scale/100]), child(b, "ours", years[scale/10]), child(b, "ours", years[scale])
	bare := child(b, "bare", years[scale])
	b.ReportMetric(ours.seconds/bare.seconds, "times-bare-duckdb")
	b.ReportMetric(ours.megabytes, "MB")
	b.ReportMetric(bare.megabytes, "MB-bare")
	b.ReportMetric(middle.seconds/small.seconds/10, "growth-to-a-tenth")
	b.ReportMetric(ours.seconds/middle.seconds/10, "growth-to-the-whole")
	gbk := filepath.Join(folder, "gbk")
	if err := inGBK(years[scale], gbk); err != nil {
		b.Fatal(err)
	}
	if err := os.RemoveAll(years[scale]); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(child(b, "ours", gbk).seconds/bare.seconds, "times-bare-duckdb-in-GBK")
}

// BenchmarkWorkbook reads a workbook of 500,000 rows of 12 columns.
func BenchmarkWorkbook(b *testing.B) {
	folder := filepath.Join(b.TempDir(), "2021")
	if err := sample.Write(folder, 2021, 2); err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(os.Remove(filepath.Join(folder, "proposals.csv")), os.Remove(filepath.Join(folder, "proposal_units.csv")),
		os.WriteFile(filepath.Join(folder, "proposal_units.csv"), []byte("届次,案号,承办单位,角色,交办日期,答复日期\n"), 0o644),
		largeWorkbook(filepath.Join(folder, "proposals.xlsx"))); err != nil {
		b.Fatal(err)
	}
	used := child(b, "ours", filepath.Dir(folder))
	b.ReportMetric(used.seconds, "s")
	b.ReportMetric(used.megabytes, "MB")
}

type used struct{ seconds, megabytes float64 }

// child runs a job of TestBenchChild in a process of its own.
func child(b *testing.B, job, folder string) used {
	b.Helper()
	command := exec.Command(os.Args[0], "-test.run", "^TestBenchChild$", "-test.timeout", "1h")
	command.Env = append(os.Environ(), "BENCH_JOB="+job, "BENCH_FOLDER="+folder, "GOGC=50")
	began := time.Now()
	if out, err := command.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", job, err, out)
	}
	usage := command.ProcessState.SysUsage().(*syscall.Rusage)
	return used{time.Since(began).Seconds(), float64(usage.Maxrss) / 1000}
}

// TestBenchChild is no test: it does the work of a benchmark's process.
func TestBenchChild(t *testing.T) {
	folder := os.Getenv("BENCH_FOLDER")
	switch os.Getenv("BENCH_JOB") {
	case "ours":
		d, err := LoadDefinitions(folder, "")
		if err == nil {
			err = With(context.Background(), d, folder, 2021, func(*Year) error { return nil })
		}
		if err != nil {
			t.Fatal(err)
		}
	case "bare":
		if err := readBare(t.TempDir(), filepath.Join(folder, "2021")); err != nil {
			t.Fatal(err)
		}
	}
}

// readBare reads the files of a year typed into a database file, with the engine
// and nothing else, and runs the queries of the figures.
func readBare(private, folder string) error {
	d, err := LoadDefinitions(folder, "")
	if err != nil {
		return err
	}
	e, err := contract.LoadEdition(os.DirFS(folder), folder)
	if err != nil {
		return err
	}
	connector, err := duckdb.NewConnector(filepath.Join(private, "bare.duckdb"), nil)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	statements := []string{"SET memory_limit = '" + store.MemoryLimit + "'", "SET temp_directory = '" + private + "'",
		fmt.Sprintf("CREATE TABLE edition AS SELECT %d AS year, '%s' AS proposal_session, DATE '%s' AS cut_off", e.Year, e.ProposalSession, e.CutOff.Format(time.DateOnly))}
	for _, w := range e.Windows {
		statements = append(statements,
			fmt.Sprintf("ALTER TABLE edition ADD COLUMN %s_first DATE DEFAULT DATE '%s'", w.Name, w.First.Format(time.DateOnly)),
			fmt.Sprintf("ALTER TABLE edition ADD COLUMN %s_last DATE DEFAULT DATE '%s'", w.Name, w.Last.Format(time.DateOnly)))
	}
	for _, set := range d.Contract.Sets {
		statement, err := bareTable(set, filepath.Join(folder, set.Name+".csv"))
		if err != nil {
			return err
		}
		statements = append(statements, statement,
			fmt.Sprintf("CREATE VIEW %s AS SELECT *, '%s.csv' AS _file, '' AS _sheet, rowid + 2 AS _row FROM %s_table", set.Name, set.Name, set.Name))
	}
	for _, v := range d.Queries.Views {
		statements = append(statements, fmt.Sprintf("CREATE VIEW %s AS %s", v.ID, v.SQL))
	}
	for _, f := range d.Queries.Figures {
		if f.Numerator == "" {
			statements = append(statements, fmt.Sprintf("SELECT %s AS value FROM (%s) AS records", f.Value, f.SQL))
		}
	}
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			return fmt.Errorf("%.200s: %w", statement, err)
		}
	}
	return nil
}

// bareTable is the statement that reads a file of the sample into a table.
func bareTable(set contract.Set, path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	heading, err := csv.NewReader(file).Read()
	if err != nil {
		return "", err
	}
	types := map[contract.Type]string{contract.Integer: "BIGINT", contract.Number: "DECIMAL(18,2)", contract.Date: "DATE"}
	var columns, values []string
	for _, title := range heading {
		for _, f := range set.Fields {
			if f.Title != title {
				continue
			}
			kind, value := types[f.Type], f.Name
			if kind == "" {
				kind = "VARCHAR"
			}
			if f.Type == contract.Boolean {
				value = fmt.Sprintf("%s = '是' AS %s", f.Name, f.Name)
			}
			columns = append(columns, fmt.Sprintf("'%s': '%s'", f.Name, kind))
			if !f.Private {
				values = append(values, value)
			}
		}
	}
	return fmt.Sprintf("CREATE TABLE %s_table AS SELECT %s FROM read_csv('%s', header = true, columns = {%s})",
		set.Name, strings.Join(values, ", "), path, strings.Join(columns, ", ")), nil
}

// inGBK writes the files of a year again in GB18030.
func inGBK(from, to string) error {
	names, err := filepath.Glob(filepath.Join(from, "2021", "*"))
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := copyInGBK(name, filepath.Join(to, "2021", filepath.Base(name))); err != nil {
			return err
		}
	}
	return nil
}

func copyInGBK(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return writeFile(to, func(w io.Writer) error {
		if strings.HasSuffix(from, ".csv") {
			w = simplifiedchinese.GB18030.NewEncoder().Writer(w)
		}
		_, err := io.Copy(w, bufio.NewReaderSize(in, 1<<20))
		return err
	})
}

func largeWorkbook(path string) error {
	book := excelize.NewFile()
	defer book.Close()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	if err := sheet.SetRow("A1", []any{"届次", "案号", "时段", "案由", "提案者类型", "第一提案人", "界别", "类别", "收到日期", "审查结果", "审查日期", "答复日期"}); err != nil {
		return err
	}
	for i := range 500_000 {
		if err := sheet.SetRow(fmt.Sprintf("A%d", i+2), []any{"七届一次", fmt.Sprintf("%06d", i), "会议", fmt.Sprintf("关于样子的提案%d", i),
			"委员个人", "WY017", "中共界", "经济", 44330, "转信", 44340, 44400}); err != nil {
			return err
		}
	}
	return errors.Join(sheet.Flush(), book.SaveAs(path))
}

// BenchmarkRun runs the whole job with and without drawn pictures at hand, and
// prints the ratio.
func BenchmarkRun(b *testing.B) {
	cache := b.TempDir()
	run := func(cache string) time.Duration {
		began := time.Now()
		if _, err := Run(context.Background(), Options{Year: 2021, Data: "../data", Out: b.TempDir(), Cache: cache, Now: began, Progress: func(string) {}}); err != nil {
			b.Fatal(err)
		}
		return time.Since(began)
	}
	run(cache)
	b.ReportMetric(run("").Seconds()/run(cache).Seconds(), "cold/warm")
}
