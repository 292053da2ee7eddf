package pipeline

import (
	"os"
	"path/filepath"

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
	AllowRejected  int  // how many rows may be kept out before the run ends
	WithRecords    bool // whether to read what stands behind the tables and highlights of this year
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
