package appendix

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
)

// Template is an office's own Word document whose styles and footers the
// appendix takes. Everything else of it is left alone.
type Template struct {
	styles  string            // word/styles.xml, with the appendix's own styles that it lacks
	renamed map[string]string // the appendix's style ids → the template's, where they differ
	theme   []byte
	footers map[string]footer // by type: default, even
}

// footer is a part with the pictures it shows, by their relations.
type footer struct {
	xml      []byte
	pictures []media
}

type media struct {
	id, extension string
	content       []byte
}

// Limits on what is unpacked of a template.
const (
	maxParts = 2000
	maxPart  = 8 << 20
)

// pictureTypes are the kinds of picture a footer may show.
var pictureTypes = map[string]string{"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}

// ReadTemplate reads a .docx or .dotx. The error says what is wrong with it.
func ReadTemplate(content []byte) (*Template, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, errors.New("不是 Word 文件（.docx）；请在 Word 或 WPS 里另存为 .docx")
	}
	if len(z.File) > maxParts {
		return nil, errors.New("里面的文件太多，不像是 Word 文件")
	}
	t := &Template{footers: map[string]footer{}}
	styles, err := xmlPart(z, "word/styles.xml")
	if err != nil {
		return nil, err
	}
	if t.styles, t.renamed, err = withOwnStyles(string(styles)); err != nil {
		return nil, err
	}
	targets, err := relationsOf(z, "word/document.xml")
	if err != nil {
		return nil, err
	}
	for _, r := range targets {
		if strings.HasSuffix(r.Type, "/theme") {
			if t.theme, err = xmlPart(z, path.Join("word", r.Target)); err != nil {
				return nil, err
			}
		}
	}
	return t, t.readFooters(z, targets)
}

var footerReference = regexp.MustCompile(`<w:footerReference\b[^>]*>`)

// readFooters takes the footers of the template's last section.
func (t *Template) readFooters(z *zip.Reader, targets []relation) error {
	body, err := xmlPart(z, "word/document.xml")
	if err != nil {
		return err
	}
	last := bytes.LastIndex(body, []byte("<w:sectPr"))
	if last < 0 {
		return nil
	}
	for _, found := range footerReference.FindAllString(string(body[last:]), -1) {
		var reference struct {
			Type string `xml:"type,attr"`
			ID   string `xml:"id,attr"`
		}
		if xml.Unmarshal([]byte(strings.TrimSuffix(strings.TrimSuffix(found, ">"), "/")+"/>"), &reference) != nil {
			continue
		}
		for _, r := range targets {
			if r.ID == reference.ID {
				if t.footers[reference.Type], err = readFooter(z, path.Join("word", r.Target)); err != nil {
					return err
				}
			}
		}
	}
	if _, even := t.footers["even"]; !even {
		if odd, ok := t.footers["default"]; ok {
			t.footers["even"] = odd
		}
	}
	return nil
}

func readFooter(z *zip.Reader, name string) (footer, error) {
	var f footer
	var err error
	if f.xml, err = xmlPart(z, name); err != nil {
		return f, err
	}
	relations, err := relationsOf(z, name)
	if err != nil {
		return f, err
	}
	for _, r := range relations {
		extension := strings.ToLower(strings.TrimPrefix(path.Ext(r.Target), "."))
		if !strings.HasSuffix(r.Type, "/image") || r.Mode == "External" || pictureTypes[extension] == "" {
			return f, fmt.Errorf("页脚里有链接或者不能带走的内容（%s）；页脚里只能有文字、页码和 png、jpg、gif 图片", path.Base(r.Type))
		}
		content, err := part(z, path.Join(path.Dir(name), r.Target))
		if err != nil {
			return f, err
		}
		f.pictures = append(f.pictures, media{r.ID, extension, content})
	}
	return f, nil
}

// relation leads from a part to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// relationsOf are the relations of a part, none where it has none.
func relationsOf(z *zip.Reader, name string) ([]relation, error) {
	text, err := xmlPart(z, path.Join(path.Dir(name), "_rels", path.Base(name)+".rels"))
	if errors.Is(err, errNoPart) {
		return nil, nil
	}
	var list struct {
		Relations []relation `xml:"Relationship"`
	}
	if err == nil {
		err = xml.Unmarshal(text, &list)
	}
	return list.Relations, err
}

var errNoPart = errors.New("不完整")

// part is one file of the template.
func part(z *zip.Reader, name string) ([]byte, error) {
	for _, f := range z.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("读不了 %s：%w", name, err)
		}
		defer r.Close()
		content, err := io.ReadAll(io.LimitReader(r, maxPart+1))
		if err != nil {
			return nil, fmt.Errorf("读不了 %s：%w", name, err)
		}
		if len(content) > maxPart {
			return nil, fmt.Errorf("%s 太大，不像是 Word 文件", name)
		}
		return content, nil
	}
	return nil, fmt.Errorf("里面没有 %s，文件%w；请在 Word 或 WPS 里重新另存为 .docx", name, errNoPart)
}

// xmlPart is a part that is well-formed XML in UTF-8, without a document type.
func xmlPart(z *zip.Reader, name string) ([]byte, error) {
	content, err := part(z, name)
	if err != nil {
		return nil, err
	}
	decoder := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return content, nil
		}
		if _, declares := token.(xml.Directive); err != nil || declares {
			return nil, fmt.Errorf("%s 读不懂；请在 Word 或 WPS 里重新另存为 .docx", name)
		}
	}
}

// What the parts of the appendix become with a template; a nil Template changes nothing.

func (t *Template) stylesPart(own string) string {
	if t == nil {
		return own
	}
	return t.styles
}

// settings has Word compute the contents anew: the pages were composed for the
// appendix's own styles.
func (t *Template) settings(own string) string {
	if t == nil {
		return own
	}
	return strings.Replace(own, "<w:footnotePr>", `<w:updateFields w:val="true"/><w:footnotePr>`, 1)
}

func (t *Template) footer(kind string) (footer, bool) {
	if t == nil {
		return footer{}, false
	}
	f, ok := t.footers[kind]
	return f, ok
}
