package draft

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
)

// readPackage reads a Word document or an Excel workbook, by its main part.
func readPackage(content []byte) (Text, error) {
	packed, err := unpack(content)
	if err != nil {
		return Text{}, err
	}
	links, err := packed.relations("")
	if err != nil {
		return Text{}, err
	}
	main := "word/document.xml"
	for _, r := range links {
		if path.Base(r.Type) == "officeDocument" {
			main = resolved("", r)
		}
	}
	body, err := packed.part(main)
	switch {
	case err != nil:
		return Text{}, err
	case path.Ext(main) == ".bin":
		return Text{}, errors.New("是二进制工作簿（.xlsb）；请在 Excel 里打开，另存为 .xlsx")
	case body == nil && slices.ContainsFunc(packed.File, hasName("content.xml")):
		return Text{}, errors.New("是 OpenDocument 文件（.odt、.ods）；请打开后另存为 .docx 或 .xlsx")
	case body == nil:
		return Text{}, errors.New("是压缩包，里面没有 Word 文档或工作簿；请解开后给出 .docx 或 .xlsx")
	case rootOf(body) == "workbook":
		return readBook(packed, main, body)
	}
	return readDOCX(packed, main, body)
}

// rootOf is the name of a part's outermost element, "" where it has none.
func rootOf(content []byte) string {
	in := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := in.RawToken()
		if err != nil {
			return ""
		}
		if e, ok := token.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}

func hasName(name string) func(*zip.File) bool {
	return func(f *zip.File) bool { return f.Name == name }
}

// relation leads from one part to another (ECMA-376-2, 9.3).
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

func relationsOf(content []byte) []relation {
	var links struct {
		List []relation `xml:"Relationship"`
	}
	if xml.Unmarshal(content, &links) != nil {
		return nil
	}
	return links.List
}

// relations are those of a part, or of the package for "".
func (u *unpacked) relations(name string) ([]relation, error) {
	content, err := u.part(relationsPart(name))
	return relationsOf(content), err
}

// relationsPart is the part with the relations of another.
func relationsPart(name string) string {
	dir, base := path.Split(name)
	return path.Join(dir, "_rels", base+".rels")
}

// resolved is the part that a relation of another leads to.
func resolved(from string, r relation) string {
	if strings.HasPrefix(r.Target, "/") {
		return path.Clean(r.Target[1:])
	}
	return path.Join(path.Dir(from), r.Target)
}

// unpacked is a package's parts, and a limit on all that is unpacked of them.
type unpacked struct {
	*zip.Reader
	left  int64
	again string // how to save the file once more
}

// maxParts is how many parts a document may have.
const maxParts = 10_000

func unpack(content []byte) (*unpacked, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, errors.New("不完整，可能没有传完；请重新复制，或在 Word、Excel 或 WPS 里打开后另存为 .docx、.xlsx")
	}
	if len(z.File) > maxParts {
		return nil, errors.New("里面的部件太多，不像是一份报告")
	}
	return &unpacked{z, 4 * MaxFile, "请在 Word 或 WPS 里打开后另存为 .docx"}, nil
}

// part is the content of a part, nil where there is none.
func (u *unpacked) part(name string) ([]byte, error) {
	for _, f := range u.File {
		if f.Name != name {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("其中的 %s 打不开；%s", name, u.again)
		}
		defer in.Close()
		var b bytes.Buffer
		n, err := b.ReadFrom(&limited{in, u.left})
		u.left -= n
		if errors.Is(err, errTooLarge) {
			return nil, errors.New("解开后太大，不像是一份报告")
		}
		if err != nil {
			return nil, fmt.Errorf("其中的 %s 已损坏；%s", name, u.again)
		}
		return b.Bytes(), nil
	}
	return nil, nil
}

func (u *unpacked) unreadable(name string) error {
	return fmt.Errorf("其中的 %s 读不懂；%s", name, u.again)
}

var errTooLarge = errors.New("too large")

// limited fails, rather than end, where more is read than may be.
type limited struct {
	in   interface{ Read([]byte) (int, error) }
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.in.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return n, errTooLarge
	}
	return n, err
}

// copy puts the parts into another package: changed ones anew, all others as
// they are packed. It tells which of the changed ones there were.
func (u *unpacked) copy(out *zip.Writer, changed map[string][]byte) (written map[string]bool, err error) {
	if err := out.SetComment(u.Comment); err != nil {
		return nil, err
	}
	written = map[string]bool{}
	for _, f := range u.File {
		content, anew := changed[f.Name]
		switch {
		case strings.HasSuffix(f.Name, "/"): // a folder has no content, however it is packed
			_, err = out.CreateHeader(&zip.FileHeader{Name: f.Name, Modified: f.Modified, ExternalAttrs: f.ExternalAttrs, CreatorVersion: f.CreatorVersion})
		case !anew:
			err = out.Copy(f)
		case !written[f.Name]: // of a name that stands twice, the first is the one that is read
			written[f.Name] = true
			err = add(out, f.FileHeader, f.Name, content)
		}
		if err != nil {
			return nil, err
		}
	}
	return written, nil
}

func add(out *zip.Writer, like zip.FileHeader, name string, content []byte) error {
	entry, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: like.Modified, ExternalAttrs: like.ExternalAttrs, CreatorVersion: like.CreatorVersion})
	if err != nil {
		return err
	}
	_, err = entry.Write(content)
	return err
}
