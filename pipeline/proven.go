package pipeline

import (
	"slices"

	"workreport/pipeline/proof"
)

// wanted is what the files of an edition must hold.
func wanted(r Result) proof.Want {
	w := proof.Want{Folder: r.Year.Folder, Year: r.Year.name(), Figures: r.Year.Figures, Tables: r.Year.Tables, Loaded: r.Year.loaded()}
	if r.Trend != nil {
		w.Tables = append(slices.Clone(w.Tables), *r.Trend)
	}
	return w
}
