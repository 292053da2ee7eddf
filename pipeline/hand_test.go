package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"workreport/pipeline/contract"
)

// handEdition is the edition of the hand-worked cases: the year 2021, records
// up to 15 April 2022, a session that began on 12 May 2021.
const handEdition = `
year = 2021
organisation = "政协样县委员会"
session = "七届二次会议"
session_date = 2022-04-25
proposal_session = "七届一次"
status = "草案"
cut_off = 2022-04-15
[windows.year]
title = "全年"
first = 2021-01-01
last = 2021-12-31
[windows.session]
title = "七届一次会议以来"
first = 2021-05-12
last = 2022-04-15
[rounding]
policy = "half_up"
percent_places = 2
[tolerances]
about = 5
nearly = 10
`

// records writes a data folder with one year: an empty file for every record
// set, over which the given files are laid.
func records(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	addYear(t, folder, 2021, files)
	return folder
}

// addYear writes another year of the kind that records writes.
func addYear(t *testing.T, folder string, number int, files map[string]string) {
	t.Helper()
	d, err := LoadDefinitions(folder, "")
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		path := filepath.Join(folder, fmt.Sprint(number), name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(contract.EditionFile, strings.NewReplacer("2021", fmt.Sprint(number), "2022", fmt.Sprint(number+1)).Replace(handEdition))
	for _, set := range d.Contract.Sets {
		var titles []string
		for _, f := range set.Fields {
			titles = append(titles, f.Title)
		}
		write(set.Name+".csv", strings.Join(titles, ",")+"\n")
	}
	for name, text := range files {
		write(name, text)
	}
}

func withRecords(t *testing.T, folder string, use func(*Year)) error {
	t.Helper()
	d, err := LoadDefinitions(folder, "")
	if err != nil {
		t.Fatal(err)
	}
	return With(context.Background(), d, folder, 2021, func(y *Year) error { use(y); return nil })
}

// TestByHand runs each case of testdata/hand: a comment with the arithmetic,
// the records, and under "want" the figures they must give.
func TestByHand(t *testing.T) {
	cases, err := filepath.Glob("testdata/hand/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			var want string
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
				} else {
					files[f.Name] = string(f.Data)
				}
			}
			got := map[string]string{}
			err = withRecords(t, records(t, files), func(y *Year) {
				for _, f := range y.Figures {
					got[f.Spec.ID] = f.ValueText + " " + f.Quoted
				}
				for _, c := range y.Checks {
					got[c.Spec.ID] = fmt.Sprint(c.Violations.NumRows(), " 反例")
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSpace(want), "\n")
			if want == "" {
				t.Fatal("the case wants nothing")
			}
			for _, line := range lines {
				id, value, _ := strings.Cut(line, " ")
				if got[id] != value {
					t.Errorf("%s is %q, by hand %q", id, got[id], value)
				}
			}
		})
	}
}
