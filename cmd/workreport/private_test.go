package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
)

// TestWhatIsPrivateLeavesInNoOutput gives every member a name and a phone that
// stand nowhere else, runs, breaks a member's row and runs again, alters a name and
// compares, and looks for them in all that was written and said: files as they
// are, the parts of documents, the values of Parquet.
func TestWhatIsPrivateLeavesInNoOutput(t *testing.T) {
	o := sampleOffice(t)
	const name, phone = "不可外传", "13912345678"
	o.edit("data/2021/members.csv", func(rows [][]string, column func(string) int) [][]string {
		for i, row := range rows[1:] {
			row[column("姓名")], row[column("手机号")] = fmt.Sprint(name, i), phone
		}
		return rows
	})
	said := o.must("run", "--year", "2021")
	o.edit("data/2021/members.csv", func(rows [][]string, column func(string) int) [][]string {
		rows[1][column("姓名")] += "改"
		return rows
	})
	said += o.must("run", "--year", "2021")
	said += o.must("diff", "--html", "diff.html") + o.must("diff", "--json") + o.must("history") + o.must("status") + o.must("verify")
	o.edit("data/2021/members.csv", func(rows [][]string, column func(string) int) [][]string {
		rows[2][column("任职日期")] = "不是日期"
		return rows
	})
	out, errs, code := o.run("run", "--year", "2021", "--unattended")
	if code != exitBroken {
		t.Fatalf("code %d", code)
	}
	said += out + errs
	shows := func(where string, content []byte) {
		if bytes.Contains(content, []byte(name)) || bytes.Contains(content, []byte(phone)) {
			t.Errorf("%s shows what is private", where)
		}
	}
	shows("what was said", []byte(said))
	shows("the page", []byte(o.read("diff.html")))
	files, parts := 0, 0
	err := filepath.WalkDir(o.path("out"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		shows(path, content)
		switch filepath.Ext(path) {
		case ".docx", ".xlsx":
			book, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
			if err != nil {
				return err
			}
			for _, part := range book.File {
				parts++
				r, err := part.Open()
				if err != nil {
					return err
				}
				text, err := io.ReadAll(r)
				if err != nil {
					return err
				}
				shows(path+"/"+part.Name, text)
			}
		case ".parquet":
			parts++
			shows(path, []byte(parquetText(t, content)))
		}
		return nil
	})
	if err != nil || files < 500 || parts < 150 {
		t.Errorf("%d files, %d parts, %v", files, parts, err)
	}
	if members := parquetText(t, []byte(o.read("out/2021/current/records/members.parquet"))); !strings.Contains(members, "WY001") || strings.Contains(members, "phone") {
		t.Error("the members are not there, or with their phones")
	}
}

// parquetText is the columns and values of a Parquet file.
func parquetText(t *testing.T, content []byte) string {
	t.Helper()
	reader, err := file.NewParquetReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := pqarrow.NewFileReader(reader, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	table, err := rows.ReadTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for i := range int(table.NumCols()) {
		text.WriteString(table.Column(i).Name() + fmt.Sprint(table.Column(i).Data().Chunks()))
	}
	return text.String()
}
