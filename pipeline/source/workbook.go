package source

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxUnpacked bounds what a workbook may unpack to, in bytes.
const maxUnpacked = 400 << 20

func openWorkbook(folder fs.FS, name string) (Book, error) {
	file, err := folder.Open(name)
	if err != nil {
		return Book{}, fmt.Errorf("%s：打不开：%w", name, err)
	}
	content, err := io.ReadAll(io.LimitReader(file, maxUnpacked))
	if err := errors.Join(err, file.Close()); err != nil {
		return Book{}, fmt.Errorf("%s：读不下去：%w", name, err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked})
	if err != nil {
		return Book{}, fmt.Errorf("%s：%s", name, whyUnreadable(content))
	}
	if cell := uncalculated(content); cell != "" {
		book.Close()
		return Book{}, fmt.Errorf("%s：单元格 %s 的公式没有算出的值；请在 Excel 或 WPS 里打开、重新计算后保存", name, cell)
	}
	var sheets []Sheet
	for _, title := range book.GetSheetList() {
		sheet, ok, err := readWorksheet(book, name, title)
		if err != nil {
			book.Close()
			return Book{}, err
		}
		if ok {
			sheets = append(sheets, sheet)
		}
	}
	return Book{File: name, Sheets: sheets, close: book.Close}, nil
}

// whyUnreadable says what is wrong with a file that is no workbook, and what to do.
func whyUnreadable(content []byte) string {
	switch {
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")): // an OLE compound file
		return "加了密码，或其实是旧格式的 .xls；请在 Excel 或 WPS 里打开，去掉密码，另存为 .xlsx"
	case bytes.HasPrefix(content, []byte("PK")):
		return "工作簿不完整或太大；请在 Excel 或 WPS 里打开后另存为 .xlsx"
	}
	return "不是 .xlsx 工作簿；请在 Excel 或 WPS 里打开后另存为 .xlsx"
}

// readWorksheet reads one worksheet. False for one with nothing on it.
func readWorksheet(book *excelize.File, name, title string) (Sheet, bool, error) {
	rows, err := book.Rows(title)
	if err != nil {
		return Sheet{}, false, fmt.Errorf("%s【%s】：%w", name, title, err)
	}
	number := 0
	next := func() (Row, error) {
		if !rows.Next() {
			if err := rows.Error(); err != nil {
				return Row{}, fmt.Errorf("读不下去：%w", err)
			}
			return Row{}, io.EOF
		}
		number++
		cells, err := rows.Columns()
		if err != nil {
			return Row{}, fmt.Errorf("第%d行读不下去：%w", number, err)
		}
		return Row{Number: number, Cells: cells}, nil
	}
	for {
		first, err := next()
		if err == io.EOF {
			return Sheet{}, false, rows.Close()
		}
		if err != nil {
			return Sheet{}, false, fmt.Errorf("%s【%s】：%w", name, title, err)
		}
		if slices.ContainsFunc(first.Cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			return Sheet{File: name, Name: title, Rows: untilEnd(first, next)}, true, nil
		}
	}
}

var formulaAlone = regexp.MustCompile(`<c [^>]*r="([A-Z]+[0-9]+)"[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v/>|<v></v>)?\s*</c>`)

// uncalculated is the first cell of a workbook with a formula and no value, ""
// where there is none: reading it as a blank would lose what it stands for.
func uncalculated(content []byte) string {
	parts, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return ""
	}
	for _, part := range parts.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			continue
		}
		text, err := io.ReadAll(io.LimitReader(r, maxUnpacked))
		r.Close()
		if match := formulaAlone.FindSubmatch(text); err == nil && match != nil {
			return string(match[1])
		}
	}
	return ""
}
