package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"workreport/data"
	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
	"workreport/pipeline/figure"
	"workreport/pipeline/source"
	"workreport/pipeline/store"
	"workreport/queries"
)

// Broken is the error of records that break the contract; nothing is published.
type Broken struct {
	Problems []contract.Problem // sorted by place; at least one rejects
}

func (b Broken) Error() string {
	return fmt.Sprintf("记录不合约定，共 %d 处，没有写出任何结果", b.Rejects())
}

// Rejects is how many of the problems end the run.
func (b Broken) Rejects() int {
	n := 0
	for _, p := range b.Problems {
		if p.Severity == contract.Reject {
			n++
		}
	}
	return n
}

// Year is one year, read and computed. Its store is open within With only.
type Year struct {
	Folder   string // data/2021, as messages name it
	Edition  contract.Edition
	Contract contract.Contract
	Queries  queries.Set
	Store    *store.Store
	Inputs   []edition.File
	Accounts []contract.Account
	Problems []contract.Problem // warnings; sorted by place
	Figures  []figure.Figure
	Tables   []figure.Table
	Checks   []figure.Check
}

// Definitions are the contract and the queries of an office, or those in the program.
type Definitions struct {
	Contract       contract.Contract
	Queries        queries.Set
	ContractFolder string // where they come from, in words
	QueryFolder    string
}

// inProgram says that definitions come with the program.
const inProgram = "程序自带"

// LoadDefinitions takes the contract from the data folder where it has one, and
// the queries from the folder named, from the data folder where it has some, or
// else those in the program.
func LoadDefinitions(dataFolder, queryFolder string) (d Definitions, err error) {
	contracts, name := data.Contract(), "data/contract"
	d.ContractFolder, d.QueryFolder = inProgram, inProgram
	if folder := filepath.Join(dataFolder, "contract"); isFolder(folder) {
		contracts, name, d.ContractFolder = os.DirFS(folder), folder, folder
	}
	if d.Contract, err = contract.Load(contracts, name); err != nil {
		return d, err
	}
	files, name := queries.Embedded(), "queries"
	if queryFolder == "" && isFolder(filepath.Join(dataFolder, "queries")) {
		queryFolder = filepath.Join(dataFolder, "queries")
	}
	if queryFolder != "" {
		files, name, d.QueryFolder = os.DirFS(queryFolder), queryFolder, queryFolder
	}
	d.Queries, err = queries.Load(files, name)
	return d, err
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// With reads the records of a year, computes all that is declared, and hands the
// year on while its database, a file private to this call, is open. The error is
// Broken where the records break the contract.
func With(ctx context.Context, d Definitions, dataFolder string, year int, use func(*Year) error) error {
	if err := findYear(dataFolder, year); err != nil {
		return err
	}
	private, err := os.MkdirTemp("", "workreport-*")
	if err != nil {
		return fmt.Errorf("临时文件夹建不了：%w", err)
	}
	defer os.RemoveAll(private)
	y := &Year{Folder: filepath.Join(dataFolder, fmt.Sprint(year)), Contract: d.Contract, Queries: d.Queries}
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
	if y.Store, err = store.Open(ctx, private, d.Contract, y.Edition); err != nil {
		return err
	}
	defer y.Store.Close()
	if err := y.compute(ctx, folder); err != nil {
		return err
	}
	return use(y)
}

func (y *Year) compute(ctx context.Context, folder fs.FS) (err error) {
	if err := y.load(ctx, folder); err != nil {
		return err
	}
	if err := y.Store.Seal(ctx, y.Queries.Views); err != nil {
		return err
	}
	if y.Checks, err = figure.RunChecks(ctx, y.Store, y.Queries.Checks); err != nil {
		return err
	}
	for _, c := range y.Checks {
		if c.Spec.Claim == "" {
			y.Problems = append(y.Problems, y.violations(c)...)
		}
	}
	if err := y.accept(); err != nil {
		return err
	}
	var tables error
	y.Figures, err = figure.Compute(ctx, y.Store, y.Queries.Figures, y.Edition.Rounding)
	y.Tables, tables = figure.Tables(ctx, y.Store, y.Queries.Tables, y.Edition.Rounding)
	return errors.Join(err, tables)
}

// findYear is the error of a year that has no folder.
func findYear(dataFolder string, year int) error {
	if isFolder(filepath.Join(dataFolder, fmt.Sprint(year))) {
		return nil
	}
	years := Years(dataFolder)
	if len(years) == 0 {
		return fmt.Errorf("%s：没有任何年份的记录；请用 workreport init 建立，或用 --data 指明文件夹", dataFolder)
	}
	return fmt.Errorf("%s：没有 %d 年的文件夹，现有 %s；请核对 --year，或新建 %s",
		dataFolder, year, strings.Trim(strings.Join(strings.Fields(fmt.Sprint(years)), "、"), "[]"), filepath.Join(dataFolder, fmt.Sprint(year)))
}

// Years are the years that have a folder of records, the earliest first.
func Years(dataFolder string) []int {
	entries, _ := os.ReadDir(dataFolder)
	var years []int
	for _, entry := range entries {
		var year int
		if _, err := fmt.Sscanf(entry.Name(), "%d", &year); err == nil && entry.Name() == fmt.Sprint(year) && entry.IsDir() {
			years = append(years, year)
		}
	}
	return years
}

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

// say keeps a problem, under the name of the year's folder.
func (y *Year) say(p contract.Problem) {
	if !strings.HasPrefix(p.File, y.Folder) {
		p.File = y.Folder + "/" + p.File
	}
	y.Problems = append(y.Problems, p)
}

// violations are the rows that break a check, as problems.
func (y *Year) violations(c figure.Check) []contract.Problem {
	var problems []contract.Problem
	for row := range int(c.Violations.NumRows()) {
		p := contract.Problem{File: y.Folder, Severity: contract.Severity(c.Spec.Severity), Rule: c.Spec.Title, Remedy: c.Spec.Expect}
		var cells []string
		for i, f := range c.Violations.Schema().Fields() {
			text := figure.CellText(c.Violations.Column(i), row)
			switch f.Name {
			case "_file":
				p.File = y.Folder + "/" + text
			case "_sheet":
				p.Sheet = text
			case "_row":
				fmt.Sscan(text, &p.Row)
			default:
				if text != "" {
					cells = append(cells, text)
				}
			}
		}
		p.Value = strings.Join(cells, "，")
		problems = append(problems, p)
	}
	return problems
}

// Claims are the words of the report that the records do not bear out, from
// implicit figures and from checks, as warnings.
func (y *Year) Claims() []contract.Problem {
	var problems []contract.Problem
	say := func(claim, value, remedy string) {
		problems = append(problems, contract.Problem{File: y.Folder, Severity: contract.Warn, Value: value,
			Rule: "报告说“" + claim + "”，记录不支持", Remedy: remedy})
	}
	for _, f := range y.Figures {
		if f.Spec.Claim != "" && !f.Holds() {
			say(f.Spec.Claim, "", fmt.Sprintf("记录只有%s%s，不足%d，见 workreport explain %s", f.ValueText, f.Spec.Unit, f.Spec.AtLeast, f.Spec.ID))
		}
	}
	for _, c := range y.Checks {
		if c.Spec.Claim != "" && !c.Holds() {
			var rows []string
			for _, p := range y.violations(c) {
				rows = append(rows, p.Value)
			}
			say(c.Spec.Claim, strings.Join(rows, "；"), c.Spec.Expect)
		}
	}
	return problems
}

// accept ends the run where a problem rejects, or where there is nothing at all.
func (y *Year) accept() error {
	loaded := 0
	for _, a := range y.Accounts {
		loaded += a.Loaded
	}
	if loaded == 0 {
		y.say(contract.Problem{File: y.Folder, Rule: "没有一条可用的记录", Remedy: "请把本年的记录填入各表", Severity: contract.Reject})
	}
	slices.SortStableFunc(y.Problems, contract.ComparePlaces)
	broken := Broken{y.Problems}
	if broken.Rejects() > 0 {
		slices.SortStableFunc(broken.Problems, func(a, b contract.Problem) int { return cmp.Compare(a.Severity, b.Severity) })
		return broken
	}
	return nil
}

// Unsupported are the figures that no record stands behind.
func (y *Year) Unsupported() []figure.Figure {
	var empty []figure.Figure
	for _, f := range y.Figures {
		if f.Rows == 0 || f.Value == nil {
			empty = append(empty, f)
		}
	}
	return empty
}
