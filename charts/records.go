package charts

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
)

// behind answers where a number or a table comes from: its query, and the
// records that it counts, which the script of the page lists.
type behind struct {
	ID    string // of the figure or table, for workreport explain and the script
	Title string // of a part of a ratio, "" for what stands alone
	SQL   string
	All   int64 // records
}

// archive holds the records of the page, each once. Records with the same
// columns share a form; what lies behind a number points at them.
type archive struct {
	contract contract.Contract
	forms    []*form
	Behind   map[string]pointers
}

type form struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
	at      map[string]int
}

// pointers are the records behind a figure or a table: which of the form's, the
// row of the table that each is behind, and how many are behind each row. A
// figure has one row.
type pointers struct {
	Form    int     `json:"form"`
	Records []int   `json:"records"`
	Of      []int   `json:"of"`
	Counts  []int64 `json:"counts"`
	All     int64   `json:"all"`
}

// placeTitles head the columns that say where a record stands.
var placeTitles = []string{"文件", "表", "行"}

// add files the records behind a number under its id.
func (a *archive) add(id string, sources []string, records arrow.Record, of []int, counts []int64, all int64) {
	shown, titles := publicColumns(a.contract, sources, records)
	at := a.form(append(slices.Clone(placeTitles), titles...))
	p := pointers{Form: at, Records: make([]int, 0, records.NumRows()), Of: of, Counts: counts, All: all}
	for row := range int(records.NumRows()) {
		cells := strings.Split(figure.Place(records, row), "\x00")
		for _, column := range shown {
			cells = append(cells, figure.CellText(records.Column(column), row))
		}
		p.Records = append(p.Records, a.forms[at].row(cells))
	}
	a.Behind[id] = p
}

// form finds the form with these columns, or makes it.
func (a *archive) form(columns []string) int {
	i := slices.IndexFunc(a.forms, func(f *form) bool { return slices.Equal(f.Columns, columns) })
	if i < 0 {
		i = len(a.forms)
		a.forms = append(a.forms, &form{Columns: columns, at: map[string]int{}})
	}
	return i
}

// row finds a row of the form, or adds it.
func (f *form) row(cells []string) int {
	key := strings.Join(cells, "\x00")
	i, ok := f.at[key]
	if !ok {
		i, f.at[key] = len(f.Rows), len(f.Rows)
		f.Rows = append(f.Rows, cells)
	}
	return i
}

// json is the archive for the script. Go escapes what could end the element.
func (a *archive) json() ([]byte, error) {
	return json.Marshal(map[string]any{"forms": a.forms, "behind": a.Behind})
}

// publicColumns are the columns of records that may be shown, with the titles of
// the office's forms: fields of the record sets behind the number, none of which
// marks the name private.
func publicColumns(c contract.Contract, sources []string, records arrow.Record) (columns []int, titles []string) {
	for i, f := range records.Schema().Fields() {
		title, private := "", false
		for _, set := range c.Sets {
			field, ok := set.Field(f.Name)
			if !ok || !slices.Contains(sources, set.Title) {
				continue
			}
			private = private || field.Private
			if title == "" {
				title = field.Title
			}
		}
		if title != "" && !private {
			columns, titles = append(columns, i), append(titles, title)
		}
	}
	return columns, titles
}

// behindTable files the records of a table and says where it comes from; none
// where its records were not read.
func (a *archive) behindTable(t figure.Table) []behind {
	if t.Records == nil {
		return nil
	}
	counts := make([]int64, t.Len())
	for row := range counts {
		counts[row] = t.RecordCount(row)
	}
	a.add(t.Spec.ID, t.Sources, t.Records, t.RowsOf(t.Records), counts, t.AllRecords)
	return []behind{{ID: t.Spec.ID, SQL: t.Spec.WholeSQL(), All: t.AllRecords}}
}

// behindFigure does the same for a figure; a ratio has two parts.
func (a *archive) behindFigure(f figure.Figure, all []figure.Figure) []behind {
	if f.Spec.Numerator == "" {
		return a.behindPart(f, "")
	}
	var parts []behind
	for _, part := range []struct{ id, title string }{{f.Spec.Numerator, "分子"}, {f.Spec.Denominator, "分母"}} {
		at := slices.IndexFunc(all, func(f figure.Figure) bool { return f.Spec.ID == part.id })
		if at >= 0 {
			parts = append(parts, a.behindPart(all[at], part.title+"："+all[at].Spec.Title+all[at].Quoted)...)
		}
	}
	return parts
}

func (a *archive) behindPart(f figure.Figure, title string) []behind {
	if f.Records == nil {
		return nil
	}
	a.add(f.Spec.ID, f.Sources, f.Records, make([]int, f.Records.NumRows()), []int64{f.Rows}, f.Rows)
	return []behind{{ID: f.Spec.ID, Title: title, SQL: f.Spec.WholeSQL(), All: f.Rows}}
}
