// Package change says what is other in one edition than in another: the figures
// and tables, from what to what, and which records did it, field by field. Two
// sealed editions come in, each with its records and definitions; a list goes
// out. It recomputes no figure: what an edition says is what it published.
package change

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"workreport/pipeline/edition"
	"workreport/pipeline/scratch"
)

// Changes is what is other in the edition To than in From. Lists are in the order
// of the report, of the files and their rows.
type Changes struct {
	From        Ref          `json:"from"`
	To          Ref          `json:"to"`
	Settings    []Setting    `json:"settings"`
	Inputs      []Input      `json:"inputs"`
	Definitions []Definition `json:"definitions"`
	Figures     []Figure     `json:"figures"`
	Tables      []Table      `json:"tables"`
	Records     []Record     `json:"records"`
	Counts      []Count      `json:"counts"` // of all records, where Records is cut short
}

// Ref names an edition.
type Ref struct {
	Name   string    `json:"name"`
	Number int       `json:"number"`
	Year   int       `json:"year"`
	Digest string    `json:"digest"`
	Time   time.Time `json:"time"`
}

// How a thing changed.
type How string

// The ways to change.
const (
	Added   How = "added"
	Gone    How = "gone"
	Altered How = "altered"
)

// Title is the way as the reader knows it.
func (h How) Title() string {
	return map[How]string{Added: "新增", Gone: "删去", Altered: "改动"}[h]
}

// Setting is a key of edition.toml.
type Setting struct {
	Year int    `json:"year"`
	Key  string `json:"key"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// Input is a file that the editions were made from.
type Input struct {
	Path string `json:"path"`
	How  How    `json:"how"`
}

// Definition is a query that gives another result, or may.
type Definition struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Kind  string `json:"kind"` // figure, table
	How   How    `json:"how"`
	Noted bool   `json:"noted"` // its note says what it is now in other words than before
}

// Figure is a figure with another value, or with another one of last year.
type Figure struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Section     string    `json:"section"`
	How         How       `json:"how"`
	Old         string    `json:"old"` // as the report writes it
	New         string    `json:"new"`
	OldSentence string    `json:"old_sentence"`
	NewSentence string    `json:"new_sentence"`
	OldLast     string    `json:"old_last"` // last year's value
	NewLast     string    `json:"new_last"`
	Because     []Because `json:"because"`
}

// Because is a cause: records by their place in Changes.Records, of the year they
// are in, or, without records, something else in words.
type Because struct {
	Records []int  `json:"records,omitempty"`
	Words   string `json:"words,omitempty"`
}

// Table is a table with other cells.
type Table struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	How     How    `json:"how"`
	Cells   []Cell `json:"cells"`
	Records []int  `json:"records"` // behind its rows, by their place in Changes.Records
}

// Cell is a cell of a table, or with no Column a whole row.
type Cell struct {
	Row    string `json:"row"`
	Column string `json:"column"`
	Old    string `json:"old"`
	New    string `json:"new"`
}

// Record is a record that is new, gone or altered.
type Record struct {
	Year     int      `json:"year"`
	Set      string   `json:"set"`
	Title    string   `json:"title"` // of the set
	How      How      `json:"how"`
	Key      string   `json:"key"`
	File     string   `json:"file"` // where it stands, or stood where it is gone
	Sheet    string   `json:"sheet,omitempty"`
	Row      int      `json:"row"`
	OldFile  string   `json:"old_file,omitempty"` // where an altered record stood, if that was another place
	OldSheet string   `json:"old_sheet,omitempty"`
	OldRow   int      `json:"old_row,omitempty"`
	Fields   []Field  `json:"fields"`  // of an altered record those that changed, else all that are filled
	Figures  []string `json:"figures"` // that it moved
}

// Field is a field of a record.
type Field struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// Count is how many records of a set changed.
type Count struct {
	Year    int    `json:"year"`
	Set     string `json:"set"`
	Title   string `json:"title"`
	Added   int    `json:"added"`
	Gone    int    `json:"gone"`
	Altered int    `json:"altered"`
	Listed  int    `json:"listed"`
}

// Between compares two editions. It is an error for either to be altered since it
// was published.
func Between(ctx context.Context, from, to edition.Edition) (c Changes, err error) {
	for _, e := range []edition.Edition{from, to} {
		if altered := e.Altered(); len(altered) > 0 {
			return c, fmt.Errorf("%s 发布以后被改动了，不能拿来比较：%s", e.Folder, strings.Join(altered, "；"))
		}
	}
	before, err := open(from)
	if err != nil {
		return c, err
	}
	after, err := open(to)
	if err != nil {
		return c, err
	}
	c = Changes{From: before.ref(), To: after.ref(), Settings: []Setting{}, Inputs: inputs(from, to), Definitions: definitions(before, after),
		Figures: []Figure{}, Tables: []Table{}, Records: []Record{}, Counts: []Count{}}
	private, err := scratch.New()
	if err != nil {
		return c, err
	}
	defer private.Remove()
	c.figures(before, after)
	if err := c.tables(before, after); err != nil {
		return c, err
	}
	for _, half := range []struct {
		last     bool
		of, then year
	}{{false, after.this, before.this}, {true, after.last, before.last}} {
		if err := c.half(ctx, filepath.Join(private.Path, fmt.Sprint(half.last)), half.last, half.then, half.of, before, after); err != nil {
			return c, err
		}
	}
	return c, nil
}

// half compares the records of one of the two years in the editions, and finds
// what they moved.
func (c *Changes) half(ctx context.Context, private string, last bool, then, now year, before, after side) error {
	c.Settings = append(c.Settings, settings(then, now)...)
	first, firstCount := len(c.Records), len(c.Counts)
	if err := c.records(ctx, private, then, now, before, after); err != nil {
		return err
	}
	if !slices.ContainsFunc(c.Figures, func(f Figure) bool { return f.moved(last) }) && len(c.Tables) == 0 {
		return nil
	}
	a := attribution{changes: c, first: first, firstCount: firstCount, last: last, before: before, after: after,
		sameSettings: len(settings(then, now)) == 0}
	return a.run(ctx, private, then, now)
}

// inputs are the files that the editions were made from and do not share.
func inputs(from, to edition.Edition) []Input {
	was, is := byPath(from.Manifest.Inputs), byPath(to.Manifest.Inputs)
	list := []Input{}
	for _, path := range slices.Sorted(maps.Keys(union(was, is))) {
		if how, changed := change(was, is, path); changed {
			list = append(list, Input{path, how})
		}
	}
	return list
}

func byPath(files []edition.File) map[string]string {
	m := map[string]string{}
	for _, f := range files {
		m[f.Path] = f.SHA256
	}
	return m
}

func union[V any](a, b map[string]V) map[string]V {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// change says how a thing of two lists changed, if it did.
func change[V comparable](was, is map[string]V, name string) (How, bool) {
	old, there := was[name]
	now, here := is[name]
	switch {
	case !there:
		return Added, true
	case !here:
		return Gone, true
	}
	return Altered, old != now
}
