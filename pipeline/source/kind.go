package source

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

type kind int

const (
	text kind = iota
	workbook
)

// kindOf tells from its content what a file is. What cannot be read is an error
// that says what it is and how to save it.
func kindOf(file io.ReaderAt, size int64) (kind, error) {
	head := make([]byte, min(size, 512))
	if _, err := file.ReadAt(head, 0); err != nil && err != io.EOF {
		return text, err
	}
	start := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \r\n\t")))
	switch {
	case size == 0:
		return text, errors.New("文件是空的，连表头也没有，请补上表头")
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return text, oldOffice(file, size)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return workbook, otherPackage(file, size)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return text, errors.New("是 PDF 文件；请找到原来的表格，另存为 .xlsx")
	case bytes.HasPrefix(head, []byte("Rar!")), bytes.HasPrefix(head, []byte("7z\xbc\xaf")), bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return text, errors.New("是压缩包；请解开后把里面的表格放进来")
	case strings.HasPrefix(start, "<html"), strings.HasPrefix(start, "<!doctype html"), strings.HasPrefix(start, "<table"):
		return text, errors.New("其实是网页；请在 Excel 或 WPS 里打开，另存为 .xlsx")
	case strings.HasPrefix(start, "<?xml"):
		return text, errors.New("其实是 XML 文件；请在 Excel 或 WPS 里打开，另存为 .xlsx")
	}
	return text, nil
}

// oldOffice tells apart the files in the compound format of old Office and WPS
// by the names of their streams ([MS-CFB], 2.6.1: UTF-16).
func oldOffice(file io.ReaderAt, size int64) error {
	for _, stream := range []struct{ name, words string }{
		{"EncryptedPackage", "加了密码；请在 Excel 或 WPS 里打开，去掉密码，另存为 .xlsx"},
		{"WordDocument", "是旧格式的 Word 文档（.doc、.wps），不是表格；请把其中的表格复制到 Excel 或 WPS 表格，存为 .xlsx"},
		{"Workbook", "是旧格式的工作簿（.xls、.et）；请在 Excel 或 WPS 里打开，另存为 .xlsx"},
		{"Book", "是很旧格式的工作簿（.xls）；请在 Excel 或 WPS 里打开，另存为 .xlsx"},
	} {
		if contains(io.NewSectionReader(file, 0, size), Wide(stream.name)) {
			return errors.New(stream.words)
		}
	}
	return errors.New("是旧格式的 Office 文件，而且不完整；请在 Excel 或 WPS 里打开，另存为 .xlsx")
}

// Wide is a name in UTF-16, as the compound format of old Office has it.
func Wide(name string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(name)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return b
}

// contains looks for a pattern in a file, a block at a time.
func contains(r io.Reader, pattern []byte) bool {
	block := make([]byte, 1<<16)
	kept := 0
	for {
		n, err := io.ReadFull(r, block[kept:])
		if bytes.Contains(block[:kept+n], pattern) {
			return true
		}
		if err != nil {
			return false
		}
		kept = copy(block, block[kept+n-len(pattern):kept+n])
	}
}

// otherPackage is the error of a package that is no workbook, nil for one that is.
func otherPackage(file io.ReaderAt, size int64) error {
	parts, err := zip.NewReader(file, size)
	if err != nil {
		return errors.New("不完整，可能没有传完；请重新复制，或在 Excel 或 WPS 里打开后另存为 .xlsx")
	}
	for _, part := range parts.File {
		switch {
		case part.Name == "xl/workbook.xml":
			return nil
		case part.Name == "xl/workbook.bin":
			return errors.New("是二进制工作簿（.xlsb）；请在 Excel 里打开，另存为 .xlsx")
		case strings.HasPrefix(part.Name, "word/"):
			return errors.New("是 Word 文档，不是表格；请把其中的表格复制到 Excel 或 WPS 表格，存为 .xlsx")
		case part.Name == "content.xml":
			return errors.New("是 OpenDocument 文件（.ods）；请打开后另存为 .xlsx")
		}
	}
	return errors.New("是压缩包，里面没有工作簿；请解开后把里面的表格放进来")
}
