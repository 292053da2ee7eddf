package form

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"workreport/data"
	"workreport/pipeline/contract"
	"workreport/queries"
)

func office(t *testing.T) (folder string, c contract.Contract) {
	t.Helper()
	c, err := contract.Load(data.Contract(), "contract")
	if err != nil {
		t.Fatal(err)
	}
	folder = filepath.Join(t.TempDir(), "office")
	if err := Office(folder, 2022, data.Contract(), queries.Embedded(), c); err != nil {
		t.Fatal(err)
	}
	return folder, c
}

func TestEveryHeadingAndListIsOnTheForm(t *testing.T) {
	folder, c := office(t)
	for _, set := range c.Sets {
		book, err := excelize.OpenFile(filepath.Join(folder, "2022", set.Title+".xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows(set.Title)
		if err != nil || len(rows) != 1 || len(rows[0]) != len(set.Fields) {
			t.Fatalf("%s: %v, %v", set.Title, rows, err)
		}
		lists, err := book.GetDataValidations(set.Title)
		if err != nil {
			t.Fatal(err)
		}
		choices := 0
		for i, f := range set.Fields {
			if rows[0][i] != f.Title {
				t.Errorf("%s: column %d is %s, want %s", set.Title, i+1, rows[0][i], f.Title)
			}
			if len(f.Constraints.Enum) > 0 || f.Type == contract.Boolean {
				choices++
			}
		}
		if len(lists) != choices {
			t.Errorf("%s has %d drop-down lists, want %d", set.Title, len(lists), choices)
		}
		if set.Name == "proposals" && !strings.Contains(lists[0].Formula1, "会议,平时") {
			t.Errorf("the first list of proposals is %s", lists[0].Formula1)
		}
		book.Close()
	}
}

func TestSettingsAskToBeFilledIn(t *testing.T) {
	folder, _ := office(t)
	path := filepath.Join(folder, "2022", contract.EditionFile)
	if _, err := contract.LoadEdition(os.DirFS(filepath.Dir(path)), "2022"); err == nil || err.Error() != "2022/edition.toml:3: 设置 organisation 还没有填好" {
		t.Errorf("got %v", err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(text), "×", "样")), 0o644); err != nil {
		t.Fatal(err)
	}
	e, err := contract.LoadEdition(os.DirFS(filepath.Join(folder, "2022")), "2022")
	if err != nil || e.Year != 2022 || len(e.Windows) != 2 {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	folder, c := office(t)
	if err := Office(folder, 2022, data.Contract(), queries.Embedded(), c); err == nil {
		t.Error("a folder that is not empty was written to")
	}
}

func TestFormsAreValidWorkbooks(t *testing.T) {
	validator, err := filepath.Abs("../../charts/assets/node_modules/.bin/ooxml-validator")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(validator); err != nil {
		t.Skip("ooxml-validator is not installed (make test installs it)")
	}
	folder, _ := office(t)
	for _, name := range []string{"提案.xlsx", "委员.xlsx", "帮扶资金.xlsx"} {
		out, err := exec.Command(validator, filepath.Join(folder, "2022", name)).CombinedOutput()
		if err != nil || !strings.Contains(strings.ReplaceAll(string(out), " ", ""), `"ok":true`) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
