package draft

import (
	"math/big"
	"regexp"
	"strings"
	"testing"

	"workreport/pipeline/quote"
	"workreport/queries"
)

var marks = regexp.MustCompile(`w:id="\d+" w:author="workreport"`)

// TestHardRuns refreshes numbers in runs that hold more than text, and says what
// the paragraph is then.
func TestHardRuns(t *testing.T) {
	const (
		ins  = `<w:ins w:id="N" w:author="workreport" w:date="2022-04-01T08:00:00Z"><w:r><w:t xml:space="preserve">228</w:t></w:r></w:ins>`
		del  = `<w:del w:id="N" w:author="workreport" w:date="2022-04-01T08:00:00Z"><w:r><w:delText xml:space="preserve">282</w:delText></w:r></w:del>`
		head = `<w:r><w:t>全年立案提案</w:t></w:r>`
		tail = `<w:r><w:t>件。</w:t></w:r>`
	)
	plain := Revision{Plain: true}
	for name, c := range map[string]struct {
		how        Revision
		runs, want string
	}{
		"a number alone in its run": {revision, `<w:r><w:t>282</w:t></w:r>`, del + ins},
		"a note behind it": {revision, `<w:r><w:t>282</w:t><w:footnoteReference w:id="1"/></w:r>`,
			`<w:r><w:t xml:space="preserve"></w:t></w:r>` + del + ins + `<w:r><w:t xml:space="preserve"></w:t><w:footnoteReference w:id="1"/></w:r>`},
		"a picture in the second run": {plain, `<w:r><w:t>2</w:t></w:r><w:r><w:t>82</w:t><w:pict/></w:r>`,
			`<w:r><w:t xml:space="preserve">228</w:t></w:r><w:r><w:t xml:space="preserve"></w:t><w:pict/></w:r>`},
		"plain over runs":        {plain, `<w:r><w:t>2</w:t></w:r><w:r><w:t>82</w:t></w:r>`, `<w:r><w:t xml:space="preserve">228</w:t></w:r>`},
		"a comment in XML":       {revision, `<w:r><w:t>282<!-- no text --></w:t></w:r>`, `<w:r><w:t xml:space="preserve"></w:t></w:r>` + del + ins + `<w:r><w:t xml:space="preserve"><!-- no text --></w:t></w:r>`},
		"blanks not shown":       {revision, `<w:r><w:t> 共282 </w:t></w:r>`, `<w:r><w:t xml:space="preserve">共</w:t></w:r>` + del + ins + `<w:r><w:t xml:space="preserve"></w:t></w:r>`},
		"blanks in the tag":      {revision, `<w:r><w:t xml:space = "preserve">282 </w:t></w:r>`, `<w:del w:id="N" w:author="workreport" w:date="2022-04-01T08:00:00Z"><w:r><w:delText xml:space="preserve">282</w:delText></w:r></w:del>` + ins + `<w:r><w:t xml:space="preserve"> </w:t></w:r>`},
		"hidden text before it":  {revision, `<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>282</w:t></w:r>`, `<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>` + del + ins},
		"bound by Word 2013":     {revision, `<w:sdt><w:sdtPr><w15:dataBinding xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" w15:xpath="/a"/></w:sdtPr><w:sdtContent><w:r><w:t>282</w:t></w:r></w:sdtContent></w:sdt>`, ``},
		"a deletion within":      {revision, `<w:r><w:t>28</w:t></w:r><w:del w:id="9" w:author="甲"><w:r><w:delText>1</w:delText></w:r></w:del><w:r><w:t>2</w:t></w:r>`, ``},
		"a break within":         {revision, `<w:r><w:t>28</w:t><w:br/><w:t>2</w:t></w:r>`, ``},
		"a moved and an odd tag": {revision, "<w:r\n><w:t\t>282</w:t\n></w:r\n>", "<w:del w:id=\"N\" w:author=\"workreport\" w:date=\"2022-04-01T08:00:00Z\"><w:r\n><w:delText xml:space=\"preserve\">282</w:delText></w:r\n></w:del>" + ins},
	} {
		body := `<w:p>` + head + c.runs + tail + `</w:p>`
		content := wordFile(t, body, map[string]string{"word/footnotes.xml": footnotes})
		r := refreshed(t, "a.docx", content, options(), c.how)
		_, got, _ := strings.Cut(partsOf(t, r.Content)["word/document.xml"], head)
		got, _, _ = strings.Cut(got, tail)
		want := c.want
		if want == "" {
			want = c.runs
		}
		if got = marks.ReplaceAllString(got, `w:id="N" w:author="workreport"`); got != want {
			t.Errorf("%s:\n got  %s\n want %s\n%s", name, got, want, told(r))
		}
		if (c.want == "") != (len(r.Changes) == 1) { // the footnote is one
			t.Errorf("%s: %s", name, told(r))
		}
	}
}

// TestOtherPrefixes refreshes documents whose names have another prefix, or none.
func TestOtherPrefixes(t *testing.T) {
	content := string(wordFile(t, p(r("全年立案提案282件。")), nil))
	parts := partsOf(t, []byte(content))["word/document.xml"]
	for _, prefix := range []string{"", "wt:", "w-x:"} {
		xml := strings.ReplaceAll(strings.ReplaceAll(parts, "<w:", "<"+prefix), "</w:", "</"+prefix)
		xml = strings.ReplaceAll(xml, "xmlns:w=", strings.TrimSuffix("xmlns:"+strings.TrimSuffix(prefix, ":"), ":")+"=")
		d := document{main: "word/document.xml", raw: map[string][]byte{}, anchors: map[string]run{}, first: -1}
		reader := partReader{d: &d, name: d.main, raw: []byte(xml), where: "正文"}
		if err := reader.read(); err != nil {
			t.Fatal(prefix, err)
		}
		d.raw[d.main] = []byte(xml)
		text := d.text(withTwins(reader.paragraphs))
		at := strings.Index(text.String, "282")
		x := rewriter{d: &d, how: revision, edits: map[string][]edit{}, tags: map[place]bool{}, next: 1}
		x.tracked(covering(d.pieces, at, at+3), Replacement{From: at, To: at + 3, With: "228"})
		again := partReader{d: &document{main: d.main}, name: d.main, raw: apply(d.raw[d.main], x.edits[d.main]), where: "正文"}
		if err := again.read(); err != nil {
			t.Errorf("%q: %v", prefix, err)
			continue
		}
		if got := withTwins(again.paragraphs)[0]; got.text() != "全年立案提案228件。" {
			t.Errorf("%q: %s", prefix, got.text())
		}
	}
}

// TestRowsDeletedAsAWhole reads nothing in a row whose deletion is tracked, and
// writes nothing in one whose insertion is.
func TestRowsDeletedAsAWhole(t *testing.T) {
	row := func(mark, text string) string {
		return `<w:tr><w:trPr><w:` + mark + ` w:id="5" w:author="甲" w:date="2022-01-01T00:00:00Z"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>` + p(r(text)) + `</w:tc></w:tr>`
	}
	body := `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>` + row("del", "立案提案281件") + row("ins", "立案提案283件") + `</w:tbl>` + p(r("立案提案284件"))
	got := told(refreshed(t, "a.docx", wordFile(t, body, nil), options(), revision))
	equal(t, "told", got, "正文 284件→228件\n表格 283件 不一致：在修订标记里，请先接受或拒绝这处修订")
}

// TestTablesAnywhere finds the words of a number in the cell before it, in a text
// box and in a header too.
func TestTablesAnywhere(t *testing.T) {
	table := func(number string) string {
		return `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr/>` + p(r("立案提案（件）")) + `</w:tc><w:tc><w:tcPr/>` + p(r(number)) + `</w:tc></w:tr></w:tbl>` + p()
	}
	got := told(refreshed(t, "a.docx", wordFile(t, p(textBox(table("281"))), map[string]string{"word/header1.xml": `<w:hdr ` + wordNS + `>` + table("281件") + `</w:hdr>`}), options(), revision))
	equal(t, "told", got, "文本框表格 281→228\n页眉表格 281件→228件")
}

// TestNumbersOnSomethingElse leaves numbers whose words are a figure's and whose
// unit says that they are on something else, and changes that go the other way.
func TestNumbersOnSomethingElse(t *testing.T) {
	o := options()
	o.Catalogue.Figures[0].Last = big.NewRat(240, 1) // filed: 228
	o.Catalogue.Figures[0].LastText = "240"
	o.Catalogue.Figures[1].Last = big.NewRat(42, 1) // bulletins: 50
	for text, want := range map[string]string{
		"立案提案100%办复。":          "立案提案100%办复。",
		"讲党课2小时。":              "讲党课2小时。",
		"召开界别协商20人次。":          "召开界别协商20人次。",
		"召开界别协商16人次。":          "召开界别协商16次。", // the right value in a wrong unit
		"全市立案提案1500件。":         "全市立案提案1500件。",
		"计划立案提案250件。":          "计划立案提案250件。",
		"立案提案由上年的240件增加到250件。": "立案提案由上年的240件减少到228件。",
		"立案提案由250件下降到220件。":    "立案提案由240件下降到228件。",
		"立案提案、编发《社情民意》分别比上年减少10件、增加6期。": "立案提案、编发《社情民意》分别比上年减少12件、增加8期。",
		"立案提案和编发《社情民意》分别比上年减少10件、6期。":   "立案提案和编发《社情民意》分别比上年减少12件、6期。", // 6期 went up: left
		"讲党课8次，立案提案228件，比上年减少10件。":      "讲党课8次，立案提案228件，比上年减少12件。",
		"立案提案{{filed}}件。":               "立案提案228件。",
		"立案提案{{filed，共{{bulletins}}}}。": "立案提案{{filed，共50期}}。",
	} {
		r := refreshed(t, "a.txt", []byte(text+"\n"), o, revision)
		if got := strings.TrimSpace(string(r.Content)); got != want {
			t.Errorf("%s\n got  %s\n want %s\n%s", text, got, want, told(r))
		}
	}
	level := o
	level.Catalogue.Figures[2].Last = big.NewRat(8, 1)
	r := refreshed(t, "a.txt", []byte("讲党课8次，比上年增加2次，增长25%。\n"), level, revision)
	if string(r.Content) != "讲党课8次，比上年增加2次，增长25%。\n" {
		t.Errorf("%s\n%s", r.Content, told(r))
	}
}

// TestHanInTheUnit writes a figure in 万元 in Han numerals: never ten thousand times too little.
func TestHanInTheUnit(t *testing.T) {
	o := options()
	of := o.Catalogue.Figures[0]
	for unit, want := range map[string]string{"万元": "四千三百八十六万五千二百元", "件": "四千三百八十七件", "万字": "四千三百八十七万字", "%": "百分之四千三百八十六点五二"} {
		of.Spec.Unit, of.Value = unit, big.NewRat(438652, 100)
		if unit == "件" || unit == "万字" {
			of.Value = big.NewRat(4387, 1)
		}
		of.Quoted = quote.Write(of.Value, queries.Quote{}, unit, o.Catalogue.Rounding)
		if got := inHan(of, o.Catalogue.Rounding); got != want {
			t.Errorf("%s: %s, want %s", unit, got, want)
		}
	}
	of.Spec.Unit, of.Value, of.Spec.Quote = "万元", big.NewRat(438652, 100), queries.Quote{Hedge: "余", Place: 1000}
	if got := inHan(of, o.Catalogue.Rounding); got != "四千余万元" {
		t.Error(got)
	}
}
