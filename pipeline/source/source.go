// Package source opens the files an office keeps, CSV in any encoding and XLSX
// workbooks, and hands on their rows as text, each with its place. What the
// rows mean is not its business.
package source

import (
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strings"
)

// Place is where a record stands, as Excel shows it.
type Place struct {
	File, Sheet string
	Row         int
}

// Row is a row of cells; Number counts from 1 as Excel does, blank rows included.
type Row struct {
	Number int
	Cells  []string
}

// Sheet is a table of text: a CSV file, or one worksheet of a workbook.
type Sheet struct {
	File string // the file's name in its folder
	Name string // the worksheet, "" for a text file

	// Rows are the rows from the first that is not blank; an error ends them. A
	// second range over them goes on where the first one stopped.
	Rows iter.Seq2[Row, error]
}

// Title is the name by which the sheet may belong to a record set.
func (s Sheet) Title() string {
	if s.Name != "" {
		return s.Name
	}
	return strings.TrimSuffix(s.File, path.Ext(s.File))
}

// Book is one file with its sheets. Close it when they have been read.
type Book struct {
	File   string
	Sheets []Sheet
	close  func() error
}

// Close lets go of the file.
func (b Book) Close() error { return b.close() }

// List names the tables of a folder and what else is in it, each sorted. Hidden
// files and the lock files of Office are neither.
func List(folder fs.FS) (tables, others []string, err error) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, nil, err
	}
	for _, entry := range entries {
		name := entry.Name()
		hidden := strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
		switch {
		case hidden:
		case (entry.Type().IsRegular() || entry.Type()&fs.ModeSymlink != 0) && isTable(name):
			tables = append(tables, name)
		default:
			others = append(others, name)
		}
	}
	return tables, others, nil
}

func isTable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".tsv", ".xlsx", ".xls", ".et":
		return true
	}
	return false
}

// Open opens one record file of the folder.
func Open(folder fs.FS, name string) (Book, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".tsv":
		return openText(folder, name)
	case ".xlsx":
		return openWorkbook(folder, name)
	}
	return Book{}, fmt.Errorf("%s：这种格式读不了，请在 Excel 或 WPS 里另存为 .xlsx 或 .csv", name)
}
