package draft

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"testing"
	"time"

	"workreport/pipeline/figure"
)

var revision = Revision{Author: Author, Date: time.Date(2022, 4, 1, 8, 0, 0, 0, time.UTC)}

func refreshed(t testing.TB, name string, content []byte, o Options, how Revision) Refreshed {
	t.Helper()
	text, err := Read(name, content)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Refresh(t.Context(), name, text, o, how, false)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told is what a refresh says it did, a line each.
func told(r Refreshed) string {
	var b strings.Builder
	for _, c := range r.Changes {
		fmt.Fprintf(&b, "%s %s→%s\n", c.Where, c.Shown(), c.New)
	}
	for _, f := range r.Left {
		why, _, _ := strings.Cut(f.Why, "；")
		fmt.Fprintf(&b, "%s %s %s：%s\n", f.Where, f.Shown(), f.Verdict, why)
	}
	return b.String()
}

func equal(t *testing.T, name, got, want string) {
	t.Helper()
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

// textBox is a text box as Word writes it: once for programs that know
// WordprocessingML shapes, once in VML.
func textBox(inside string) string {
	return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" cy="400000"/><wp:docPr id="7" name="框"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent>` +
		inside + `</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>` +
		inside + `</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
}

const otherAuthor = `w:author="甲" w:date="2022-01-01T00:00:00Z"`

// fullBody is a draft full of what Word puts into one.
var fullBody = strings.Join([]string{
	// over three runs, with what may stand between them
	p(r("全年立案提案2"), `<w:proofErr w:type="gramStart"/>`, r("8"), `<w:bookmarkStart w:id="3" w:name="a"/>`, `<w:r><w:t>2</w:t></w:r>`, `<w:bookmarkEnd w:id="3"/>`, r(" 件，其余不变。")),
	// in a hyperlink, and with a tracked change of its format
	p(r("讲党课"), `<w:hyperlink w:anchor="a"><w:r><w:rPr><w:u w:val="single"/><w:rPrChange w:id="40" `+otherAuthor+`><w:rPr/></w:rPrChange></w:rPr><w:t>9次</w:t></w:r></w:hyperlink>`, r("。")),
	// two in one run, at its very ends, with a break inside the run
	p(`<w:r><w:t>召开界别协商61次</w:t><w:br/><w:t xml:space="preserve">化解各类矛盾72件</w:t></w:r>`),
	// already tracked: inserted, and with a deletion within
	p(r("编发《社情民意》"), `<w:ins w:id="91" `+otherAuthor+`>`+r("40期")+`</w:ins>`, r("。")),
	p(r("编发《社情民意》4"), `<w:del w:id="92" `+otherAuthor+`><w:r><w:delText>9</w:delText></w:r></w:del>`, r("0期。")),
	// a comment from inside a number
	p(r("讲党课1"), `<w:commentRangeStart w:id="0"/>`, r("8次"), `<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`, r("。")),
	// fields of both kinds
	p(r("办复率达到"), `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> =1 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+r("99%")+`<w:r><w:fldChar w:fldCharType="end"/></w:r>`, r("。")),
	p(r("办复率达到"), `<w:fldSimple w:instr=" =1 ">`+r("98%")+`</w:fldSimple>`, r("。")),
	// content controls: of a run, of a paragraph, locked
	p(r("召开界别"), `<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>`+r("协商15次")+`</w:sdtContent></w:sdt>`, r("。")),
	`<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr><w:sdtContent>` + p(r("讲党课7次。")) + `</w:sdtContent></w:sdt>`,
	`<w:sdt><w:sdtPr><w:id w:val="2"/><w:lock w:val="sdtContentLocked"/></w:sdtPr><w:sdtContent>` + p(r("讲党课6次。")) + `</w:sdtContent></w:sdt>`,
	// a table
	`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>` + p(r("立案提案（件）")) + `</w:tc><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>` + p(r("281")) + `</w:tc></w:tr></w:tbl>`,
	p(r("界别协商"), `<w:r><w:footnoteReference w:id="1"/></w:r>`, r("成效明显，召开座谈会十几次。")),
	p(textBox(p(`<w:r><w:t>讲党课5次</w:t></w:r>`))),
}, "")

var fullParts = map[string]string{"word/footnotes.xml": footnotes, "word/header1.xml": `<w:hdr ` + wordNS + `>` + p(r("讲党课4次")) + `</w:hdr>`,
	"word/comments.xml": `<w:comments ` + wordNS + `><w:comment w:id="0" w:author="乙" w:date="2022-01-01T00:00:00Z" w:initials="乙">` + p(`<w:r><w:t>旧批注</w:t></w:r>`) + `</w:comment></w:comments>`}

// TestRefreshOfAFullDocument refreshes a draft with everything in it: what is
// renewed, what is left and why, and nothing else changes.
func TestRefreshOfAFullDocument(t *testing.T) {
	before := wordFile(t, fullBody, fullParts)
	r := refreshed(t, "draft.docx", before, options(), revision)
	equal(t, "told", told(r), `
正文 282件→228件
正文 9次→8次
正文 61次→16次
正文 72件→27件
正文 18次→8次
正文 15次→16次
表格 281→228
文本框 5次→8次
脚注 72件→27件
页眉 4次→8次
正文 40期 不一致：在修订标记里，请先接受或拒绝这处修订
正文 40期 不一致：中间有修订标记或段落标记，请先接受或拒绝修订
正文 99% 不一致：在域（目录、引用、链接等）或注音里，请在 Word 里改
正文 98% 不一致：在域（目录、引用、链接等）或注音里，请在 Word 里改
正文 7次 不一致：在内容控件里，修订标记在有的软件里会显示错
正文 6次 不一致：在锁定的内容控件里
正文 十几次 未判：约略的说法，没有确数可比`)
	was, is := partsOf(t, before), partsOf(t, r.Content)
	for name, content := range was {
		if name == "word/document.xml" || name == "word/footnotes.xml" || name == "word/header1.xml" {
			if got := undone(is[name]); got != normal(content) {
				t.Errorf("%s: with the changes undone\n%s\nwas\n%s", name, got, normal(content))
			}
		} else if is[name] != content {
			t.Errorf("%s changed", name)
		}
	}
	if len(is) != len(was) {
		t.Errorf("%d parts, were %d", len(is), len(was))
	}
	if got := strings.Count(is["word/document.xml"], "讲党课</w:t>"); got != 4 { // the text box twice
		t.Errorf("the text box is renewed in %d places", got)
	}
	accepted(t, "refreshed", r.Content)
	accepted(t, "plain", refreshed(t, "draft.docx", before, options(), Revision{Plain: true}).Content)
	again := refreshed(t, "draft.docx", r.Content, options(), revision)
	if len(again.Changes) > 0 || partsOf(t, again.Content)["word/document.xml"] != is["word/document.xml"] {
		t.Errorf("a second refresh changes\n%s", told(again))
	}
}

var (
	ourInsertion = regexp.MustCompile(`(?s)<w:ins w:id="\d+" w:author="workreport"[^>]*>.*?</w:ins>`)
	ourDeletion  = regexp.MustCompile(`(?s)<w:del w:id="\d+" w:author="workreport"[^>]*>(.*?)</w:del>`)
	deletedText  = regexp.MustCompile(`(</?w:)delText`)
	splitRun     = regexp.MustCompile(`</w:t></w:r><w:r>((?:<w:rPr>(?:[^<]|<w:b/>|<w:u [^>]*>|<w:rPrChange.*?</w:rPrChange>)*</w:rPr>)?)<w:t>`)
)

// undone is a part as it is when every change of ours is refused. Runs that were
// split are put together, in what it is compared with as well.
func undone(part string) string {
	part = ourInsertion.ReplaceAllString(part, "")
	part = ourDeletion.ReplaceAllStringFunc(part, func(change string) string {
		return deletedText.ReplaceAllString(ourDeletion.ReplaceAllString(change, "$1"), "${1}t")
	})
	return normal(part)
}

func normal(part string) string {
	part = strings.ReplaceAll(part, ` xml:space="preserve"`, "")
	return splitRun.ReplaceAllString(part, "")
}

// TestRefreshedWording refreshes sentences: the way a number is written is kept.
func TestRefreshedWording(t *testing.T) {
	o := options()
	o.Catalogue.Figures[0].Last = big.NewRat(204, 1) // filed: 228, 24 more
	o.Catalogue.Figures[1].Last = big.NewRat(60, 1)  // bulletins: 50, 10 fewer
	o.Catalogue.Figures[2].Last = big.NewRat(8, 1)   // lectures: 8, as many
	o.Catalogue.Figures[4].Value, o.Catalogue.Figures[4].Last = big.NewRat(9949, 100), big.NewRat(98, 1)
	for text, want := range map[string]string{
		"全年立案提案282 件。":                                      "全年立案提案228 件。",
		"全年立案提案二百八十二件。":                                     "全年立案提案二百二十八件。",
		"全年立案提案２８２件。":                                       "全年立案提案２２８件。",
		"全年立案提案300余件。":                                      "全年立案提案200余件。",
		"全年立案提案近 200 件。":                                    "全年立案提案近 230 件。",
		"全年立案提案228人次。":                                      "全年立案提案228件。",
		"编发《社情民意》40 余期。":                                    "编发《社情民意》50 期。", // nothing is left over
		"办复率达到九成。":                                          "办复率达到九成九。",
		"办复率达到98.5%，比上年提高1个百分点。":                            "办复率达到99.5%，比上年提高1个百分点。", // 1.49, rounded
		"办复率达到99.49%，比上年提高1.49%。":                           "办复率达到99.49%，比上年提高1.49个百分点。",
		"全年立案提案228件，比上年增加20件。":                              "全年立案提案228件，比上年增加24件。",
		"全年立案提案228件，比上年减少20件。":                              "全年立案提案228件，比上年增加24件。",
		"编发《社情民意》50期，比上年增加了 10 期。":                          "编发《社情民意》50期，比上年减少了 10 期。",
		"讲党课8次，比上年增加2次。":                                    "讲党课8次，与上年持平。",
		"讲党课8次，同比增长5%。":                                     "讲党课8次，同比持平。",
		"提案由上年的200件增加到230件。":                                "提案由上年的200件增加到230件。", // not tied: 立案 is not said
		"立案提案由上年的200件增加到230件。":                              "立案提案由上年的204件增加到228件。",
		"立案提案、讲党课分别为230件、9次。":                               "立案提案、讲党课分别为228件、8次。",
		"全年立案提案{{filed}}，{{ rate | 一位小数 }}。":                "全年立案提案228件，99.5%。",
		"立案提案{{filed|数值}}件，上年{{filed|上年}}，{{lectures|中文}}。": "立案提案228件，上年204件，八次。",
	} {
		r := refreshed(t, "a.txt", []byte(text+"\n"), o, revision)
		if got := strings.TrimSpace(string(r.Content)); got != want {
			t.Errorf("%s\n got  %s\n want %s\n%s", text, got, want, told(r))
		}
	}
}

// TestPlaceholdersOverRuns fills placeholders that Word has cut anywhere.
func TestPlaceholdersOverRuns(t *testing.T) {
	r := refreshed(t, "a.docx", wordFile(t, p(r("全年立案提案{"), r("{fi"), r("led"), r("}"), r("}，办复率｛｛rate｜两位小数｝｝。")), nil), options(), revision)
	equal(t, "text", r.After.Text.String, "全年立案提案228件，办复率100.00%。")
	accepted(t, "filled", r.Content)
}

// TestFaultyPlaceholders wants every placeholder that cannot be understood named,
// with the nearest, and one without data left.
func TestFaultyPlaceholders(t *testing.T) {
	o := options()
	text, err := Read("a.txt", []byte("立案{{filled}}，办复率{{rate|一位小}}，{{zzzzzzzzzzzz}}。\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = Refresh(t.Context(), "a.txt", text, o, revision, false)
	equal(t, "error", fmt.Sprint(err), `
第1行第3字：{{filled}}：没有这个编号的数字，最接近的是 filed
第1行第17字：{{rate|一位小}}：没有这种写法，最接近的是 一位小数
第1行第30字：{{zzzzzzzzzzzz}}：没有这个编号的数字；全部编号见 workreport figures`)
	o.Catalogue.Figures[0].Value = nil
	r := refreshed(t, "a.txt", []byte("立案{{filed}}。\n"), o, revision)
	equal(t, "told", told(r), "{{filed}} 未判：“立案提案”还没有数据")
	if string(r.Content) != "立案{{filed}}。\n" || r.Unmended() != 1 {
		t.Errorf("%q, %d unmended", r.Content, r.Unmended())
	}
}

// TestTextFilesAsTheyWere refreshes text files: encoding, line ends and marks stay.
func TestTextFilesAsTheyWere(t *testing.T) {
	gbk := "\xc8\xab\xc4\xea\xc1\xa2\xb0\xb8\xcc\xe1\xb0\xb8%d\xbc\xfe\xa1\xa3\r\n" // 全年立案提案%d件。
	utf16 := "\xff\xfe" + strings.Join(strings.Split("lt", ""), "\x00") + "\x00"
	for _, c := range []struct{ name, old, want string }{
		{"a.txt", fmt.Sprintf(gbk, 282), fmt.Sprintf(gbk, 228)},
		{"a.txt", "\ufeff全年立案提案282件，\r讲党课9\r\n次。\n", "\ufeff全年立案提案228件，\r讲党课8\r\n次。\n"},
		{"a.txt", utf16, utf16},
		{"a.md", "# 报告\n\n| 立案提案 | **282**件 |\n全年立案提案**300**余件[注](a300.html)\n", "# 报告\n\n| 立案提案 | **228**件 |\n全年立案提案**200**余件[注](a300.html)\n"},
		{"a.md", "编发《社情民意》**40**余期", "编发《社情民意》**50**期"},
	} {
		if got := string(refreshed(t, c.name, []byte(c.old), options(), revision).Content); got != c.want {
			t.Errorf("%q\n got  %q\n want %q", c.old, got, c.want)
		}
	}
	r := refreshed(t, "a.txt", []byte("一\n全年立案提案282件\n二\n"), options(), revision)
	diff, err := r.Diff("a.txt", "b.txt")
	if want := "diff a.txt b.txt\n--- a.txt\n+++ b.txt\n@@ -1,3 +1,3 @@\n 一\n-全年立案提案282件\n+全年立案提案228件\n 二\n"; err != nil || diff != want {
		t.Errorf("diff %q, %v", diff, err)
	}
}

// TestCarryOver holds last year's report against this year's figures.
func TestCarryOver(t *testing.T) {
	last, now := options(), options()
	last.Catalogue.Year = 2020
	value := func(o *Options, i int, value, last *big.Rat, rows int64) {
		o.Catalogue.Figures[i].Value, o.Catalogue.Figures[i].Last, o.Catalogue.Figures[i].Rows = value, last, rows
	}
	for i := range now.Catalogue.Figures {
		now.Catalogue.Figures[i].Rows = 1
	}
	value(&last, 0, big.NewRat(204, 1), big.NewRat(190, 1), 1)
	value(&now, 0, big.NewRat(228, 1), big.NewRat(204, 1), 1)
	value(&now, 5, big.NewRat(0, 1), nil, 0) // no record of this year yet
	text, err := Read("a.txt", []byte("县政协2020年工作报告\n全年立案提案204件，比上年增加14件。编发《社情民意》50期，化解各类矛盾27件，讲党课9次。走访12户。\n"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := CarryOver(t.Context(), "a.txt", text, last, now, revision)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, n := range c.Numbers {
		fmt.Fprintf(&b, "%s %s %s %s %s\n", n.Fate, n.Then.Shown(), n.Then.Verdict, n.New, strings.TrimSpace(n.Reads))
	}
	equal(t, "numbers", b.String(), `
要变 204件 一致 228件 全年立案提案228件，比上年增加24件。
要变 14件 一致 24件 全年立案提案228件，比上年增加24件。
不变 50期 一致  编发《社情民意》50期，化解各类矛盾27件，讲党课8次。
还没有数据 27件 一致  编发《社情民意》50期，化解各类矛盾27件，讲党课8次。
要变 9次 不一致 8次 编发《社情民意》50期，化解各类矛盾27件，讲党课8次。`)
	if len(c.Missing) != 1 || c.Missing[0].Spec.ID != "conflicts" || len(c.NotQuoted) != 2 {
		t.Errorf("missing %v, not quoted %v", names(c.Missing), names(c.NotQuoted))
	}
}

func names(list []figure.Figure) (ids []string) {
	for _, f := range list {
		ids = append(ids, f.Spec.ID)
	}
	return ids
}
