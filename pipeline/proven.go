package pipeline

import (
	"slices"

	"workreport/pipeline/proof"
)

// wanted is what the files of an edition must hold.
func wanted(r Result) proof.Want {
	w := proof.Want{Folder: r.Year.Folder, Figures: r.Year.Figures, Tables: r.Year.Tables, Loaded: map[string]int{}}
	if r.Trend != nil {
		w.Tables = append(slices.Clone(w.Tables), *r.Trend)
	}
	for _, reading := range r.Year.Readings {
		w.Loaded[reading.Set.Name] += reading.Account.Loaded
	}
	return w
}
