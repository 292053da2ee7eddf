package figure

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"

	"workreport/pipeline/contract"
	"workreport/pipeline/quote"
	"workreport/queries"
)

// Catalogue is what a draft is checked against: the figures of a year with their
// wordings and exact values, and how the year writes numbers.
type Catalogue struct {
	Year         int
	Organisation string
	Rounding     contract.Rounding
	Tolerances   contract.Tolerances
	Figures      []Figure
}

type thenEntry struct {
	Value string `json:"value"`
	Unit  string `json:"unit"`
}

type catalogueJSON struct {
	Year         int                 `json:"year"`
	Organisation string              `json:"organisation"`
	Rounding     contract.Rounding   `json:"rounding"`
	Tolerances   contract.Tolerances `json:"tolerances"`
	Figures      []entry             `json:"figures"`
}

// entry is a figure; values are fractions, so that nothing is lost.
type entry struct {
	ID      string        `json:"id"`
	Title   string        `json:"title"`
	Section string        `json:"section"`
	Unit    string        `json:"unit"`
	Quote   queries.Quote `json:"quote"`
	Says    []string      `json:"says"`
	Note    string        `json:"note"`
	Value   string        `json:"value"`
	Last    string        `json:"last"`
	Then    *thenEntry    `json:"then,omitempty"` // last year by its own definition
	Rows    int64         `json:"rows"`
	Sources []string      `json:"sources"`
}

// LastYear are the figures with the values of the year before, by their own
// definition of then where that was another. A figure without one has no value.
func (c Catalogue) LastYear() Catalogue {
	last := Catalogue{c.Year - 1, c.Organisation, c.Rounding, c.Tolerances, nil}
	for _, f := range c.Figures {
		of := Figure{Spec: f.Spec, Value: f.Last, Sources: f.Sources}
		if f.Then != nil && f.Then.Value != nil {
			of.Value, of.Spec.Unit = f.Then.Value, f.Then.Spec.Unit
		}
		of.write(c.Rounding)
		last.Figures = append(last.Figures, of)
	}
	return last
}

// WriteJSON writes the figures that have a number: those that a report quotes and
// those that are the basis of others, which have no wordings.
func (c Catalogue) WriteJSON(w io.Writer) error {
	page := catalogueJSON{c.Year, c.Organisation, c.Rounding, c.Tolerances, []entry{}}
	for _, f := range c.Figures {
		if f.Spec.Claim == "" {
			var then *thenEntry
			if f.Then != nil && f.Then.Value != nil {
				then = &thenEntry{fraction(f.Then.Value), f.Then.Spec.Unit}
			}
			page.Figures = append(page.Figures, entry{f.Spec.ID, f.Spec.Title, f.Spec.Section, f.Spec.Unit, f.Spec.Quote, append([]string{}, f.Spec.Says...),
				f.Spec.Note, fraction(f.Value), fraction(f.Last), then, f.Rows, f.Sources})
		}
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(page)
}

func fraction(x *big.Rat) string {
	if x == nil {
		return ""
	}
	return x.RatString()
}

// ReadCatalogue reads what WriteJSON wrote.
func ReadCatalogue(text []byte) (Catalogue, error) {
	var page catalogueJSON
	if err := json.Unmarshal(text, &page); err != nil {
		return Catalogue{}, fmt.Errorf("读不懂：%w", err)
	}
	c := Catalogue{page.Year, page.Organisation, page.Rounding, page.Tolerances, nil}
	for _, e := range page.Figures {
		f := Figure{Spec: queries.Figure{ID: e.ID, Title: e.Title, Section: e.Section, Unit: e.Unit, Quote: e.Quote, Says: e.Says, Note: e.Note},
			Rows: e.Rows, Sources: e.Sources}
		type number struct {
			text string
			into **big.Rat
		}
		numbers := []number{{e.Value, &f.Value}, {e.Last, &f.Last}}
		if e.Then != nil {
			f.Then = &Then{Spec: queries.Figure{Unit: e.Then.Unit}}
			numbers = append(numbers, number{e.Then.Value, &f.Then.Value})
		}
		for _, number := range numbers {
			if number.text == "" {
				continue
			}
			x, ok := new(big.Rat).SetString(number.text)
			if !ok {
				return Catalogue{}, fmt.Errorf("%s 的数值“%s”读不懂", e.ID, number.text)
			}
			*number.into = x
		}
		f.write(c.Rounding)
		if f.Last != nil {
			f.LastText = quote.Exact(f.Last, c.Rounding.Policy)
		}
		c.Figures = append(c.Figures, f)
	}
	return c, nil
}
