package sample

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// sheets are the sets that share one workbook at scale 1, under the names of their sheets.
var sheets = []struct{ set, title string }{{"meetings", "会议"}, {"meeting_topics", "会议议题"}}

func inWorkbook(set string) bool {
	return set == sheets[0].set || set == sheets[1].set
}

// writeWorkbook writes the sheets as an office keeps them: numbers as numbers, dates as dates.
func writeWorkbook(w io.Writer, rows map[string][][]string) error {
	f := excelize.NewFile()
	defer f.Close()
	layout := "yyyy-mm-dd"
	dated, err := f.NewStyle(&excelize.Style{CustomNumFmt: &layout})
	if err != nil {
		return err
	}
	for i, sheet := range sheets {
		if i == 0 {
			err = f.SetSheetName("Sheet1", sheet.title)
		} else {
			_, err = f.NewSheet(sheet.title)
		}
		if err != nil {
			return err
		}
		if err := writeSheet(f, sheet.title, setNamed(sheet.set), rows[sheet.set], dated); err != nil {
			return err
		}
	}
	var raw bytes.Buffer
	if err := f.Write(&raw); err != nil {
		return err
	}
	return rezip(w, raw.Bytes())
}

func writeSheet(f *excelize.File, title string, s set, rows [][]string, dated int) error {
	out, err := f.NewStreamWriter(title)
	if err != nil {
		return err
	}
	if err := out.SetColWidth(1, len(s.columns), 14); err != nil {
		return err
	}
	for i, row := range slices.Concat([][]string{s.titles()}, rows) {
		cells := make([]any, len(row))
		for j, cell := range row {
			cells[j] = typed(cell, s.columns[j].name, dated)
		}
		if err := out.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

func typed(cell, column string, dated int) any {
	if strings.HasSuffix(column, "_on") {
		if t, err := time.Parse(time.DateOnly, cell); err == nil {
			return excelize.Cell{StyleID: dated, Value: t}
		}
	}
	if n, err := strconv.Atoi(cell); err == nil {
		return n
	}
	return cell
}

// rezip writes the parts again in the order of their names and without times.
func rezip(w io.Writer, raw []byte) error {
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range in.File {
		from, err := part.Open()
		if err != nil {
			return err
		}
		to, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.Copy(to, from); err != nil {
			return err
		}
		if err := from.Close(); err != nil {
			return err
		}
	}
	return out.Close()
}
