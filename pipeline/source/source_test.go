package source

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func read(t *testing.T, name string, content []byte) (Sheet, string, error) {
	t.Helper()
	book, err := Open(fstest.MapFS{name: {Data: content}}, name)
	if err != nil {
		return Sheet{}, "", err
	}
	defer book.Close()
	var rows []string
	for row, err := range book.Sheets[0].Rows {
		if err != nil {
			return Sheet{}, "", fmt.Errorf("%s：%w", name, err)
		}
		rows = append(rows, fmt.Sprintf("%d%v", row.Number, row.Cells))
	}
	return book.Sheets[0], strings.Join(rows, " "), nil
}

func TestEncodings(t *testing.T) {
	const text = "编号,标题\n1,㐀镕\n"
	gbk, _ := simplifiedchinese.GB18030.NewEncoder().String(text)
	utf16, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	for name, content := range map[string]string{"UTF-8": text, "mark": "\ufeff" + text, "GB18030": gbk, "UTF-16": utf16} {
		_, rows, err := read(t, "x.csv", []byte(content))
		if err != nil || rows != "1[编号 标题] 2[1 㐀镕]" {
			t.Errorf("%s: rows %s, %v", name, rows, err)
		}
	}
	_, _, err := read(t, "x.csv", []byte("编号,标题\n1,好\n2,\xff\xff\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "x.csv 第3行：") {
		t.Errorf("got %v", err)
	}
}

func TestRowsAreNumberedAsExcelDoes(t *testing.T) {
	// line 1 header, 2 a row, 3 blank, 4-5 one row with a line break, 6 a row without a last newline
	_, rows, err := read(t, "x.csv", []byte("a,b\n1,x\n\n2,\"y\nz\"\n3,w"))
	if want := "1[a b] 2[1 x] 4[2 y\nz] 5[3 w]"; err != nil || rows != want {
		t.Errorf("rows %q, %v, want %q", rows, err, want)
	}
}

func TestSeparators(t *testing.T) {
	for _, text := range []string{"a,b\n1,2\n", "a;b\n1;2\n", "a\tb\r\n1\t2\r\n"} {
		if _, rows, err := read(t, "x.csv", []byte(text)); err != nil || rows != "1[a b] 2[1 2]" {
			t.Errorf("%q: rows %s, %v", text, rows, err)
		}
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	for name, content := range map[string]string{"empty.csv": "", "old.xls": "x", "broken.xlsx": "PK\x03\x04", "locked.xlsx": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "quote.csv": "a,b\n1,\"x\ny"} {
		if _, _, err := read(t, name, []byte(content)); err == nil || !strings.HasPrefix(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestWorkbook(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	book.SetSheetName("Sheet1", "会议")
	book.SetSheetRow("会议", "A2", &[]any{"编号", "日期"}) // row 1 is blank
	book.SetSheetRow("会议", "A3", &[]any{"M1", 44260})
	book.SetSheetRow("会议", "A5", &[]any{"M2", "2021-03-06"})
	book.NewSheet("空")
	var buffer bytes.Buffer
	if err := book.Write(&buffer); err != nil {
		t.Fatal(err)
	}
	_, rows, err := read(t, "会议.xlsx", buffer.Bytes())
	if want := "2[编号 日期] 3[M1 44260] 4[] 5[M2 2021-03-06]"; err != nil || rows != want {
		t.Errorf("rows %s, %v", rows, err)
	}
}

func TestFormulaWithoutValueIsRefused(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	book.SetSheetRow("Sheet1", "A1", &[]any{"编号", "日期"})
	book.SetCellFormula("Sheet1", "B2", "DATE(2021,3,1)") // and no cached value
	var buffer bytes.Buffer
	if err := book.Write(&buffer); err != nil {
		t.Fatal(err)
	}
	_, _, err := read(t, "x.xlsx", buffer.Bytes())
	if err == nil || !strings.HasPrefix(err.Error(), "x.xlsx：单元格 B2 的公式没有算出的值") {
		t.Errorf("got %v", err)
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\ufeffa\n", "a;b\n\"1\n2\";3", "\xff\xfea\x00", "编号\n\xb1\xe0", "\n\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		book, err := Open(fstest.MapFS{"x.csv": {Data: content}}, "x.csv")
		if err != nil {
			return
		}
		defer book.Close()
		last := 0
		for row, err := range book.Sheets[0].Rows {
			if err != nil {
				return
			}
			if row.Number <= last {
				t.Fatalf("row %d comes after row %d", row.Number, last)
			}
			last = row.Number
		}
	})
}
