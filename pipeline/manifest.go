package pipeline

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"

	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
	"workreport/pipeline/source"
)

// manifest says what the edition is made from.
func manifest(r Result, o Options) (edition.Manifest, error) {
	m := edition.Manifest{Year: o.Year, Time: o.Now.UTC(), Records: map[string]int{},
		Versions: map[string]string{"workreport": o.Version, "go": runtime.Version(), "duckdb": r.Year.Engine},
		Settings: map[string]string{"queries": base(r.Definitions.QueryFolder), "contract": base(r.Definitions.ContractFolder),
			"template": base(o.Template), "pdf": strconv.FormatBool(o.PDF), "allow_rejected": strconv.Itoa(o.AllowRejected)}}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/marcboeker/go-duckdb/v2" {
				m.Versions["go-duckdb"] = module.Version
			}
		}
	}
	if o.Template != "" {
		template, err := edition.Hash(os.DirFS(filepath.Dir(o.Template)), filepath.Base(o.Template))
		if err != nil {
			return m, fmt.Errorf("模板 %s：%w", o.Template, err)
		}
		template.Path = "template/" + template.Path
		m.Inputs = append(m.Inputs, template)
	}
	m.Inputs = append(m.Inputs, hashes("contract/", r.Definitions.Contract.Texts)...)
	m.Inputs = append(m.Inputs, hashes("queries/", r.Definitions.Queries.Texts)...)
	m.Accepted = r.accepted
	if o.Accept {
		m.Accepted = append(m.Accepted, r.Doubts...)
	}
	for set, loaded := range r.Year.loaded() {
		m.Records[set] = loaded
	}
	for _, y := range append(r.years(), r.Older...) {
		inputs, err := y.inputs()
		if err != nil {
			return m, err
		}
		m.Inputs = append(m.Inputs, inputs...)
	}
	return m, nil
}

// base is the name of a file without the folders of this machine, "" for none.
func base(path string) string {
	if path == "" {
		return ""
	}
	return filepath.Base(path)
}

// hashes are files that were read as texts, sorted by name.
func hashes(folder string, texts map[string]string) []edition.File {
	var files []edition.File
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		files = append(files, edition.HashOf(folder+name, []byte(texts[name])))
	}
	return files
}

// loaded is how many rows of each set got in.
func (y *Year) loaded() map[string]int {
	loaded := map[string]int{}
	for _, reading := range y.Readings {
		loaded[reading.Set.Name] += reading.Account.Loaded
	}
	return loaded
}

// inputs are the files that a year was read from, with their digests.
func (y *Year) inputs() ([]edition.File, error) {
	var list []edition.File
	folder := os.DirFS(y.Folder)
	for _, f := range y.files {
		file, err := edition.Hash(folder, f.name)
		if err == nil {
			var now source.Stamp
			if now, err = source.StampOf(folder, f.name); err == nil && now != f.stamp {
				err = source.ErrChanged
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s：%w", filepath.Join(y.Folder, f.name), err)
		}
		file.Path = fmt.Sprintf("%d/%s", y.Edition.Year, f.name)
		list = append(list, file)
	}
	settings := edition.HashOf(fmt.Sprintf("%d/%s", y.Edition.Year, contract.EditionFile), []byte(y.Edition.Text))
	return append(list, settings), nil
}
