// Package sample writes invented records: a year of a county CPPCC's work, as its office might keep it.
//
// A year and a scale come in; a folder with edition.toml and one file a record set goes out. The year is built
// once in memory and written scale times, every copy with keys of its own, so that the copies hold together as
// the first one does. The same arguments give the same bytes. No record is of a real person, and the figures of
// 2021 are those of the work report of that year only in their sums.
package sample

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// MaxScale is the most copies a year is written in: the digits that tell the copies' issue numbers apart.
const MaxScale = 1_000_000

// Write writes the records of a year into dir, which must not exist or be empty. At scale 1 some sets come in
// the other forms offices use: two sheets of one workbook, and a file in GB18030. Above, all are UTF-8 CSV.
func Write(dir string, year, scale int) error {
	if year < 1992 || year > 2050 {
		return fmt.Errorf("样例年度应在 1992 至 2050 之间，现为 %d", year)
	}
	if scale < 1 || scale > MaxScale {
		return fmt.Errorf("样例倍数应在 1 至 %d 之间，现为 %d", MaxScale, scale)
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("目录 %s 不是空的，样例只写入空目录", dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "edition.toml"), []byte(edition(year)), 0o644); err != nil {
		return err
	}
	rows := build(year)
	for _, s := range sets {
		if scale == 1 && inWorkbook(s.name) {
			continue
		}
		if err := writeFile(filepath.Join(dir, s.name+".csv"), func(w io.Writer) error {
			if scale == 1 && s.name == "articles" {
				gbk := simplifiedchinese.GB18030.NewEncoder().Writer(w)
				return s.write(gbk, rows[s.name], 1)
			}
			return s.write(w, rows[s.name], scale)
		}); err != nil {
			return err
		}
	}
	if scale > 1 {
		return nil
	}
	return writeFile(filepath.Join(dir, "meetings.xlsx"), func(w io.Writer) error { return writeWorkbook(w, rows) })
}

func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<18)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// The places in the text of a set where a copy's number goes.
const (
	keyMark    = "\x01"
	numberMark = "\x02"
)

// write writes the header and then the rows, once a copy. The text is made once; only the marks differ.
func (s set) write(w io.Writer, rows [][]string, scale int) error {
	var text strings.Builder
	header := csv.NewWriter(w)
	if err := header.Write(s.titles()); err != nil {
		return err
	}
	header.Flush()
	body := csv.NewWriter(&text)
	for _, row := range rows {
		marked := make([]string, len(row))
		for i, cell := range row {
			marked[i] = cell + mark(s.columns[i].kind, cell)
		}
		if err := body.Write(marked); err != nil {
			return err
		}
	}
	body.Flush()
	for n := range scale {
		suffix, digits := "", ""
		if n > 0 {
			suffix, digits = fmt.Sprintf("-%d", n), fmt.Sprintf("%06d", n)
		}
		copied := strings.NewReplacer(keyMark, suffix, numberMark, digits)
		if _, err := copied.WriteString(w, text.String()); err != nil {
			return err
		}
	}
	return nil
}

func mark(kind int, cell string) string {
	switch {
	case cell == "" || kind == fixed:
		return ""
	case kind == key:
		return keyMark
	}
	return numberMark
}
