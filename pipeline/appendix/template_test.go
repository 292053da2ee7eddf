package appendix

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
)

const ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + relations + `"`

// officeTemplate is a Word document as WPS writes one: style ids are numbers, one
// of which the appendix would use under another name; the footer has a picture.
func officeTemplate() map[string]string {
	return map[string]string{
		"word/styles.xml": `<w:styles ` + ns + `><w:docDefaults><w:rPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:jc w:val="center"/></w:pPr><w:rPr><w:color w:val="FF0000"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="本单位用语"/><w:basedOn w:val="1"/></w:style>
</w:styles>`,
		"word/document.xml":            `<w:document ` + ns + `><w:body><w:p/><w:sectPr><w:footerReference w:type="default" r:id="rId9"/></w:sectPr></w:body></w:document>`,
		"word/_rels/document.xml.rels": relationships(`<Relationship Id="rId9" Type="` + relations + `/footer" Target="footer7.xml"/>`),
		"word/footer7.xml":             `<w:ftr ` + ns + `><w:p><w:r><w:t>泽州政协办公室</w:t></w:r></w:p></w:ftr>`,
		"word/_rels/footer7.xml.rels":  relationships(`<Relationship Id="rId1" Type="` + relations + `/image" Target="media/logo.png"/>`),
		"word/media/logo.png":          pixel,
	}
}

func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(files[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func withTemplate(t *testing.T) Document {
	t.Helper()
	d := sample()
	var err error
	if d.Template, err = ReadTemplate(zipped(t, officeTemplate())); err != nil {
		t.Fatal(err)
	}
	return d
}

// The heading of a chapter takes the template's own style; the caption, which
// the template has not, keeps the appendix's under an id that is free.
func TestTemplateGivesStylesAndFooters(t *testing.T) {
	data := written(t, DOCX, withTemplate(t))
	body, styles := string(entryOf(t, data, "word/document.xml")), string(entryOf(t, data, "word/styles.xml"))
	for _, want := range []string{`<w:pStyle w:val="2"/>`, `<w:pStyle w:val="CaptionAppendix"/>`, `<w:pStyle w:val="BodyText"/>`} {
		if !strings.Contains(body, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	for _, want := range []string{`<w:color w:val="FF0000"/>`, `w:styleId="CaptionAppendix"`, `<w:basedOn w:val="1"/>`, "本单位用语"} {
		if !strings.Contains(styles, want) {
			t.Errorf("the styles lack %s", want)
		}
	}
	if strings.Contains(styles, "numPr") || strings.Count(styles, `w:default="1"`) != 1 || strings.Contains(body, `w:val="Heading1"`) {
		t.Error("the template's numbers, two defaults or a style that is not there")
	}
	for _, footer := range []string{"footer1", "footer2", "footer3", "footer4"} {
		if !strings.Contains(string(entryOf(t, data, "word/"+footer+".xml")), "泽州政协办公室") {
			t.Errorf("%s is not the template's", footer)
		}
		if string(entryOf(t, data, "word/media/"+footer+"-1.png")) != pixel {
			t.Errorf("%s has lost its picture", footer)
		}
	}
}

// A last section that takes over the footer of the one before, a section as it
// was before a tracked change, targets from the root, a page number, and an even
// footer that is switched off.
func TestFootersAreFound(t *testing.T) {
	files := officeTemplate()
	files["word/document.xml"] = `<w:document ` + ns + `><w:body><w:p><w:pPr><w:sectPr><w:footerReference w:type="default" r:id="rId9"/><w:footerReference w:type="even" r:id="rId8"/></w:sectPr></w:pPr></w:p>` +
		`<w:sectPr><w:sectPrChange><w:sectPr><w:footerReference w:type="default" r:id="rId8"/></w:sectPr></w:sectPrChange></w:sectPr></w:body></w:document>`
	files["word/_rels/document.xml.rels"] = relationships(`<Relationship Id="rId9" Type="` + relations + `/footer" Target="/word/footer7.xml"/><Relationship Id="rId8" Type="` + relations + `/footer" Target="footer8.xml"/>`)
	files["word/footer7.xml"] = `<w:ftr ` + ns + `><w:p><w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "/></w:p></w:ftr>`
	files["word/footer8.xml"] = `<w:ftr ` + ns + `><w:p/></w:ftr>`
	template, err := ReadTemplate(zipped(t, files))
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"default", "even"} {
		if f, _ := template.footer(kind); !strings.Contains(string(f.xml), "PAGE") {
			t.Errorf("%s: %s", kind, f.xml)
		}
	}
	files["word/settings.xml"] = `<w:settings ` + ns + `><w:evenAndOddHeaders/></w:settings>`
	if template, err = ReadTemplate(zipped(t, files)); err != nil {
		t.Fatal(err)
	}
	if f, _ := template.footer("even"); strings.Contains(string(f.xml), "PAGE") {
		t.Error("the even footer is the odd one")
	}
}

func TestTemplatesThatAreRefused(t *testing.T) {
	for want, spoil := range map[string]func(map[string]string){
		"里面没有 word/styles.xml": func(f map[string]string) { delete(f, "word/styles.xml") },
		"word/styles.xml 读不懂": func(f map[string]string) {
			f["word/styles.xml"] = `<!DOCTYPE x [<!ENTITY a "b">]>` + f["word/styles.xml"]
		},
		"word/document.xml 读不懂":    func(f map[string]string) { f["word/document.xml"] = "<w:document>" },
		"里面没有 word/media/logo.png": func(f map[string]string) { delete(f, "word/media/logo.png") },
		"word/styles.xml 读不懂；":     func(f map[string]string) { f["word/styles.xml"] += "<second/>" },
		"word/footer7.xml 读不懂":     func(f map[string]string) { f["word/footer7.xml"] = `<w:ftr a="1" a="2" ` + ns + `/>` },
		"不能带走的内容": func(f map[string]string) {
			f["word/footer7.xml"] = `<w:ftr ` + ns + `><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "\\\\x\y.png"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`
		},
		"只能有文字、页码": func(f map[string]string) {
			f["word/footer7.xml"] = `<w:ftr ` + ns + `><w:p><w:fldSimple w:instr="DDE x y"/></w:p></w:ftr>`
		},
		"页脚里有链接": func(f map[string]string) {
			f["word/_rels/footer7.xml.rels"] = relationships(`<Relationship Id="rId1" Type="` + relations + `/image" Target="http://x/logo.png" TargetMode="External"/>`)
		},
		"word/footer7.xml 太大": func(f map[string]string) { f["word/footer7.xml"] = strings.Repeat(" ", maxUnpacked+1) },
	} {
		files := officeTemplate()
		spoil(files)
		if _, err := ReadTemplate(zipped(t, files)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := ReadTemplate([]byte("doc")); err == nil || !strings.Contains(err.Error(), "不是 Word 文件") {
		t.Error(err)
	}
}
