package appendix

import (
	"archive/zip"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

//go:embed parts
var parts embed.FS

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const relations = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`

// pack puts the parts of the Word document into its zip, every entry with the
// same time, so that the same document gives the same bytes.
func pack(w io.Writer, about properties, body, footnotes string, d Document) error {
	p := &packer{zip: zip.NewWriter(w)}
	t := d.Template
	p.put("[Content_Types].xml", contentTypes(p.read("content_types.xml"), t))
	p.embedded("_rels/.rels", "package.rels")
	p.put("word/styles.xml", t.stylesPart(p.read("styles.xml")))
	p.put("word/settings.xml", t.settings(p.read("settings.xml")))
	p.embedded("word/fontTable.xml", "fontTable.xml")
	for i, kind := range []string{"default", "even", "default", "even"} {
		name := fmt.Sprintf("footer%d.xml", i+1)
		if theirs, ok := t.footer(kind); ok {
			p.footer(name, theirs)
			continue
		}
		p.put("word/"+name, t.restyled(p.read(name)))
	}
	if t != nil && t.theme != nil {
		p.put("word/theme/theme1.xml", string(t.theme))
	}
	p.put("docProps/core.xml", about.part())
	p.put("word/_rels/document.xml.rels", links(len(d.Pictures), t))
	p.put("word/document.xml", t.restyled(document(body)))
	p.put("word/footnotes.xml", t.restyled(notes(footnotes)))
	for i, picture := range d.Pictures {
		p.add(fmt.Sprintf("word/media/picture%d.png", i+1), picture.PNG, zip.Store)
	}
	return errors.Join(p.err, p.zip.Close())
}

// packer writes the entries; the first error stays in err.
type packer struct {
	zip *zip.Writer
	err error
}

func (p *packer) add(name string, data []byte, method uint16) {
	entry, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err == nil {
		_, err = entry.Write(data)
	}
	p.err = cmp.Or(p.err, err)
}

func (p *packer) put(name, text string) { p.add(name, []byte(text), zip.Deflate) }

// read is a part that comes with the program.
func (p *packer) read(name string) string {
	text, err := parts.ReadFile("parts/" + name)
	p.err = cmp.Or(p.err, err)
	return string(text)
}

func (p *packer) embedded(name, part string) { p.put(name, p.read(part)) }

// footer writes a footer of a template with its pictures.
func (p *packer) footer(name string, f footer) {
	p.add("word/"+name, f.xml, zip.Deflate)
	var b strings.Builder
	for i, picture := range f.pictures {
		file := fmt.Sprintf("media/%s-%d.%s", strings.TrimSuffix(name, ".xml"), i+1, picture.extension)
		p.add("word/"+file, picture.content, zip.Store)
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s/image" Target="%s"/>`, escape(picture.id), relations, file)
	}
	if b.Len() > 0 {
		p.put("word/_rels/"+name+".rels", relationships(b.String()))
	}
}

func relationships(list string) string {
	return declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list + `</Relationships>`
}

// contentTypes names the kinds of parts; a template may bring a theme and other pictures.
func contentTypes(own string, t *Template) string {
	var more strings.Builder
	for _, extension := range []string{"jpg", "jpeg", "gif"} {
		fmt.Fprintf(&more, `<Default Extension="%s" ContentType="%s"/>`, extension, pictureTypes[extension])
	}
	if t != nil && t.theme != nil {
		more.WriteString(`<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>`)
	}
	return strings.Replace(own, "</Types>", more.String()+"</Types>", 1)
}

func document(body string) string {
	return declaration + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + relations +
		`" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>` +
		body + `</w:body></w:document>`
}

// notes is the part with the footnotes. The first two are the rules above them.
func notes(footnotes string) string {
	const rule = `<w:p><w:pPr><w:pStyle w:val="FootnoteRule"/></w:pPr><w:r>`
	return declaration + `<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` +
		`<w:footnote w:type="separator" w:id="-1">` + rule + `<w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:type="continuationSeparator" w:id="0">` + rule + `<w:continuationSeparator/></w:r></w:p></w:footnote>` +
		footnotes + `</w:footnotes>`
}

// links are the relations of the document part.
func links(pictures int, t *Template) string {
	var b strings.Builder
	link := func(id, kind, target string) {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, id, relations, kind, target)
	}
	link("rIdStyles", "styles", "styles.xml")
	link("rIdSettings", "settings", "settings.xml")
	link("rIdFonts", "fontTable", "fontTable.xml")
	link("rIdOdd", "footer", "footer1.xml")
	link("rIdEven", "footer", "footer2.xml")
	link("rIdOddWide", "footer", "footer3.xml")
	link("rIdEvenWide", "footer", "footer4.xml")
	link("rIdNotes", "footnotes", "footnotes.xml")
	if t != nil && t.theme != nil {
		link("rIdTheme", "theme", "theme/theme1.xml")
	}
	for i := range pictures {
		link(fmt.Sprintf("rIdPicture%d", i+1), "image", fmt.Sprintf("media/picture%d.png", i+1))
	}
	return relationships(b.String())
}

// properties are what a file says of itself. The time is that of no clock: the
// same document gives the same bytes.
type properties struct{ title, organisation, stamp string }

func (p properties) part() string {
	dates := ""
	if p.stamp != "" {
		dates = `<dcterms:created xsi:type="dcterms:W3CDTF">` + p.stamp + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + p.stamp + `</dcterms:modified>`
	}
	return declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` +
		escape(p.title) + `</dc:title><dc:creator>` + escape(p.organisation) + `</dc:creator>` + dates + `<dc:language>zh-CN</dc:language></cp:coreProperties>`
}
