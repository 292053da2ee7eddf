package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"workreport/pipeline/contract"
	"workreport/pipeline/draft"
	"workreport/pipeline/fault"
	"workreport/pipeline/source"
)

// atOnce is how many files are loaded at the same time. The engine uses every
// core for one, but puts its rows in order on one of them.
const atOnce = 2

// load reads every file of the folder into the store and lists what is wrong.
func (y *Year) load(ctx context.Context, folder source.Folder) error {
	names, deep, err := source.List(folder.FS)
	if err != nil {
		return fmt.Errorf("%s：%w", y.Folder, err)
	}
	own := func(name string) bool { return strings.HasPrefix(name, ownQueries+"/") }
	for _, name := range slices.DeleteFunc(deep, own) {
		y.say(contract.Problem{File: name, Severity: contract.Warn, Rule: "文件夹里的文件夹，没有读入", Remedy: "里面有记录的请移到上一层"})
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		return name == contract.EditionFile || name == draft.BindingsFile || own(name)
	})
	if err := y.stampOwn(folder.FS); err != nil {
		return fmt.Errorf("%s：%w", y.Folder, err)
	}
	files := make([]file, len(names))
	var all sync.WaitGroup
	places := make(chan struct{}, atOnce)
	for i, name := range names {
		places <- struct{}{}
		all.Go(func() {
			defer func() { <-places }()
			defer fault.Caught(&files[i].err)
			files[i] = y.loadFile(ctx, folder, name)
		})
	}
	all.Wait()
	filled := map[string]bool{}
	for _, f := range files {
		if f.err != nil {
			return f.err
		}
		y.Readings = append(y.Readings, f.readings...)
		for _, p := range f.problems {
			y.say(p)
		}
		for _, set := range f.sets {
			filled[set] = true
		}
		if f.read {
			y.files = append(y.files, stamped{f.name, f.stamp})
		}
	}
	for _, set := range y.Contract.Sets {
		if !filled[set.Name] {
			y.say(contract.Problem{File: y.Folder, Severity: contract.Reject,
				Rule:   fmt.Sprintf("缺“%s”的记录（%s.csv 或 %s.xlsx）", set.Title, set.Name, set.Title),
				Remedy: "没有发生的也要放一个只有表头的文件，可用 workreport init 生成"})
		}
	}
	return nil
}

// stampOwn puts the year's own queries among the files that were read.
func (y *Year) stampOwn(folder fs.FS) error {
	names, err := fs.Glob(folder, ownQueries+"/*/*.sql")
	if err != nil {
		return err
	}
	for _, name := range names {
		stamp, err := source.StampOf(folder, name)
		if err != nil {
			return err
		}
		y.files = append(y.files, stamped{name, stamp})
		y.Own = append(y.Own, name)
	}
	return nil
}

// file is what became of one file of the folder.
type file struct {
	name     string
	stamp    source.Stamp
	read     bool     // it was looked into
	sets     []string // the record sets it holds, or should hold
	readings []*contract.Reading
	problems []contract.Problem
	err      error
}

func (f *file) say(p contract.Problem) {
	p.File = f.name
	f.problems = append(f.problems, p)
}

// refuse says why the file as a whole is refused.
func (f *file) refuse(why error) { f.say(contract.Refusal(why.Error())) }

// belongs finds the record set that a file's name stands for: by the folder it is
// in, or else by its own name. Where there is none, a table may still hold sets
// on its sheets; anything else is not looked into.
func (y *Year) belongs(name string) (skip string, set *contract.Set) {
	if folder := path.Dir(name); folder != "." {
		if set := y.setNamed(folder); set != nil {
			return "", set
		}
		return "所在的文件夹“" + folder + "”不是记录的名称，没有读入；里面有记录的请把文件夹改成记录的名称，如 提案", nil
	}
	if set := y.setNamed(source.Stem(name)); set != nil {
		return "", set
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb":
		return "", nil
	}
	return "不是 .csv 或 .xlsx 文件，没有读入；里面有记录的请另存为 .xlsx 或 .csv", nil
}

// setNamed finds a record set by its name or title, or by one with a number or a
// mark behind it: proposals-2, 提案（补）, 提案2021.
func (y *Year) setNamed(name string) *contract.Set {
	for _, stem := range []string{name, upTo(name)} {
		for i, set := range y.Contract.Sets {
			if stem == set.Name || stem == set.Title {
				return &y.Contract.Sets[i]
			}
		}
	}
	return nil
}

func upTo(name string) string {
	if end := strings.IndexAny(name, "-－—（( ·"); end >= 0 {
		name = name[:end]
	}
	return strings.TrimRight(name, "0123456789年")
}

func (y *Year) loadFile(ctx context.Context, folder source.Folder, name string) (f file) {
	f.name = name
	skip, set := y.belongs(name)
	if skip != "" {
		p := contract.Refusal(skip)
		p.Severity = contract.Warn
		f.say(p)
		return f
	}
	if f.err = ctx.Err(); f.err != nil {
		return f // no use in going through the bytes of the other files
	}
	book, err := source.Open(folder, name)
	f.read, f.stamp = err == nil, book.Stamp
	if err != nil {
		if set != nil {
			f.sets = []string{set.Name} // it is there, and cannot be read
		}
		f.refuse(err)
		return f
	}
	defer book.Close()
	y.bind(&f, book, set)
	for _, r := range f.readings {
		f.sets = append(f.sets, r.Set.Name)
		if f.err = y.loadSheet(ctx, r); f.err != nil {
			return f
		}
		f.problems = append(f.problems, r.Problems...)
	}
	if err := book.Changed(); err != nil {
		f.refuse(err)
	}
	if len(f.readings) == 0 {
		f.refuse(errors.New("文件名（或表名）不是约定的记录，没有读入；请改成记录的名称，如 proposals.csv 或 提案.xlsx；不是记录的请移出这个文件夹"))
	}
	return f
}

// bind finds the record sets of a file's sheets: each by the sheet's own name, or
// else by the file's. A workbook that is named like a set may have other sheets
// beside; which of them are records tell their headings.
func (y *Year) bind(f *file, book source.Book, byFile *contract.Set) {
	for _, sheet := range book.Sheets {
		set := y.setNamed(sheet.Name)
		own := set != nil
		if !own {
			set = byFile
		}
		if set == nil {
			f.say(contract.Problem{Sheet: sheet.Name, Severity: contract.Warn,
				Rule: "这张表不是约定的记录，没有读入", Remedy: "要读入请把表名改成记录的名称"})
			continue
		}
		r := contract.Read(*set, sheet)
		if !own && r.Recognised() < 2 && !r.Bound() && len(book.Sheets) > 1 {
			f.say(contract.Problem{Sheet: sheet.Name, Severity: contract.Warn,
				Rule: "这张表的表头不是“" + set.Title + "”的，没有读入", Remedy: "要读入请核对表头"})
			continue
		}
		f.readings = append(f.readings, r)
	}
}

// loadSheet loads the rows of one sheet and proves its account: the rows counted
// in the file are those that were loaded, rejected or left out, to the last one.
func (y *Year) loadSheet(ctx context.Context, r *contract.Reading) error {
	if r.Bound() {
		if err := y.Store.Load(ctx, r); err != nil {
			return fmt.Errorf("%s：%w", y.Folder, err)
		}
	}
	if a := r.Account; !a.Balanced() {
		return fmt.Errorf("%s/%s %s：行数对不上：文件里 %d 行，空行 %d、表头 %d、合计 %d、入库 %d、拒收 %d；没有写出任何结果，请把这个文件交给维护人员",
			y.Folder, a.File, a.Sheet, a.Rows, a.Blank, a.Heading, a.Totals, a.Loaded, a.Rejected)
	}
	return nil
}
