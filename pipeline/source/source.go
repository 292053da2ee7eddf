// Package source opens the files an office keeps, text in any encoding and XLSX
// workbooks, told apart by what is in them, and hands on their rows as text,
// each with its place. Beside the rows it hands on a count of them that does not
// come from reading them, by which the account of a file is proved. What the
// rows mean is not its business.
package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"
	"time"
)

// Place is where a record stands, as Excel shows it.
type Place struct {
	File, Sheet string
	Row         int
}

// Row is a row of cells; Number counts from 1 as Excel does, blank rows included.
type Row struct {
	Number  int
	Cells   []string
	Unknown []int  // columns whose formula has no value in the file
	Fault   string // why the row cannot be taken apart, "" where it can; then Cells has its text
	Lost    int    // lines that a quote without an end has swallowed, and that may be rows
}

// Sheet is a table of text: a text file, or one worksheet of a workbook.
type Sheet struct {
	File     string // the file's path in its folder
	Name     string // the worksheet, "" for a text file
	Format   string // what the file is, in words: 文本（GBK，逗号）
	Stamp    Stamp  // of the file
	Hidden   bool   // the worksheet is hidden
	Days1904 bool   // day numbers count from 1904, as old Macs did
	Count    Count
	Text     *Text // how a text file is written; nil for a worksheet

	rows func(only []int) iter.Seq2[Row, error]
}

// Rows are the rows that have something in them, from the first; an error ends
// them. Every range over them reads the file anew.
func (s Sheet) Rows() iter.Seq2[Row, error] { return s.rows(nil) }

// Only are the rows with the given numbers, which must be sorted.
func (s Sheet) Only(numbers []int) iter.Seq2[Row, error] {
	if len(numbers) == 0 {
		return func(func(Row, error) bool) {}
	}
	return s.rows(numbers)
}

// Count is what a look at the bytes of a sheet found, without taking it apart.
type Count struct {
	Rows   int    // rows up to the last, blank ones included
	Filled int    // of these, rows with something in them
	Hidden []Span // hidden rows of a worksheet
	Merged []Area // merged cells of a worksheet
}

// Span is rows from the first to the last, both included.
type Span struct{ First, Last int }

// Area is a rectangle of cells; columns count from 0.
type Area struct {
	Rows        Span
	Left, Right int
}

// Stem is a file's name without its folder and ending.
func Stem(file string) string {
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}

// Book is one file with its sheets. Close it when they have been read.
type Book struct {
	File   string
	Sheets []Sheet
	Stamp  Stamp
	close  func() error
	folder Folder
}

// Stamp tells a file from the same file written again.
type Stamp struct {
	Size    int64
	Changed time.Time
}

// StampOf is the stamp that a file has now.
func StampOf(folder fs.FS, name string) (Stamp, error) {
	info, err := fs.Stat(folder, name)
	if err != nil {
		return Stamp{}, err
	}
	return Stamp{info.Size(), info.ModTime().UTC()}, nil
}

// ErrChanged is the error of a file that is no longer the one that was read.
var ErrChanged = errors.New("读的时候文件被改动了；请关闭正在编辑它的程序，等保存完再运行")

// Close lets go of the file and of any copy of it.
func (b Book) Close() error { return b.close() }

// Changed is an error where the file is no longer the one that was opened.
func (b Book) Changed() error {
	if now, err := StampOf(b.folder.FS, b.File); err != nil || now != b.Stamp {
		return ErrChanged
	}
	return nil
}

// Folder is where files are read from.
type Folder struct {
	FS      fs.FS
	Path    string // the same folder on disk; "" where the engine cannot read there
	Private string // a folder for copies in UTF-8
}

// List names the files of a folder and of the folders in it, sorted, and the
// folders too deep to be looked into. Hidden files and the lock files of Office
// are left out.
func List(folder fs.FS) (files, deep []string, err error) {
	err = fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		base := path.Base(name)
		hidden := name != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$"))
		switch {
		case err != nil:
			return err
		case entry.IsDir() && hidden:
			return fs.SkipDir
		case entry.IsDir() && strings.Contains(name, "/"):
			deep = append(deep, name)
			return fs.SkipDir
		case entry.IsDir() || hidden:
			return nil
		}
		files = append(files, name)
		return nil
	})
	return files, deep, err
}

// Open opens one record file of the folder, whatever its name ends with.
func Open(folder Folder, name string) (Book, error) {
	file, err := folder.FS.Open(name)
	if err != nil {
		return Book{}, errors.New(whyClosed(err))
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("不是普通文件，不读")
	}
	at, ok := file.(io.ReaderAt)
	if err == nil && !ok {
		err = errors.New("这种文件不能随意定位，读不了")
	}
	if err != nil {
		file.Close()
		return Book{}, err
	}
	book := Book{File: name, Stamp: Stamp{info.Size(), info.ModTime().UTC()}, folder: folder, close: file.Close}
	err = book.open(at, info.Size())
	for i := range book.Sheets {
		book.Sheets[i].Stamp = book.Stamp
	}
	if err != nil {
		book.Close()
	}
	return book, err
}

func (b *Book) open(file io.ReaderAt, size int64) error {
	kind, err := kindOf(file, size)
	if err != nil {
		return err
	}
	if kind == workbook {
		return b.openWorkbook(file, size)
	}
	return b.openText(file, size)
}

// whyClosed says in words why a file could not be opened.
func whyClosed(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "没有读这个文件的权限；请检查文件的权限设置"
	case errors.Is(err, fs.ErrNotExist):
		return "文件不在了，或是指向不存在的文件的链接；请放回原处"
	case strings.Contains(err.Error(), "escapes"):
		return "是指向文件夹以外的链接，不读；请把文件本身复制进来"
	}
	return fmt.Sprintf("打不开：%v", err)
}
