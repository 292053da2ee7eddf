package change

import (
	"context"
	"encoding/csv"
	"fmt"
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
		is, err := grid(after.edition, t)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(before.queries.Tables, func(o queries.Table) bool { return o.ID == t.ID })
		if at < 0 {
			c.Tables = append(c.Tables, Table{ID: t.ID, Title: t.Title, How: Added, Cells: []Cell{}, Records: []int{}})
			continue
		}
		was, err := grid(before.edition, before.queries.Tables[at])
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
	return nil
}

// sheet is a table as published: its heading, and its rows by their key.
type sheet struct {
	heading []string
	keys    []string
	rows    map[string][]string
}

func grid(e edition.Edition, t queries.Table) (sheet, error) {
	g := sheet{rows: map[string][]string{}}
	name := "tables/" + t.ID + ".csv"
	text, err := e.Read(name)
	if err != nil {
		return g, err
	}
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil || len(all) == 0 {
		return g, fmt.Errorf("%s/%s：读不懂：%w", e.Folder, name, err)
	}
	g.heading = all[0]
	var columns []int
	for i, column := range t.Columns {
		if slices.Contains(t.Key, column.Name) {
			columns = append(columns, i)
		}
	}
	for _, row := range all[1:] {
		var key []string
		for _, i := range columns {
			if row[i] != "" {
				key = append(key, row[i])
			}
		}
		text := strings.Join(key, "，")
		if len(key) == 0 {
			text = row[0]
		}
		g.keys, g.rows[text] = append(g.keys, text), row
	}
	return g, nil
}

// differ lists the cells that two tables do not share, in the order of the rows.
func differ(was, is sheet) []Cell {
	var cells []Cell
	for _, key := range is.keys {
		then, there := was.rows[key]
		if !there {
			cells = append(cells, Cell{Row: key, New: strings.Join(is.rows[key], "，")})
			continue
		}
		for i, now := range is.rows[key] {
			at := slices.Index(was.heading, is.heading[i])
			if at >= 0 && at < len(then) && then[at] != now {
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
		if t.How != Altered {
			continue
		}
		now, then := tableOf(a.after.queries, t.ID), tableOf(a.before.queries, t.ID)
		var err error
		if now.Records == "" || then.Records == "" {
			t.Records, err = a.ofSources(ctx, now)
		} else {
			t.Records, err = a.behind(ctx, then, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func tableOf(set queries.Set, id string) queries.Table {
	at := slices.IndexFunc(set.Tables, func(t queries.Table) bool { return t.ID == id })
	return set.Tables[at]
}

func (a *attribution) ofSources(ctx context.Context, t queries.Table) ([]int, error) {
	sources, err := a.stores[1].Sources(ctx, store.Query{Body: t.SQL, File: t.File, Line: t.Line})
	if err != nil {
		return nil, err
	}
	return append([]int{}, a.related(cause{sources: sources})...), nil
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
