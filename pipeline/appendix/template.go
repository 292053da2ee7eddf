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
	"slices"
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
	maxParts    = 2000
	maxUnpacked = 32 << 20
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
	p := &unpacked{zip: z, left: maxUnpacked}
	t := &Template{footers: map[string]footer{}}
	styles, err := p.xml("word/styles.xml")
	if err != nil {
		return nil, err
	}
	if t.styles, t.renamed, err = withOwnStyles(string(styles)); err != nil {
		return nil, err
	}
	targets, err := p.relations("word/document.xml")
	if err != nil {
		return nil, err
	}
	for _, r := range targets {
		if !strings.HasSuffix(r.Type, "/theme") {
			continue
		}
		theme, err := p.xml(r.part("word"))
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(theme, []byte(`r:embed`)) && !bytes.Contains(theme, []byte(`r:link`)) { // pictures of a theme stay behind
			t.theme = theme
		}
	}
	return t, t.readFooters(p, targets)
}

var (
	footerReference = regexp.MustCompile(`<w:footerReference\b[^>]*>`)
	formerSection   = regexp.MustCompile(`(?s)<w:sectPrChange\b.*?</w:sectPrChange>`)
	evenAndOdd      = regexp.MustCompile(`<w:evenAndOddHeaders(?: w:val="(?:1|true|on)")?\s*/>`)
)

// readFooters takes the footers of the template's last section, which are those
// of the section before where it names none itself.
func (t *Template) readFooters(p *unpacked, targets []relation) error {
	body, err := p.xml("word/document.xml")
	if err != nil {
		return err
	}
	named := map[string]string{}
	for _, found := range footerReference.FindAllString(string(formerSection.ReplaceAll(body, nil)), -1) {
		var reference struct {
			Type string `xml:"type,attr"`
			ID   string `xml:"id,attr"`
		}
		if xml.Unmarshal([]byte(strings.TrimSuffix(strings.TrimSuffix(found, ">"), "/")+"/>"), &reference) == nil {
			named[reference.Type] = reference.ID
		}
	}
	settings, err := p.xml("word/settings.xml")
	if err != nil && !errors.Is(err, errNoPart) {
		return err
	}
	if !evenAndOdd.Match(settings) {
		named["even"] = named["default"]
	}
	for _, kind := range []string{"default", "even"} {
		for _, r := range targets {
			if r.ID != named[kind] {
				continue
			}
			if t.footers[kind], err = p.footer(r.part("word")); err != nil {
				return err
			}
		}
	}
	return nil
}

// footer reads a footer with its pictures.
func (p *unpacked) footer(name string) (footer, error) {
	var f footer
	var err error
	if f.xml, err = p.xml(name); err != nil {
		return f, err
	}
	if err := harmlessFooter(f.xml); err != nil {
		return f, err
	}
	list, err := p.relations(name)
	if err != nil {
		return f, err
	}
	for _, r := range list {
		extension := strings.ToLower(strings.TrimPrefix(path.Ext(r.Target), "."))
		if !strings.HasSuffix(r.Type, "/image") || r.Mode == "External" || pictureTypes[extension] == "" {
			return f, fmt.Errorf("页脚里有%w", errFooter)
		}
		content, err := p.part(r.part(path.Dir(name)))
		if err != nil {
			return f, err
		}
		f.pictures = append(f.pictures, media{r.ID, extension, content})
	}
	return f, nil
}

var errFooter = errors.New("链接或者不能带走的内容；页脚里只能有文字、页码、日期和 png、jpg、gif 图片")

// harmlessFields are the fields a footer may have; others can fetch or start something.
var harmlessFields = []string{"PAGE", "NUMPAGES", "SECTIONPAGES", "DATE", "STYLEREF"}

// harmlessFooter refuses what could lead out of the document when it is opened.
func harmlessFooter(text []byte) error {
	code, inCode := "", false
	refused := func(code string) bool {
		words := strings.Fields(code)
		return len(words) > 0 && !slices.Contains(harmlessFields, strings.ToUpper(words[0]))
	}
	for decoder := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		bad := false
		switch token := token.(type) {
		case xml.StartElement:
			bad = slices.Contains([]string{"object", "control", "OLEObject", "altChunk", "subDoc"}, token.Name.Local)
			for _, a := range token.Attr {
				leads := a.Name.Space != "xmlns" && slices.Contains([]string{"src", "href", "link", "pict", "instr"}, a.Name.Local)
				bad = bad || leads && (a.Name.Local != "instr" || refused(a.Value))
				if token.Name.Local == "fldChar" && a.Name.Local == "fldCharType" {
					bad, code = bad || refused(code), ""
				}
			}
			inCode = token.Name.Local == "instrText"
		case xml.CharData:
			if inCode {
				code += string(token)
			}
		case xml.EndElement:
			inCode = false
		}
		if bad {
			return fmt.Errorf("页脚里有%w", errFooter)
		}
	}
}

// relation leads from a part to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// part is the name of the part that the relation of one in folder leads to.
func (r relation) part(folder string) string {
	if strings.HasPrefix(r.Target, "/") {
		return strings.TrimPrefix(path.Clean(r.Target), "/")
	}
	return path.Join(folder, r.Target)
}

// unpacked reads parts of a template; together they are bounded.
type unpacked struct {
	zip  *zip.Reader
	left int64 // bytes
}

// relations are those of a part, none where it has none.
func (p *unpacked) relations(name string) ([]relation, error) {
	text, err := p.xml(path.Join(path.Dir(name), "_rels", path.Base(name)+".rels"))
	if errors.Is(err, errNoPart) {
		return nil, nil
	}
	var list struct {
		Relations []relation `xml:"Relationship"`
	}
	if err == nil {
		err = xml.Unmarshal(text, &list)
	}
	seen := map[string]bool{}
	for _, r := range list.Relations {
		if seen[r.ID] {
			return nil, fmt.Errorf("%s 的关系读不懂；请在 Word 或 WPS 里重新另存为 .docx", name)
		}
		seen[r.ID] = true
	}
	return list.Relations, err
}

var errNoPart = errors.New("不完整")

// part is one file of the template.
func (p *unpacked) part(name string) ([]byte, error) {
	for _, f := range p.zip.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("读不了 %s：%w", name, err)
		}
		defer r.Close()
		content, err := io.ReadAll(io.LimitReader(r, p.left+1))
		if err != nil {
			return nil, fmt.Errorf("读不了 %s：%w", name, err)
		}
		if p.left -= int64(len(content)); p.left < 0 {
			return nil, fmt.Errorf("%s 太大，不像是 Word 文件", name)
		}
		return content, nil
	}
	return nil, fmt.Errorf("里面没有 %s，文件%w；请在 Word 或 WPS 里重新另存为 .docx", name, errNoPart)
}

// xml is a part that is well-formed XML in UTF-8, without a document type: one
// root, and no attribute twice, which the decoder would let pass.
func (p *unpacked) xml(name string) ([]byte, error) {
	content, err := p.part(name)
	if err != nil {
		return nil, err
	}
	depth, roots := 0, 0
	for decoder := xml.NewDecoder(bytes.NewReader(content)); ; {
		token, err := decoder.Token()
		if err == io.EOF && roots == 1 {
			return content, nil
		}
		bad := err != nil
		switch token := token.(type) {
		case xml.Directive:
			bad = true
		case xml.StartElement:
			if depth++; depth == 1 {
				roots++
			}
			seen := map[xml.Name]bool{}
			for _, a := range token.Attr {
				bad, seen[a.Name] = bad || seen[a.Name], true
			}
		case xml.EndElement:
			depth--
		}
		if bad || roots > 1 {
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
