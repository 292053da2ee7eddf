package pipeline

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/marcboeker/go-duckdb/v2"

	"workreport/pipeline/sample"
)

// BenchmarkYear computes every figure and table of a year fifty times the
// sample's size, and prints its time as a ratio to what bare DuckDB needs to
// read the same files into tables, measured in the same run.
func BenchmarkYear(b *testing.B) {
	folder := filepath.Join(b.TempDir(), "2021")
	if err := sample.Write(folder, 2021, 50); err != nil {
		b.Fatal(err)
	}
	d, err := LoadDefinitions(filepath.Dir(folder), "")
	if err != nil {
		b.Fatal(err)
	}
	var ours, bare time.Duration
	for b.Loop() {
		began := time.Now()
		if err := With(context.Background(), d, filepath.Dir(folder), 2021, func(*Year) error { return nil }); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(began)
		began = time.Now()
		readBare(b, folder)
		bare += time.Since(began)
	}
	b.ReportMetric(ours.Seconds()/bare.Seconds(), "times-bare-duckdb")
}

func readBare(b *testing.B, folder string) {
	b.Helper()
	connector, err := duckdb.NewConnector(filepath.Join(b.TempDir(), "bare.duckdb"), nil)
	if err != nil {
		b.Fatal(err)
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	files, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	if err != nil || len(files) == 0 {
		b.Fatal("no files", err)
	}
	for i, file := range files {
		if _, err := db.Exec(fmt.Sprintf("CREATE TABLE t%d AS SELECT * FROM read_csv('%s')", i, file)); err != nil {
			b.Fatal(err)
		}
	}
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
	var warm, cold time.Duration
	for b.Loop() {
		warm += run(cache)
		cold += run("")
	}
	b.ReportMetric(cold.Seconds()/warm.Seconds(), "cold/warm")
}
