package change

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
	"workreport/queries"
)

// Where an edition keeps what it was computed from, so that two editions can be
// compared to the record.
const (
	RecordsFolder     = "records"      // <set>.parquet of the year
	LastRecordsFolder = "last/records" // of the year before
	SettingsFolder    = "definitions"
	LastFolder        = "last"
	ContractFolder    = "definitions/contract"
	QueriesFolder     = "definitions/queries"
	FiguresFile       = "figures.json"
)

// side is one of the editions, taken apart.
type side struct {
	edition    edition.Edition
	contract   contract.Contract
	queries    queries.Set
	figures    []Published
	this, last year
}

// year is the records and settings of a year in an edition.
type year struct {
	year     int // 0 where the edition has none
	settings contract.Edition
	records  string // folder
	sums     map[string]string
}

// Published is a figure as an edition gives it in FiguresFile; values are texts in
// full precision.
type Published struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Value     string    `json:"value"`
	Unit      string    `json:"unit"`
	Quoted    string    `json:"quoted"`
	Section   string    `json:"section"`
	Kind      string    `json:"kind"`
	Sentence  string    `json:"sentence"`
	LastValue string    `json:"last_value"`
	Change    string    `json:"change"`
	Rows      int64     `json:"rows"`
	Note      string    `json:"note"`
	Sources   []string  `json:"sources"`
	LastOwn   *OwnValue `json:"last_own,omitempty"`
}

// OwnValue is last year's value by last year's own definition, where that was another.
type OwnValue struct {
	Value string `json:"value"`
	Unit  string `json:"unit"`
	Note  string `json:"note"`
}

// last is last year's value, by both definitions where there are two.
func (p Published) last() string {
	if p.LastOwn == nil {
		return p.LastValue
	}
	return fmt.Sprintf("%s（当年口径 %s%s）", p.LastValue, p.LastOwn.Value, p.LastOwn.Unit)
}

// Figures are the figures of an edition.
func Figures(e edition.Edition) (list []Published, err error) {
	text, err := e.Read(FiguresFile)
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil {
		return nil, fmt.Errorf("%s：%w", filepath.Join(e.Folder, FiguresFile), err)
	}
	return list, nil
}

// Queries are the definitions that an edition was computed by.
func Queries(e edition.Edition) (queries.Set, error) {
	folder := filepath.Join(e.Folder, filepath.FromSlash(QueriesFolder))
	if _, err := os.Stat(folder); err != nil {
		return queries.Set{}, fmt.Errorf("%s 里没有定义和记录，是较早的版本发布的，不能比较", e.Folder)
	}
	return queries.Load(os.DirFS(folder), folder)
}

func open(e edition.Edition) (s side, err error) {
	s.edition = e
	if s.figures, err = Figures(e); err != nil {
		return s, err
	}
	if s.queries, err = Queries(e); err != nil {
		return s, err
	}
	folder := filepath.Join(e.Folder, filepath.FromSlash(ContractFolder))
	if s.contract, err = contract.Load(os.DirFS(folder), folder); err != nil {
		return s, err
	}
	if s.this, err = s.openYear(SettingsFolder, RecordsFolder); err != nil {
		return s, err
	}
	s.last, err = s.openYear(LastFolder, LastRecordsFolder)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	return s, err
}

func (s side) openYear(settings, records string) (y year, err error) {
	folder := filepath.Join(s.edition.Folder, filepath.FromSlash(settings))
	if _, err := os.Stat(filepath.Join(folder, contract.EditionFile)); err != nil {
		return y, err
	}
	if y.settings, err = contract.LoadEdition(os.DirFS(folder), folder); err != nil {
		return y, err
	}
	y.year, y.records, y.sums = y.settings.Year, filepath.Join(s.edition.Folder, filepath.FromSlash(records)), map[string]string{}
	for _, f := range s.edition.Manifest.Outputs {
		if set, ok := strings.CutSuffix(path.Base(f.Path), ".parquet"); ok && path.Dir(f.Path) == records {
			y.sums[set] = f.SHA256
		}
	}
	return y, nil
}

// file is where the records of a set are, "" where the edition has none.
func (y year) file(set string) string {
	if y.sums[set] == "" {
		return ""
	}
	return filepath.Join(y.records, set+".parquet")
}

func (s side) ref() Ref {
	m := s.edition.Manifest
	return Ref{s.edition.Name, m.Number, m.Year, m.Digest, m.Time}
}

// definitions are the figures and tables that are defined otherwise, or by one
// edition only.
func definitions(before, after side) []Definition {
	list := []Definition{}
	for _, f := range after.queries.Figures {
		then, there := before.queries.Figure(f.ID)
		d := Definition{ID: f.ID, Title: f.Title, Kind: "figure", How: Altered, Noted: then.Note != f.Note}
		switch {
		case !there:
			d.How, d.Noted = Added, true
		case after.queries.SameFigure(before.queries, f.ID):
			continue
		}
		list = append(list, d)
	}
	for _, f := range before.queries.Figures {
		if _, here := after.queries.Figure(f.ID); !here {
			list = append(list, Definition{ID: f.ID, Title: f.Title, Kind: "figure", How: Gone})
		}
	}
	return append(list, tableDefinitions(before, after)...)
}

func tableDefinitions(before, after side) (list []Definition) {
	find := func(tables []queries.Table, id string) int {
		return slices.IndexFunc(tables, func(t queries.Table) bool { return t.ID == id })
	}
	for _, t := range after.queries.Tables {
		at := find(before.queries.Tables, t.ID)
		switch {
		case at < 0:
			list = append(list, Definition{ID: t.ID, Title: t.Title, Kind: "table", How: Added, Noted: true})
		case !after.queries.SameTable(before.queries, t, before.queries.Tables[at]):
			list = append(list, Definition{ID: t.ID, Title: t.Title, Kind: "table", How: Altered, Noted: before.queries.Tables[at].Note != t.Note})
		}
	}
	for _, t := range before.queries.Tables {
		if find(after.queries.Tables, t.ID) < 0 {
			list = append(list, Definition{ID: t.ID, Title: t.Title, Kind: "table", How: Gone})
		}
	}
	return list
}
