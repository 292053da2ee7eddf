package change

import (
	"context"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"workreport/pipeline/edition"
	"workreport/pipeline/figure"
	"workreport/pipeline/source"
	"workreport/pipeline/store"
	"workreport/queries"
)

// tables lists the cells of the tables that are other.
func (c *Changes) tables(before, after side) error {
	for _, t := range after.queries.Tables {
		is, err := gridOf(after.edition, t)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(before.queries.Tables, func(o queries.Table) bool { return o.ID == t.ID })
		if at < 0 {
			c.Tables = append(c.Tables, Table{ID: t.ID, Title: t.Title, How: Added, Cells: []Cell{}, Records: []int{}})
			continue
		}
		was, err := gridOf(before.edition, before.queries.Tables[at])
		if err != nil {
			return err
		}
		if cells := differ(was, is); len(cells) > 0 {
			c.Tables = append(c.Tables, Table{ID: t.ID, Title: t.Title, How: Altered, Cells: cells, Records: []int{}})
		}
	}
	for _, t := range before.queries.Tables {
		if !slices.ContainsFunc(after.queries.Tables, func(o queries.Table) bool { return o.ID == t.ID }) {
			c.Tables = append(c.Tables, Table{ID: t.ID, Title: t.Title, How: Gone, Cells: []Cell{}, Records: []int{}})
		}
	}
	return c.lists(before, after)
}

// beside are the published lists that no query of a table makes.
var beside = []struct{ id, path, title string }{
	{queries.TrendID, "tables/" + queries.TrendID + ".csv", "历年数字"},
	{"checks", "checks.csv", "论断和检查"},
}

// lists compares what stands beside the tables, by the first column.
func (c *Changes) lists(before, after side) error {
	for _, list := range beside {
		t := Table{ID: list.id, Title: list.title, How: Altered, Cells: []Cell{}, Records: []int{}}
		was, is := before.edition.Has(list.path), after.edition.Has(list.path)
		switch {
		case !was && !is:
			continue
		case !was:
			t.How = Added
		case !is:
			t.How = Gone
		default:
			then, err := grid(before.edition, list.path, []int{0})
			if err != nil {
				return err
			}
			now, err := grid(after.edition, list.path, []int{0})
			if err != nil {
				return err
			}
			if t.Cells = differ(then, now); len(t.Cells) == 0 {
				continue
			}
		}
		c.Tables = append(c.Tables, t)
	}
	return nil
}

// sheet is a table as published: its heading, and its rows by their key.
type sheet struct {
	heading []string
	keys    []string
	rows    map[string][]string
}

func gridOf(e edition.Edition, t queries.Table) (sheet, error) {
	var columns []int
	for i, column := range t.Columns {
		if slices.Contains(t.Key, column.Name) {
			columns = append(columns, i)
		}
	}
	return grid(e, "tables/"+t.ID+".csv", columns)
}

func grid(e edition.Edition, name string, key []int) (sheet, error) {
	g := sheet{rows: map[string][]string{}}
	text, err := e.Read(name)
	if err != nil {
		return g, err
	}
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil || len(all) == 0 {
		return g, fmt.Errorf("%s/%s：读不懂：%w", e.Folder, name, err)
	}
	g.heading = all[0]
	for _, row := range all[1:] {
		text := keyText(row, key)
		g.keys, g.rows[text] = append(g.keys, text), row
	}
	return g, nil
}

// keyText is the key of a row in words; of the row of totals, what stands first.
func keyText(row []string, key []int) string {
	var parts []string
	for _, i := range key {
		if i < len(row) && row[i] != "" {
			parts = append(parts, row[i])
		}
	}
	if len(parts) == 0 {
		return row[0]
	}
	return strings.Join(parts, "，")
}

// column finds a heading; a year in front of it, which is there only where last
// year stands beside, makes no difference.
func (s sheet) column(heading string) int {
	if at := slices.Index(s.heading, heading); at >= 0 {
		return at
	}
	return slices.IndexFunc(s.heading, func(other string) bool {
		return yearless(other) == yearless(heading) && (other == yearless(other) || heading == yearless(heading))
	})
}

var aYear = regexp.MustCompile(`^\d{4}年`)

func yearless(heading string) string { return aYear.ReplaceAllString(heading, "") }

// wholeColumn stands in the place of a row for a column that came or went.
const wholeColumn = "（整列）"

// differ lists the columns and cells that two tables do not share, in the order of
// the rows.
func differ(was, is sheet) []Cell {
	var cells []Cell
	for _, heading := range is.heading {
		if was.column(heading) < 0 {
			cells = append(cells, Cell{Row: wholeColumn, Column: heading, New: "新增"})
		}
	}
	for _, heading := range was.heading {
		if is.column(heading) < 0 {
			cells = append(cells, Cell{Row: wholeColumn, Column: heading, Old: "删去"})
		}
	}
	for _, key := range is.keys {
		then, there := was.rows[key]
		if !there {
			cells = append(cells, Cell{Row: key, New: strings.Join(is.rows[key], "，")})
			continue
		}
		for i, now := range is.rows[key] {
			if at := was.column(is.heading[i]); at >= 0 && then[at] != now {
				cells = append(cells, Cell{key, is.heading[i], then[at], now})
			}
		}
	}
	for _, key := range was.keys {
		if _, here := is.rows[key]; !here {
			cells = append(cells, Cell{Row: key, Old: strings.Join(was.rows[key], "，")})
		}
	}
	return cells
}

// tables finds the changed records behind the rows of the tables that changed; a
// table that names no records behind it has those of the sets that it reads.
func (a *attribution) tables(ctx context.Context) error {
	for i := range a.changes.Tables {
		t := &a.changes.Tables[i]
		now, ok := tableOf(a.after.queries, t.ID)
		then, there := tableOf(a.before.queries, t.ID)
		if t.How != Altered || !ok || !there {
			continue
		}
		var err error
		var records []int
		if now.Records != "" && then.Records != "" {
			records, err = a.behind(ctx, then, now)
		}
		if err == nil && len(records) == 0 {
			records, err = a.ofSources(ctx, now)
		}
		if err != nil {
			return err
		}
		t.Records = append(t.Records, records...)
	}
	return nil
}

func tableOf(set queries.Set, id string) (queries.Table, bool) {
	at := slices.IndexFunc(set.Tables, func(t queries.Table) bool { return t.ID == id })
	if at < 0 {
		return queries.Table{}, false
	}
	return set.Tables[at], true
}

func (a *attribution) ofSources(ctx context.Context, t queries.Table) ([]int, error) {
	q := store.Query{Body: t.SQL, File: t.File, Line: t.Line}
	if t.Records != "" {
		q = figure.RecordsBody(t)
	}
	sources, err := a.stores[1].Sources(ctx, q)
	if err != nil {
		return nil, err
	}
	var list []int
	for i := a.first; i < len(a.changes.Records); i++ {
		if slices.Contains(sources, a.changes.Records[i].Title) {
			list = append(list, i)
		}
	}
	return list, nil
}

func (a *attribution) behind(ctx context.Context, then, now queries.Table) ([]int, error) {
	var rows [2]map[source.Place]string
	for i, spec := range []queries.Table{then, now} {
		q := figure.RecordsBody(spec)
		q.Before, q.After = "SELECT * FROM (", ") AS records WHERE (_file, _sheet, _row) IN (SELECT (file, sheet, row) FROM "+store.Marked+")"
		record, err := a.stores[i].Query(ctx, q)
		if err != nil {
			return nil, err
		}
		rows[i] = byPlace(record, used(record, spec.SQL+" "+strings.Join(spec.Key, " ")))
	}
	list := []int{}
	for i := a.first; i < len(a.changes.Records); i++ {
		before, after := a.changes.Records[i].places()
		if rows[0][before] != rows[1][after] {
			list = append(list, i)
		}
	}
	return list, nil
}
