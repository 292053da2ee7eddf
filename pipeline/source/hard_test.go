package source

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestPublicHardFiles reads the files of csv-spectrum, a public set of hard CSV
// files with what they must read as.
func TestPublicHardFiles(t *testing.T) {
	folder := "../../charts/assets/node_modules/csv-spectrum"
	names, _ := filepath.Glob(folder + "/csvs/*.csv")
	if len(names) == 0 {
		t.Skip("csv-spectrum is not installed (make test installs it)")
	}
	for _, name := range names {
		stem := Stem(name)
		t.Run(stem, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(folder, "json", stem+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want []map[string]string
			if text[0] == '{' { // one of them is not in a list
				text = []byte("[" + string(text) + "]")
			}
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			book, err := Open(Folder{FS: os.DirFS(filepath.Join(folder, "csvs"))}, stem+".csv")
			if err != nil {
				t.Fatal(err)
			}
			defer book.Close()
			var rows []Row
			for row, err := range book.Sheets[0].Rows() {
				if err != nil {
					t.Fatal(err)
				}
				rows = append(rows, row)
			}
			if n := book.Sheets[0].Count.Filled; n != len(rows) || len(rows) != len(want)+1 {
				t.Fatalf("%d rows counted, %d read, %d wanted below the heading", n, len(rows), len(want))
			}
			for i, record := range want {
				for column, name := range rows[0].Cells {
					if stem == "location_coordinates" && column == 0 {
						continue // the set's own answer has another telephone number than its file
					}
					if got, want := rows[i+1].Cells[column], strings.ReplaceAll(record[name], "\r\n", "\n"); got != want {
						t.Errorf("record %d, %s: %q, want %q", i+1, name, got, want)
					}
				}
			}
		})
	}
}

// packed is a workbook with the given parts over those of an empty one.
func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	var empty, b bytes.Buffer
	if err := book.Write(&empty); err != nil {
		t.Fatal(err)
	}
	in, err := zip.NewReader(bytes.NewReader(empty.Bytes()), int64(empty.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := zip.NewWriter(&b)
	for _, part := range in.File {
		if _, ours := parts[part.Name]; !ours {
			if err := out.Copy(part); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, text := range parts {
		w, err := out.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, text)
	}
	out.Close()
	return b.Bytes()
}

const sheetPart = "xl/worksheets/sheet1.xml"

func sheetOf(rows string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

// TestHostileWorkbooks gives what no office would keep; each must end in a clear
// error, soon.
func TestHostileWorkbooks(t *testing.T) {
	const first = `<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c></row>`
	for name, c := range map[string]struct{ rows, want string }{
		"a cell of 100 MB":       {first + `<row r="2"><c r="A2" t="inlineStr"><is><t>` + strings.Repeat("x", 100<<20) + `</t></is></c></row>`, "有一格长得不像话"},
		"a cell in many pieces":  {first + `<row r="2"><c r="A2" t="inlineStr"><is>` + strings.Repeat("<r><t>"+strings.Repeat("x", 1000)+"</t></r>", 2000) + `</is></c></row>`, "有一格长得不像话"},
		"a tag without an end":   {first + `<row r="2" x="` + strings.Repeat("x", 2<<20), "有一格长得不像话"},
		"a row far below":        {first + `<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>`, "行号"},
		"rows that run back":     {first + `<row r="5"><c r="A5"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>`, "行号"},
		"a column far right":     {first + `<row r="2"><c r="ZZZZZZ2"><v>1</v></c></row>`, "位置"},
		"a text that is not":     {first + `<row r="2"><c r="A2" t="s"><v>7</v></c></row>`, "所指的文字不存在"},
		"cut off":                {first + `<row r="2"><c r="A2"><v>1`, "读不下去"},
		"a bomb of merged cells": {first + `</sheetData><mergeCells>` + strings.Repeat(`<mergeCell ref="A1:B2"/>`, 200_000) + `</mergeCells><sheetData>`, "合并的单元格太多"},
		"an entity that expands": {`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>` + first + `<row r="2"><c r="A2" t="str"><v>&a;</v></c></row>`, "读不下去"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			err := readAll(packed(t, map[string]string{sheetPart: sheetOf(c.rows)}))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if took := time.Since(began); took > 30*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// TestZipBomb gives a workbook that says it unpacks to more than any may.
func TestZipBomb(t *testing.T) {
	bomb := packed(t, map[string]string{sheetPart: sheetOf("")})
	at := bytes.LastIndex(bomb, []byte("PK\x01\x02")) // a directory entry; its unpacked size stands at 24
	for i := range bomb[at+24 : at+28] {
		bomb[at+24+i] = 0xf0
	}
	if err := readAll(bomb); err == nil || !strings.Contains(err.Error(), "展开后大得不像工作簿") {
		t.Errorf("got %v", err)
	}
}

func readAll(content []byte) error {
	book, err := Open(Folder{FS: fstest.MapFS{"x.xlsx": {Data: content}}}, "x.xlsx")
	if err != nil {
		return err
	}
	defer book.Close()
	for _, s := range book.Sheets {
		n := 0
		for _, err := range s.Rows() {
			if err != nil {
				return err
			}
			n++
		}
		if n != s.Count.Filled {
			return fmt.Errorf("%d rows read, %d counted", n, s.Count.Filled)
		}
	}
	return nil
}

// FuzzWorksheet holds the count against the rows, whatever the worksheet is.
func FuzzWorksheet(f *testing.F) {
	for _, seed := range []string{
		`<row r="1"><c r="A1"><v>1</v></c></row>`, `<row><c t="str"><f>x</f><v></v></c></row><row/>`, `<x:row r="3"><x:c><x:v>1</x:v></x:c></x:row>`,
		`<row r="1"><c t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh></is></c></row>`, `<row r="2" hidden="1"><c><f>1</f></c></row>`, `<!-- <row> --><row><c><v/></c></row>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, rows string) {
		err := readAll(packed(t, map[string]string{sheetPart: sheetOf(rows)}))
		if err != nil && strings.Contains(err.Error(), "counted") && !strings.ContainsAny(rows, ":!?&'") {
			t.Error(err)
		}
	})
}

// FuzzWalk holds the walk over the bytes against a reader that takes the rows
// apart: both find the same rows, but for those that the walk calls torn.
func FuzzWalk(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\"a\nb\",c\n\n\r\nd", "a\"b\n\"c\"d\n", "\ufeffx\n", "\"\"\"\n\"", ",,\n合计,\n", "　a\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var filled, torn int
		var last int64
		w := walker{comma: ','}
		w.each = func(r record) {
			if r.start != last && !(last == 0 && r.start == 3) || r.end <= r.start {
				t.Fatalf("row %d is bytes %d to %d, the one before ended at %d", r.row, r.start, r.end, last)
			}
			last = r.end
			if r.torn {
				torn++
			}
			if !r.blank {
				filled++
			}
		}
		if err := w.walk(strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
		if torn > 0 {
			return
		}
		in := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
		in.FieldsPerRecord, in.LazyQuotes = -1, true
		rows, err := in.ReadAll()
		if err == nil && len(rows) != filled {
			t.Errorf("%d rows, the walk found %d", len(rows), filled)
		}
	})
}

// TestWalkAcrossBlocks puts rows of every kind across the borders of the blocks in
// which a text is read.
func TestWalkAcrossBlocks(t *testing.T) {
	for shift := range 80 {
		text := strings.Repeat("x", 1<<20-70+shift) + ",\"a\"\"b\n合\",　c\n\n合计,1\n" + strings.Repeat("长,度\n", 9)
		var got []string
		w := walker{comma: ',', each: func(r record) {
			got = append(got, fmt.Sprint(r.row, r.end-r.start, r.blank, r.odd, r.torn))
		}}
		if err := w.walk(strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
		first := fmt.Sprint(1, strings.Index(text, "\n\n")+1, false, true, false)
		want := append([]string{first, "2 1 true false false", "3 9 false true false"}, make([]string, 9)...)
		for i := range 9 {
			want[3+i] = fmt.Sprintf("%d 8 false false false", 4+i)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("shift %d: %v", shift, got)
		}
	}
}

// FuzzText opens any bytes as a text: no panic, rows in their order, and as many
// as were counted.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\ufeffa\n", "a;b\n\"1\n2\";3", "\xff\xfea\x00\n\x00", "\xb1\xe0\xba\xc5\n\xb1\xe0", "\n\n", "a\rb\r", "a\x00\n\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		book, err := Open(Folder{FS: fstest.MapFS{"x.csv": {Data: content}}, Private: t.TempDir()}, "x.csv")
		if err != nil {
			return
		}
		defer book.Close()
		for _, s := range book.Sheets {
			last, n := 0, 0
			for row, err := range s.Rows() {
				if err != nil {
					return
				}
				if row.Number <= last || row.Number > s.Count.Rows {
					t.Fatalf("row %d of %d comes after row %d", row.Number, s.Count.Rows, last)
				}
				last, n = row.Number, n+1
			}
			if n != s.Count.Filled {
				t.Fatalf("%d rows, %d counted", n, s.Count.Filled)
			}
		}
	})
}
