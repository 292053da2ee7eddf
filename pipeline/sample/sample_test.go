package sample

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestColumnsAreThoseOfTheContract(t *testing.T) {
	schemas := readSchemas(t)
	if len(schemas) != len(sets) {
		t.Errorf("the contract has %d sets, the sample %d", len(schemas), len(sets))
	}
	for _, s := range sets {
		var want []string
		for _, f := range schemas[s.name].Fields {
			want = append(want, f.Name+":"+f.Title)
		}
		var got []string
		for _, c := range s.columns {
			got = append(got, c.name+":"+c.title)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: columns\n%v\nwant\n%v", s.name, got, want)
		}
	}
}

// The committed years are what Write writes: UPDATE=1 go test ./pipeline/sample writes them again.
func TestCommittedYears(t *testing.T) {
	for _, year := range []int{2020, 2021} {
		committed := filepath.Join("..", "..", "data", strconv.Itoa(year))
		if os.Getenv("UPDATE") != "" {
			if err := os.RemoveAll(committed); err != nil {
				t.Fatal(err)
			}
			write(t, committed, year, 1)
		}
		fresh := filepath.Join(t.TempDir(), "new")
		write(t, fresh, year, 1)
		sameFiles(t, committed, fresh)
	}
}

func TestTwoWritesAreEqual(t *testing.T) {
	for _, scale := range []int{1, 2} {
		one, two := t.TempDir(), t.TempDir()
		write(t, one, 2021, scale)
		if scale == 1 {
			time.Sleep(2 * time.Second) // the grain of a time in a zip
		}
		write(t, two, 2021, scale)
		sameFiles(t, one, two)
	}
}

func TestRefusals(t *testing.T) {
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "units.csv"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dir         string
		year, scale int
		want        string
	}{
		{full, 2021, 1, "不是空的"},
		{t.TempDir(), 1991, 1, "样例年度应在"},
		{t.TempDir(), 2021, 0, "样例倍数应在"},
		{t.TempDir(), 2021, MaxScale + 1, "样例倍数应在"},
	} {
		if err := Write(c.dir, c.year, c.scale); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Write(%d, %d): %v, want %q", c.year, c.scale, err, c.want)
		}
	}
}

func TestRecordsHoldTheContract(t *testing.T) {
	schemas := readSchemas(t)
	for year := 1992; year <= 2050; year++ {
		checkContract(t, schemas, strconv.Itoa(year), build(year))
	}
}

func TestCopiesHoldTogether(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, 2021, 3)
	base, copied := build(2021), map[string][][]string{}
	for _, s := range sets {
		copied[s.name] = readCSV(t, filepath.Join(dir, s.name+".csv"), s)
		if got, want := len(copied[s.name]), 3*len(base[s.name]); got != want {
			t.Errorf("%s: %d rows at scale 3, want %d", s.name, got, want)
		}
	}
	checkContract(t, readSchemas(t), "scale 3", copied)
	issue := func(rows [][]string) int { return count(rows, "opinion_briefs", "issue_no", anyRow) }
	if got, want := issue(copied["opinion_briefs"]), 3*issue(base["opinion_briefs"]); got != want {
		t.Errorf("%d issue numbers at scale 3, want %d", got, want)
	}
}

// A cell that begins so would be taken for a formula.
func TestNoCellIsAFormula(t *testing.T) {
	for name, rows := range build(2021) {
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.Contains("=+-@", cell[:1]) {
					t.Errorf("%s: cell %q", name, cell)
				}
			}
		}
	}
}

// The sets that come in other forms hold the same rows.
func TestOtherForms(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, 2021, 1)
	rows := build(2021)

	raw, err := os.ReadFile(filepath.Join(dir, "articles.csv"))
	if err != nil {
		t.Fatal(err)
	}
	utf8, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	got, err := csv.NewReader(bytes.NewReader(utf8)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sameRows(t, "articles", got[1:], rows["articles"])

	book, err := excelize.OpenFile(filepath.Join(dir, "meetings.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if want := []string{"会议", "会议议题"}; !slices.Equal(book.GetSheetList(), want) {
		t.Errorf("sheets %v, want %v", book.GetSheetList(), want)
	}
	for _, sheet := range sheets {
		got, err := book.GetRows(sheet.title)
		if err != nil {
			t.Fatal(err)
		}
		if want := setNamed(sheet.set).titles(); !slices.Equal(got[0], want) {
			t.Errorf("%s: header %v, want %v", sheet.title, got[0], want)
		}
		sameRows(t, sheet.title, got[1:], rows[sheet.set])
	}
}

func sameRows(t *testing.T, name string, got, want [][]string) {
	t.Helper()
	if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("%s: %d rows read are not the %d built", name, len(got), len(want))
	}
}

func write(t *testing.T, dir string, year, scale int) {
	t.Helper()
	if err := Write(dir, year, scale); err != nil {
		t.Fatal(err)
	}
}

func readCSV(t *testing.T, name string, s set) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0], s.titles()) {
		t.Errorf("%s: header %v", s.name, rows[0])
	}
	return rows[1:]
}

func sameFiles(t *testing.T, want, got string) {
	t.Helper()
	read := func(dir string) map[string][]byte {
		files := map[string][]byte{}
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			files[name], err = os.ReadFile(filepath.Join(dir, name))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	a, b := read(want), read(got)
	names := slices.Sorted(maps.Keys(a))
	if other := slices.Sorted(maps.Keys(b)); !slices.Equal(names, other) {
		t.Errorf("files %v, want %v", other, names)
	}
	for _, name := range names {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs from a fresh write", filepath.Join(want, name))
		}
	}
	if len(names) == 0 {
		t.Errorf("no files in %s", want)
	}
}
