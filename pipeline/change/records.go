package change

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/source"
	"workreport/pipeline/store"
)

// maxListed is how many differences of one set are listed.
const maxListed = 5000

// records lists the records of one year that are new, gone or altered.
func (c *Changes) records(ctx context.Context, private string, then, now year, before, after side) error {
	if then.year != now.year && then.year != 0 && now.year != 0 {
		return nil // of two years, every record is another
	}
	of := max(then.year, now.year)
	for _, set := range sets(before.contract, after.contract) {
		if then.sums[set.Name] == now.sums[set.Name] {
			continue
		}
		was, ok := before.contract.Set(set.Name)
		if !ok {
			was = set
		}
		fields, list, tally, err := store.Differ(ctx, private, was, set, then.file(set.Name), now.file(set.Name), maxListed)
		if err != nil {
			return err
		}
		if tally == (store.Tally{}) {
			continue // the same records stand in other rows
		}
		listed := paired(set, fields, list)
		both := len(list) - len(listed)
		c.Counts = append(c.Counts, Count{of, set.Name, set.Title, tally.Added - both, tally.Gone - both, tally.Altered + both, len(listed)})
		for _, d := range listed {
			c.Records = append(c.Records, recordOf(of, set, fields, d))
		}
	}
	return nil
}

// sets are the record sets of either contract.
func sets(before, after contract.Contract) []contract.Set {
	all := slices.Clone(after.Sets)
	for _, set := range before.Sets {
		if _, ok := after.Set(set.Name); !ok {
			all = append(all, set)
		}
	}
	return all
}

// paired puts a record that is gone and one that is new together where they are
// one row of a file whose key was changed: they stand in the same line, counted
// from the rows that stayed, and share all but the key, or, where the key is
// nearly all there is, all but one field. Where rows of such a set were also
// added or taken out, that cannot be told, and they stay two.
func paired(set contract.Set, fields []string, list []store.Difference) []store.Difference {
	gone, added := map[source.Place][]int{}, map[source.Place][]int{}
	for i, d := range list {
		switch {
		case !d.After.There():
			sheet := source.Place{File: d.Before.Place.File, Sheet: d.Before.Place.Sheet}
			gone[sheet] = append(gone[sheet], i)
		case !d.Before.There():
			sheet := source.Place{File: d.After.Place.File, Sheet: d.After.Place.Sheet}
			added[sheet] = append(added[sheet], i)
		}
	}
	lost := map[int]bool{}
	for sheet, out := range gone {
		in := added[sheet]
		for k, i := range out {
			for l, j := range in {
				sameLine := list[i].Before.Place.Row-k == list[j].After.Place.Row-l
				if sameLine && !lost[j] && !lost[i] && sameRow(set, fields, list[i].Before.Values, list[j].After.Values, len(out) == len(in)) {
					list[i].After, lost[j] = list[j].After, true
					break
				}
			}
		}
	}
	var kept []store.Difference
	for i, d := range list {
		if !lost[i] {
			kept = append(kept, d)
		}
	}
	slices.SortStableFunc(kept, func(a, b store.Difference) int { return comparePlaces(place(a), place(b)) })
	return kept
}

func comparePlaces(a, b source.Place) int {
	return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Sheet, b.Sheet), a.Row-b.Row)
}

// sameRow tells whether two records with different keys are one row of a file.
func sameRow(set contract.Set, fields []string, was, is []string, balanced bool) bool {
	other, content := 0, 0
	for i, name := range fields {
		isKey := slices.Contains(set.PrimaryKey, name)
		if !isKey && was[i] != "" {
			content++
		}
		if was[i] != is[i] {
			if !isKey {
				return false
			}
			other++
		}
	}
	return content >= 3 || balanced && other == 1
}

func recordOf(of int, set contract.Set, fields []string, d store.Difference) Record {
	there, how := d.After, Altered
	switch {
	case !d.Before.There():
		how = Added
	case !d.After.There():
		there, how = d.Before, Gone
	}
	r := Record{Year: of, Set: set.Name, Title: set.Title, How: how, File: there.Place.File, Sheet: there.Place.Sheet, Row: there.Place.Row,
		Fields: []Field{}, Figures: []string{}}
	if how == Altered && d.Before.Place != d.After.Place {
		r.OldFile, r.OldSheet, r.OldRow = d.Before.Place.File, d.Before.Place.Sheet, d.Before.Place.Row
	}
	var key []string
	for i, name := range fields {
		f, _ := set.Field(name)
		field := Field{Name: name, Title: f.Title}
		if d.Before.There() {
			field.Old = d.Before.Values[i]
		}
		if d.After.There() {
			field.New = d.After.Values[i]
		}
		if field.Old != field.New {
			r.Fields = append(r.Fields, field)
		}
		if slices.Contains(set.PrimaryKey, name) {
			key = append(key, there.Values[i])
		}
	}
	r.Key = strings.Join(key, "，")
	return r
}

// place is where the record stands, or stood.
func place(d store.Difference) source.Place {
	if d.After.There() {
		return d.After.Place
	}
	return d.Before.Place
}

// before and after are where a record stood in either edition.
func (r Record) places() (before, after source.Place) {
	after = source.Place{File: r.File, Sheet: r.Sheet, Row: r.Row}
	before = after
	if r.OldRow > 0 {
		before = source.Place{File: r.OldFile, Sheet: r.OldSheet, Row: r.OldRow}
	}
	switch r.How {
	case Added:
		before = source.Place{}
	case Gone:
		after = source.Place{}
	}
	return before, after
}
