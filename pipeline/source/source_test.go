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
	book, err := Open(Folder{FS: fstest.MapFS{name: {Data: content}}, Private: t.TempDir()}, name)
	if err != nil {
		return Sheet{}, "", err
	}
	defer book.Close()
	var rows []string
	for row, err := range book.Sheets[0].Rows() {
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
	if err == nil || !strings.HasPrefix(err.Error(), "第3行第3个字符处有既不是 UTF-8 也不是 GBK 的字节") {
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
	if want := "2[编号 日期] 3[M1 44260] 5[M2 2021-03-06]"; err != nil || rows != want {
		t.Errorf("rows %s, %v", rows, err)
	}
}
