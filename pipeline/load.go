package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
	"workreport/pipeline/source"
)

// load reads every file of the folder into the store and lists what is wrong.
func (y *Year) load(ctx context.Context, folder fs.FS) error {
	names, others, err := source.List(folder)
	if err != nil {
		return fmt.Errorf("%s：%w", y.Folder, err)
	}
	for _, name := range others {
		if name != contract.EditionFile {
			y.say(contract.Problem{File: name, Severity: contract.Warn, Rule: "不是 .csv 或 .xlsx 文件，没有读入", Remedy: "里面有记录的请另存为 .xlsx 或 .csv"})
		}
	}
	filled := map[string]bool{}
	for _, name := range append(names, contract.EditionFile) {
		file, err := edition.Hash(folder, name)
		if err != nil {
			return fmt.Errorf("%s：%w", filepath.Join(y.Folder, name), err)
		}
		file.Path = fmt.Sprintf("%d/%s", y.Edition.Year, name)
		y.Inputs = append(y.Inputs, file)
	}
	for _, name := range names {
		if err := y.loadFile(ctx, folder, name, filled); err != nil {
			return err
		}
	}
	for _, set := range y.Contract.Sets {
		if !filled[set.Name] {
			y.say(contract.Problem{File: y.Folder, Severity: contract.Reject,
				Rule:   fmt.Sprintf("缺“%s”的记录（%s.csv 或 %s.xlsx）", set.Title, set.Name, set.Title),
				Remedy: "没有发生的也要放一个只有表头的文件，可用 workreport init 生成"})
		}
	}
	if (Broken{y.Problems}).Rejects() > 0 {
		return nil // what refers to rows that were refused would only hide the cause
	}
	keys, err := y.Store.Problems(ctx)
	if err != nil {
		return err
	}
	for _, p := range keys {
		y.say(p)
	}
	return nil
}

func (y *Year) loadFile(ctx context.Context, folder fs.FS, name string, filled map[string]bool) error {
	book, err := source.Open(folder, name)
	if err != nil {
		if set, ok := y.setOf(source.Book{File: name}, source.Sheet{File: name}); ok {
			filled[set.Name] = true // it is there, and cannot be read
		}
		y.say(contract.Problem{File: name, Rule: strings.TrimLeft(strings.TrimPrefix(err.Error(), name), "： "), Severity: contract.Reject})
		return nil
	}
	defer book.Close()
	known := false
	for _, sheet := range book.Sheets {
		set, ok := y.setOf(book, sheet)
		if !ok {
			y.say(contract.Problem{File: name, Sheet: sheet.Name, Severity: contract.Warn,
				Rule: "这张表不是约定的记录，没有读入", Remedy: "要读入请把表名改成记录的名称"})
			continue
		}
		known, filled[set.Name] = true, true
		reading := contract.Read(set, sheet)
		if reading.Bound() {
			if err := y.Store.Load(ctx, reading); err != nil {
				return fmt.Errorf("%s：%w", y.Folder, err)
			}
		}
		y.Accounts = append(y.Accounts, reading.Account)
		for _, p := range reading.Problems {
			y.say(p)
		}
	}
	if !known {
		y.say(contract.Problem{File: name, Severity: contract.Reject,
			Rule: "文件名（或表名）不是约定的记录，没有读入", Remedy: "请改成记录的名称，如 proposals.csv 或 提案.xlsx；不是记录的请移出这个文件夹"})
	}
	return nil
}

// setOf finds the record set of a sheet: by the sheet's name or title, or, in a
// workbook with one sheet, by the file's. "proposals-2" belongs to proposals.
func (y *Year) setOf(book source.Book, sheet source.Sheet) (contract.Set, bool) {
	names := []string{sheet.Title()}
	if len(book.Sheets) == 1 {
		names = append(names, strings.TrimSuffix(book.File, filepath.Ext(book.File)))
	}
	for _, name := range names {
		stem, _, _ := strings.Cut(name, "-")
		for _, set := range y.Contract.Sets {
			if stem == set.Name || stem == set.Title {
				return set, true
			}
		}
	}
	return contract.Set{}, false
}
