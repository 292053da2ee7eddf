package appendix

import (
	"archive/zip"
	"embed"
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
func pack(w io.Writer, c content, body, footnotes string, pictures []Picture) error {
	z := zip.NewWriter(w)
	add := func(name string, data []byte, method uint16) error {
		entry, err := z.CreateHeader(&zip.FileHeader{
			Name: name, Method: method, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
		})
		if err == nil {
			_, err = entry.Write(data)
		}
		return err
	}
	for _, fixed := range [][2]string{
		{"[Content_Types].xml", "content_types.xml"},
		{"_rels/.rels", "package.rels"},
		{"word/styles.xml", "styles.xml"},
		{"word/settings.xml", "settings.xml"},
		{"word/fontTable.xml", "fontTable.xml"},
		{"word/footer1.xml", "footer1.xml"},
		{"word/footer2.xml", "footer2.xml"},
		{"word/footer3.xml", "footer3.xml"},
		{"word/footer4.xml", "footer4.xml"},
	} {
		data, err := parts.ReadFile("parts/" + fixed[1])
		if err != nil {
			return err
		}
		if err := add(fixed[0], data, zip.Deflate); err != nil {
			return err
		}
	}
	for _, made := range [][2]string{
		{"docProps/core.xml", core(c)},
		{"word/_rels/document.xml.rels", links(len(pictures))},
		{"word/document.xml", document(body)},
		{"word/footnotes.xml", notes(footnotes)},
	} {
		if err := add(made[0], []byte(made[1]), zip.Deflate); err != nil {
			return err
		}
	}
	for i, p := range pictures {
		if err := add(fmt.Sprintf("word/media/picture%d.png", i+1), p.PNG, zip.Store); err != nil {
			return err
		}
	}
	return z.Close()
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
func links(pictures int) string {
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
	for i := range pictures {
		link(fmt.Sprintf("rIdPicture%d", i+1), "image", fmt.Sprintf("media/picture%d.png", i+1))
	}
	return declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		b.String() + `</Relationships>`
}

// core are the document's properties, dated with the day of the session.
func core(c content) string {
	return declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` +
		escape(c.FullTitle()) + `</dc:title><dc:creator>` + escape(c.Organisation) +
		`</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">` + c.Stamp +
		`</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + c.Stamp +
		`</dcterms:modified><dc:language>zh-CN</dc:language></cp:coreProperties>`
}
