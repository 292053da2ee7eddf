package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// charset is an encoding with the name its users know.
type charset struct {
	name     string
	encoding encoding.Encoding
}

var (
	utf8Text  = charset{"UTF-8", unicode.UTF8}
	gbkText   = charset{"GBK", simplifiedchinese.GB18030} // of which GBK is a part
	utf16LE   = charset{"UTF-16", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}
	utf16BE   = charset{"UTF-16", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
	errNoUTF8 = errors.New("not UTF-8")
)

// sizeOfHead is how much of a text is looked at to tell how it is written.
const sizeOfHead = 1 << 16

// guess is the encoding that the first bytes of a text speak for; the whole file decides.
func guess(head []byte) charset {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return utf16LE
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return utf16BE
	case bytes.IndexByte(head, 0) >= 0 && len(head) > 1:
		return withoutMark(head)
	case utf8.Valid(whole(head)):
		return utf8Text
	}
	return gbkText
}

// withoutMark tells UTF-16 without a mark: read so, its zero bytes belong to
// line breaks, separators and digits, and none is left over.
func withoutMark(head []byte) charset {
	for _, c := range []charset{utf16LE, utf16BE} {
		text, err := c.encoding.NewDecoder().Bytes(head[:len(head)/2*2])
		if err == nil && bytes.IndexByte(text, '\n') >= 0 && bytes.IndexByte(text, 0) < 0 && !bytes.Contains(text, []byte("\ufffd")) {
			return c
		}
	}
	if utf8.Valid(whole(head)) {
		return utf8Text
	}
	return gbkText
}

// whole is a text without a character cut off at its end.
func whole(head []byte) []byte {
	for cut := 1; cut < utf8.UTFMax && cut <= len(head); cut++ {
		if start := head[len(head)-cut:]; utf8.RuneStart(start[0]) && !utf8.FullRune(start) {
			return head[:len(head)-cut]
		}
	}
	return head
}

// utf8Reader passes a text on, and fails at the first byte that is not UTF-8.
type utf8Reader struct {
	r    io.Reader
	tail []byte // the beginning of a character, to be completed
}

func (u *utf8Reader) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	rest := p[:n]
	for len(u.tail) > 0 && len(rest) > 0 {
		u.tail, rest = append(u.tail, rest[0]), rest[1:]
		if utf8.Valid(u.tail) {
			u.tail = u.tail[:0]
		} else if utf8.FullRune(u.tail) {
			return 0, errNoUTF8
		}
	}
	cut := whole(rest)
	if !utf8.Valid(cut) {
		return 0, errNoUTF8
	}
	u.tail = append(u.tail, rest[len(cut):]...)
	if err == io.EOF && len(u.tail) > 0 {
		return 0, errNoUTF8
	}
	return n, err
}

// copyAsUTF8 writes a text to a file of its own in UTF-8, lines that end with a
// lone CR, as old Macs wrote them, ended with LF. It fails with errNoUTF8 where
// the text is not in that encoding. The file goes when it is closed by remove.
func copyAsUTF8(r io.Reader, from charset, macLines bool, folder string) (file *os.File, remove func() error, err error) {
	if file, err = os.CreateTemp(folder, "utf8-*.csv"); err != nil {
		return nil, nil, fmt.Errorf("临时文件写不了：%w", err)
	}
	remove = func() error { return errors.Join(file.Close(), os.Remove(file.Name())) }
	decoded := from.encoding.NewDecoder().Reader(r)
	if macLines {
		decoded = transform.NewReader(decoded, macToUnix{})
	}
	if _, err = io.Copy(file, decoded); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("转成 UTF-8 时写不下去：%w", err), remove())
	}
	return file, remove, nil
}

// macToUnix turns every CR into LF.
type macToUnix struct{ transform.NopResetter }

func (macToUnix) Transform(to, from []byte, _ bool) (int, int, error) {
	n := copy(to, from)
	for i, c := range to[:n] {
		if c == '\r' {
			to[i] = '\n'
		}
	}
	if n < len(from) {
		return n, n, transform.ErrShortDst
	}
	return n, n, nil
}

// brokenUTF8 tells a text in UTF-8 with some bad bytes from one in GBK: in the
// latter, hardly any bytes happen to be characters of UTF-8. GBK would read the
// former without a fault, and every character wrongly.
func brokenUTF8(file io.ReaderAt, size int64) bool {
	start := make([]byte, min(size, 4<<20))
	n, _ := file.ReadAt(start, 0)
	good, bad := 0, 0
	for rest := start[:n]; len(rest) > 0; {
		c, size := utf8.DecodeRune(rest)
		switch {
		case c == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		rest = rest[size:]
	}
	return good > 2*bad
}

func unreadable(at BadByte) error {
	return fmt.Errorf("%w；请在原来的程序里重新导出，或用 Excel 另存为“CSV UTF-8”", at)
}

func asItIs(r io.Reader) io.Reader { return r }

// firstBad is where the first character stands that could not be read. What
// marks it is a U+FFFD of so many bytes: 1 for a byte that is not UTF-8, 3 for
// what a decoder put in the place of another.
func firstBad(file io.ReaderAt, size int64, decode func(io.Reader) io.Reader, markSize int) BadByte {
	at := BadByte{1, 1}
	text := bufio.NewReaderSize(decode(io.NewSectionReader(file, 0, size)), 1<<20)
	for {
		c, size, err := text.ReadRune()
		switch {
		case err != nil, c == utf8.RuneError && size == markSize:
			return at
		case c == '\n':
			at = BadByte{at.Line + 1, 1}
		default:
			at.Column++
		}
	}
}

// BadByte is where a text has a byte that is neither UTF-8 nor GBK.
type BadByte struct{ Line, Column int }

func (b BadByte) Error() string {
	return fmt.Sprintf("第%d行第%d个字符处有既不是 UTF-8 也不是 GBK 的字节", b.Line, b.Column)
}

// Decode reads a text held in memory, in UTF-8, GBK or UTF-16 with a mark or
// without; its error is BadByte. A mark at the beginning is left out.
func Decode(content []byte) (string, error) {
	c := charsetOf(content)
	file := bytes.NewReader(content)
	if c == gbkText && brokenUTF8(file, file.Size()) {
		return "", firstBad(file, file.Size(), asItIs, 1)
	}
	text := content
	if c != utf8Text {
		var err error
		if text, err = c.encoding.NewDecoder().Bytes(content); err != nil {
			return "", err
		}
		if bytes.Contains(text, []byte("\ufffd")) {
			return "", firstBad(file, file.Size(), func(r io.Reader) io.Reader { return c.encoding.NewDecoder().Reader(r) }, 3)
		}
	}
	return string(bytes.TrimPrefix(text, []byte("\ufeff"))), nil
}

// charsetOf is the encoding of a text held in memory.
func charsetOf(content []byte) charset {
	c := guess(content[:min(len(content), sizeOfHead)])
	switch valid := utf8.Valid(content); {
	case valid && bytes.Count(content, []byte{0})*4 < len(content):
		return utf8Text // UTF-16 would have more zero bytes, or not be UTF-8
	case c == utf8Text && !valid:
		return gbkText
	}
	return c
}

// Encode writes a text in the encoding of another, with its mark. It is an error
// where the encoding cannot say the text.
func Encode(text string, like []byte) ([]byte, error) {
	c := charsetOf(like)
	mark := ""
	if c != gbkText && strings.HasPrefix(string(decodedHead(c, like)), "\ufeff") {
		mark = "\ufeff"
	}
	content, err := c.encoding.NewEncoder().Bytes([]byte(mark + text))
	if err != nil {
		return nil, fmt.Errorf("%s 的文件写不下这些字", c.name)
	}
	return content, nil
}

// decodedHead are the first characters of a text.
func decodedHead(c charset, content []byte) []byte {
	head, _ := c.encoding.NewDecoder().Bytes(content[:min(len(content), 4)])
	return head
}
