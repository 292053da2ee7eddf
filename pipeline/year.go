package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/scratch"
	"workreport/pipeline/source"
	"workreport/pipeline/store"
	"workreport/queries"
)

// Year is one year, read and computed. Its store is open within With only.
type Year struct {
	Folder   string // data/2021, as messages name it
	Edition  contract.Edition
	Contract contract.Contract
	Queries  queries.Set
	Store    *store.Store
	Readings []*contract.Reading // every sheet with records, and its account
	Problems []contract.Problem  // warnings, and what rejected rows that may be rejected; sorted by place
	Figures  []figure.Figure
	Tables   []figure.Table
	Checks   []figure.Check
	Engine   string   // version of the database
	Own      []string // files of the year's own queries, if it has any

	files   []stamped // the files that were read
	allowed int       // rows that may be kept out
	records string    // folder to write the records into, "" for none
	then    asThen
}

// stamped is a file with what tells it from the same file written again.
type stamped struct {
	name  string
	stamp source.Stamp
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// With reads the records of a year, computes all that is declared for it, and
// hands the year on while its database, a file private to this call, is open. The
// error is Broken where the records break the contract.
func With(ctx context.Context, d Definitions, dataFolder string, year int, use func(*Year) error) error {
	d, err := d.of(dataFolder, year)
	if err != nil {
		return err
	}
	return with(ctx, d, dataFolder, year, use)
}

// with is With by the definitions given, which may be those of another year.
func with(ctx context.Context, d Definitions, dataFolder string, year int, use func(*Year) error) error {
	if err := FindYear(dataFolder, year); err != nil {
		return err
	}
	private, err := scratch.New()
	if err != nil {
		return err
	}
	defer private.Remove()
	y := &Year{Folder: filepath.Join(dataFolder, fmt.Sprint(year)), Contract: d.Contract, Queries: d.Queries, allowed: d.AllowRejected, records: d.Records}
	root, err := os.OpenRoot(y.Folder)
	if err != nil {
		return fmt.Errorf("%s：打不开：%w", y.Folder, err)
	}
	defer root.Close()
	folder := root.FS()
	if entries, err := fs.ReadDir(folder, "."); err != nil || len(entries) == 0 {
		return fmt.Errorf("%s：文件夹是空的，没有设置也没有记录；请用 workreport init 生成空白表格，填好后再运行", y.Folder)
	}
	if y.Edition, err = contract.LoadEdition(folder, y.Folder); err != nil {
		return err
	}
	if y.Edition.Year != year {
		return fmt.Errorf("%s/%s：年份写的是 %d，应与文件夹一致，写 %d", y.Folder, contract.EditionFile, y.Edition.Year, year)
	}
	if y.Store, err = store.Open(ctx, private.Path, d.Contract, y.Edition); err != nil {
		return err
	}
	defer y.Store.Close()
	if y.Engine, err = y.Store.Version(ctx); err != nil {
		return err
	}
	if err := y.compute(ctx, source.Folder{FS: folder, Path: y.Folder, Private: private.Path}); err != nil {
		return err
	}
	return use(y)
}

func (y *Year) compute(ctx context.Context, folder source.Folder) (err error) {
	if err := y.load(ctx, folder); err != nil {
		return err
	}
	if err := y.Store.Seal(ctx, y.Queries.Views); err != nil {
		return err
	}
	if err := y.settle(ctx); err != nil {
		return err
	}
	if err := y.accept(); err != nil {
		return err
	}
	var tables error
	y.Figures, err = figure.Compute(ctx, y.Store, y.Queries.Figures, y.Edition.Rounding)
	y.Tables, tables = figure.Tables(ctx, y.Store, y.Queries.Tables, y.Edition.Rounding)
	if err := errors.Join(err, tables); err != nil {
		return err
	}
	if y.records != "" {
		return y.export(ctx, y.records)
	}
	return nil
}

// FindYear is the error of a year that has no folder.
func FindYear(dataFolder string, year int) error {
	if isFolder(filepath.Join(dataFolder, fmt.Sprint(year))) {
		return nil
	}
	years, err := years(dataFolder)
	if err != nil {
		return err
	}
	return fmt.Errorf("%s：没有 %d 年的文件夹，现有 %s；请核对 --year，或新建 %s",
		dataFolder, year, strings.Trim(strings.Join(strings.Fields(fmt.Sprint(years)), "、"), "[]"), filepath.Join(dataFolder, fmt.Sprint(year)))
}

// LastYear is the last year that has a folder of records; an error where there is none.
func LastYear(dataFolder string) (int, error) {
	years, err := years(dataFolder)
	if err != nil {
		return 0, err
	}
	return years[len(years)-1], nil
}

// years are the years that have a folder of records, the earliest first; an
// error where there is none.
func years(dataFolder string) ([]int, error) {
	entries, _ := os.ReadDir(dataFolder)
	var years []int
	for _, entry := range entries {
		year, err := strconv.Atoi(entry.Name())
		if err == nil && entry.Name() == strconv.Itoa(year) && entry.IsDir() {
			years = append(years, year)
		}
	}
	if len(years) == 0 {
		return nil, fmt.Errorf("%s：没有任何年份的记录；请用 workreport init 建立，或用 --data 指明文件夹", dataFolder)
	}
	slices.Sort(years)
	return years, nil
}
