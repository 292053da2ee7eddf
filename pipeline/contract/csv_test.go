package contract

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
)

func TestNoFormulaInCSV(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, []string{"a"}, [][]string{{"=cmd()"}, {"@x"}, {"-2+3"}, {"+12"}, {"-3.5"}, {"+0.97个百分点"}, {"-x"}, {"好"}}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), BOM))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(rows); got != "[[a] ['=cmd()] ['@x] ['-2+3] [+12] [-3.5] [+0.97个百分点] ['-x] [好]]" {
		t.Errorf("got %s", got)
	}
}
