package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"workreport/data"
	"workreport/pipeline/contract"
	"workreport/queries"
)

// Definitions are the contract and the queries of an office, or those in the program.
type Definitions struct {
	Contract       contract.Contract
	Queries        queries.Set
	ContractFolder string // where they come from, in words
	QueryFolder    string
	Records        string // folder to write this year's records into, and last year's; "" for none
	AllowRejected  int    // how many rows may be kept out before the run ends
	WithRecords    bool   // whether to read what stands behind the tables and highlights of this year
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

// ownQueries is the folder in a year's folder with the definitions in which that
// year differs from the others.
const ownQueries = "queries"

// of are the definitions of a year: with its own, where it has some, laid over.
func (d Definitions) of(dataFolder string, year int) (Definitions, error) {
	folder := filepath.Join(dataFolder, strconv.Itoa(year), ownQueries)
	if !isFolder(folder) {
		return d, nil
	}
	var err error
	d.Queries, err = d.Queries.Overlay(os.DirFS(folder), folder)
	return d, err
}

// Apart is the error of a run that would write into the records, to be asked
// before anything is written.
func Apart(dataFolder, outFolder string, year int) error {
	out, err := filepath.Abs(filepath.Join(outFolder, strconv.Itoa(year)))
	if err != nil {
		return fmt.Errorf("%s：%w", outFolder, err)
	}
	folders := []string{dataFolder}
	entries, _ := os.ReadDir(dataFolder) // that it is not there is said by the run
	for _, entry := range entries {
		folders = append(folders, filepath.Join(dataFolder, entry.Name())) // which may be links to elsewhere
	}
	for _, folder := range folders {
		data, err := filepath.Abs(folder)
		if err != nil {
			return fmt.Errorf("%s：%w", folder, err)
		}
		if inside, err := filepath.Rel(resolved(data), resolved(out)); err == nil && filepath.IsLocal(inside) {
			return fmt.Errorf("结果不能写进记录所在的文件夹：%s 在 %s 里面；请用 --out 换一个", outFolder, dataFolder)
		}
	}
	return nil
}

// resolved is a path without links, as far as it exists.
func resolved(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	parent := filepath.Dir(path)
	if parent == path {
		return path
	}
	return filepath.Join(resolved(parent), filepath.Base(path))
}
