package draft

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"workreport/pipeline/source"
)

// MaxFile is how large a draft may be, in bytes, packed or not.
const MaxFile = 64 << 20

// maxText is how much text a draft may have, in bytes: some fifty reports.
const maxText = 4 << 20

// Read reads a draft; what it is tells its content, and for Markdown its name.
// What cannot be read is an error that says what it is and how to save it.
func Read(name string, content []byte) (Text, error) {
	t, err := read(name, content)
	if err == nil && strings.TrimSpace(t.String) == "" {
		return Text{}, errors.New("里面没有文字；如果内容是图片，请换成文字")
	}
	if err == nil && len(t.String) > maxText {
		return Text{}, fmt.Errorf("文字超过 %d MB，不像是一份报告", maxText>>20)
	}
	return t, err
}

func read(name string, content []byte) (Text, error) {
	head := strings.ToLower(strings.TrimLeft(string(content[:min(len(content), 512)]), "\ufeff \r\n\t"))
	switch {
	case len(content) > MaxFile:
		return Text{}, fmt.Errorf("文件超过 %d MB，不像是一份报告", MaxFile>>20)
	case len(bytes.TrimSpace(content)) == 0:
		return Text{}, errors.New("文件是空的")
	case bytes.HasPrefix(content, []byte("PK\x03\x04")), bytes.HasPrefix(content, []byte("PK\x05\x06")):
		return readPackage(content)
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		if bytes.Contains(content, source.Wide("EncryptedPackage")) {
			return Text{}, errors.New("加了密码；请在 Word 或 WPS 里打开，去掉密码后另存为 .docx")
		}
		return Text{}, errors.New("是旧格式的文档（.doc 或 .wps）；请在 Word 或 WPS 里打开，另存为 .docx")
	case strings.HasPrefix(head, "%pdf"):
		return Text{}, errors.New("是 PDF 文件；请用原来的 Word 文档，或在 WPS 里“PDF 转 Word”后另存为 .docx")
	case strings.HasPrefix(head, `{\rtf`):
		return Text{}, errors.New("是 RTF 文档；请在 Word 或 WPS 里打开，另存为 .docx")
	}
	raw, err := decoded(content)
	if err != nil {
		return Text{}, err
	}
	switch {
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"), strings.HasPrefix(head, "<head"), strings.HasPrefix(head, "<body"), isHTML(name):
		return htmlText(raw), nil
	case strings.EqualFold(path.Ext(name), ".md"), strings.EqualFold(path.Ext(name), ".markdown"):
		t := markdownText(raw)
		t.file = content
		return t, nil
	case strings.ContainsRune(raw, 0):
		return Text{}, errors.New("不是文字文件；请另存为 .docx 或 .txt")
	}
	t := plainText(raw)
	t.file = content
	return t, nil
}

// Extension is how the name of a copy of the draft ends, "" for a text.
func (t Text) Extension() string {
	switch {
	case t.document != nil:
		return ".docx"
	case t.book != nil:
		return ".xlsx"
	}
	return ""
}

func isHTML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".html" || ext == ".htm"
}

// decoded is a text in any encoding, its lines ended with \n.
func decoded(content []byte) (string, error) {
	text, err := source.Decode(content)
	if err != nil {
		return "", fmt.Errorf("%w；请在原来的程序里打开，另存为 UTF-8 的文本或 .docx", err)
	}
	return unixLines(text), nil
}

func unixLines(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// markdownText reads Markdown: its marks are blanks, a table's cells paragraphs.
func markdownText(raw string) Text {
	t := plainText(markdownMarks(raw))
	t.raw = raw
	return t
}

// notText are the targets of links and the comments of Markdown.
var notText = regexp.MustCompile(`\]\([^)\n]*\)|(?s:<!--.*?-->)`)

// markdownMarks puts a blank in the place of every mark of Markdown that can
// stand within a number or between two, byte for byte.
func markdownMarks(raw string) string {
	b := []byte(raw)
	for _, at := range notText.FindAllIndex(b, -1) {
		for i := at[0]; i < at[1]; i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	for i, c := range b {
		if c == '*' || c == '`' || c == '|' {
			b[i] = ' '
			if c == '|' {
				b[i] = '\t'
			}
		}
	}
	for _, at := range placeholder.FindAllStringIndex(raw, -1) {
		if b[at[0]] == raw[at[0]] { // in no comment: its bar is no mark
			copy(b[at[0]:at[1]], raw[at[0]:at[1]])
		}
	}
	return string(b)
}
