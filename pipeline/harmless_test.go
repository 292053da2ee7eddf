package pipeline

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"workreport/pipeline/contract"
)

// TestRecordsStayText publishes records whose texts begin like formulas and look
// like markup, with a row that is rejected among them, and looks through all that
// was written.
func TestRecordsStayText(t *testing.T) {
	formula, markup := `=HYPERLINK("http://x";"y")`, `<script>alert(1)</script><img src=x onerror=alert(2)>`
	cell := func(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
	folder := records(t, map[string]string{
		"trainings.csv": "编号,名称,培训对象,地点,开始日期,结束日期,是否脱产,应到人数,实到人数\n" +
			"1," + cell(formula) + ",全体委员,高都职中,2021-06-01,2021-06-02,是,1,0\n" +
			"2," + cell(markup) + ",全体委员,高都职中,2021-06-01,2021-06-02,是,1,0\n" +
			"3,+1+1,全体委员,@x,2021-06-01,2021-06-02,是,许多,0\n" +
			"4,-1+1,全体委员,＝1,2021-06-01,2021-06-02,是,1,0\n",
		"units.csv": "名称,类型,上级单位,设立日期,撤销日期,协商工作方法\n" + cell(formula) + ",界别,,,,\n" + cell(markup) + ",界别,,,,\n",
		"members.csv": "委员编号,姓名,手机号,党派,界别,状态,任职日期\n=A1,某某某,13800000000,中共," + cell(formula) + ",在任,2021-05-12\n" +
			"B,张三丰,13900000000,无此党,,在任,2021-05-12\n",
	})
	r, err := Run(context.Background(), Options{Year: 2021, Data: folder, Out: t.TempDir(), Now: time.Unix(0, 0), AllowRejected: 2, Progress: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	files, _ := filepath.Glob(filepath.Join(r.Published.Current, "*"))
	tables, _ := filepath.Glob(filepath.Join(r.Published.Current, "tables", "*"))
	for _, path := range append(files, tables...) {
		content, err := os.ReadFile(path)
		if err != nil {
			continue // a folder
		}
		for _, secret := range []string{"张三丰", "某某某", "13800000000", "13900000000"} {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("%s shows what is private", filepath.Base(path))
			}
		}
		switch filepath.Ext(path) {
		case ".csv":
			seen += harmlessCSV(t, path, content)
		case ".html":
			if regexp.MustCompile(`<script>alert|<img src=x`).Match(content) {
				t.Errorf("%s has markup from a record", filepath.Base(path))
			}
			seen++
		case ".xlsx", ".docx":
			harmlessPackage(t, path, content)
			seen++
		}
	}
	if seen < 20 {
		t.Errorf("only %d cells and documents were looked at", seen)
	}
}

func harmlessCSV(t *testing.T, path string, content []byte) (cells int) {
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte(contract.BOM))))
	in.FieldsPerRecord = -1
	for {
		row, err := in.Read()
		if err == io.EOF {
			return cells
		}
		if err != nil {
			t.Fatal(path, err)
		}
		for _, cell := range row {
			if regexp.MustCompile(`^[=@＝＠]|^[+\-].*[A-Za-z+(]`).MatchString(cell) {
				t.Errorf("%s: %q is a formula to a spreadsheet", filepath.Base(path), cell)
			}
			cells++
		}
	}
}

func harmlessPackage(t *testing.T, path string, content []byte) {
	parts, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(r)
		if bytes.Contains(text, []byte("<script>alert")) || bytes.Contains(text, []byte("onerror=alert(2)>")) {
			t.Errorf("%s %s has markup from a record", filepath.Base(path), part.Name)
		}
	}
	if filepath.Ext(path) != ".xlsx" {
		return
	}
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		rows, _ := book.GetRows(sheet)
		for i, row := range rows {
			for j, cell := range row {
				name, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, _ := book.GetCellFormula(sheet, name); formula != "" && strings.Contains(cell, "HYPERLINK") {
					t.Errorf("%s %s %s is a formula", filepath.Base(path), sheet, name)
				}
			}
		}
	}
}
