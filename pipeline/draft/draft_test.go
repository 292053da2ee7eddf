package draft

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
	"workreport/queries"
)

// verdicts checks a text against options() and writes each statistic with its verdict.
func verdicts(t *testing.T, text string, o Options) string {
	t.Helper()
	read, err := Read("draft.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range check(t, read, o).Findings {
		if f.Class == quote.Figure || f.Class == quote.Vague {
			line := strings.Join(strings.Fields(f.Text), "") + " " + string(f.Verdict)
			if f.Suggestion != "" {
				line += " →" + f.Suggestion
			}
			list = append(list, line)
		}
	}
	return strings.Join(list, "|")
}

func TestVerdicts(t *testing.T) {
	o := options()
	last := big.NewRat(204, 1)
	o.Catalogue.Figures[0].Last = last // 228 of 204 before: 24 more, 11.76 %
	o.Catalogue.Figures[4].Value = big.NewRat(9949, 100)
	o.Catalogue.Figures[4].ValueText = "99.49"
	for text, want := range map[string]string{
		"全年立案提案228件。":                     "228件 一致",
		"全年立案提案282件。":                     "282件 不一致 →228件",
		"全年立案提案二百二十八件。":                   "二百二十八件 一致",
		"全年立案提案200余件。":                    "200余件 概数一致 →220余件",
		"全年立案提案近230件。":                    "近230件 概数一致",
		"全年立案提案228余件。":                    "228余件 不一致 →228件",
		"全年立案提案228人次。":                    "228人次 单位不符 →228件",
		"办复率达到99.5%。":                     "99.5% 取整一致",
		"办复率达到99%。":                       "99% 取整一致", // 99.49 rounds to 99
		"办复率达到100%。":                      "100% 不一致 →99.49%",
		"办复率达到99.49个百分点。":                 "99.49个百分点 单位不符 →100%",
		"走访群众12户。":                        "12户 无据",
		"召开座谈会十几次。":                       "十几次 未判",
		"全年立案提案228件，比上年增加24件，增长11.8%。":    "228件 一致|24件 一致|11.8% 取整一致",
		"全年立案提案228件，比上年增长24件。":            "228件 一致|24件 一致",
		"全年立案提案228件，同比增长10.5%。":           "228件 一致|10.5% 不一致 →11.8%",
		"去年立案204件。":                       "204件 无据",
		"五年来立案1100件。":                     "1100件 无据",
		"全年立案提案228件，重点抓好落实，立案230件。":       "228件 一致|230件 不一致 →228件",
		"全年立案提案228件，其中委员提案立案203件。":        "228件 一致|203件 未判",
		"建议300件，其中委员建议150件，占40%。":         "300件 无据|150件 无据|40% 自相矛盾",
		"建议300件，其中委员建议150件，占50%。":         "300件 无据|150件 无据|50% 无据",
		"建议92件，其中甲类22件、乙类68件、丙类2件，占2.2%。": "92件 无据|22件 无据|68件 无据|2件 无据|2.2% 无据",
		"建议90件，其中甲类50件、乙类60件。":            "90件 自相矛盾|50件 自相矛盾|60件 自相矛盾",
		"建议90件，其中办成95件。":                  "90件 无据|95件 自相矛盾",
		"出台《甲》《乙》《丙》等2项办法。":               "2项 自相矛盾",
		"出台《甲》《乙》《丙》等12项办法。":              "12项 无据",
		"组织讲党课、召开界别协商分别为8次、16次。":          "8次 一致|16次 一致",
	} {
		if got := verdicts(t, text, o); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestLastYearByItsOwnDefinition: 204 filed as they are counted now, 198 as they
// were then. Either is last year's value; the change is between equals: 228 - 204.
func TestLastYearByItsOwnDefinition(t *testing.T) {
	o := options()
	filed := &o.Catalogue.Figures[0]
	filed.Last = big.NewRat(204, 1)
	filed.Then = &figure.Then{Spec: queries.Figure{Unit: "件"}, Value: big.NewRat(198, 1)}
	for text, want := range map[string]string{
		"立案由204件增加到228件。":      "204件 一致|228件 一致",
		"立案由198件增加到228件。":      "198件 一致|228件 一致",
		"立案由206件增加到228件。":      "206件 不一致 →204件|228件 一致",
		"全年立案提案228件，比上年增加24件。": "228件 一致|24件 一致",
		"全年立案提案228件，比上年增加30件。": "228件 一致|30件 不一致 →24件",
	} {
		if got := verdicts(t, text, o); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	filed.Last = nil // no record of last year by this year's definition
	if got := verdicts(t, "立案由198件增加到228件。", o); got != "198件 一致|228件 一致" {
		t.Errorf("without a comparable value: %s", got)
	}
}

// TestTwoFiguresFit wants none tied where two fit equally well, until a person decides.
func TestTwoFiguresFit(t *testing.T) {
	o := options()
	twin := o.Catalogue.Figures[0]
	twin.Spec.ID = "filed_too"
	o.Catalogue.Figures = append(o.Catalogue.Figures, twin)
	const text = "全年立案提案228件。"
	if got := verdicts(t, text, o); got != "228件 未判" {
		t.Error(got)
	}
	decide := func(rows string) (Options, error) {
		var err error
		decided := o
		decided.Bindings, err = ReadBindings(fstest.MapFS{BindingsFile: {Data: []byte(rows)}}, "data/2021", []string{"filed", "filed_too"})
		return decided, err
	}
	decided, err := decide("语句,编号,说明\n立案提案【225件】。,filed_too,不计转办\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := verdicts(t, text, decided); got != "228件 一致" {
		t.Error(got)
	}
	for rows, want := range map[string]string{
		"立案提案228件,filed,\n":      "要用【】标出数字",
		"立案提案【228件】,filled,\n":   "最接近的是 filed",
		"【228件】,filed,\n":        "前后留几个字",
		"立案【228件】,\"filed\n,,\n": "没有编号为",
	} {
		if _, err := decide(rows); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "第1行") {
			t.Errorf("%q: %v", rows, err)
		}
	}
}

func TestUnitsAreNeverMixed(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{{"人次", "人", false}, {"篇", "条", false}, {"名", "人", true}, {"万元", "元", true}, {"万元", "万美元", false}, {"件", "件次", false}, {"%", "百分点", false}} {
		if sameKind(c.a, c.b) != c.same {
			t.Errorf("%s and %s", c.a, c.b)
		}
	}
}

// TestBrokenLinesAreJoined reads a text as it comes out of a PDF.
func TestBrokenLinesAreJoined(t *testing.T) {
	lines := []string{"政协工作报告", "我们始终坚持围绕中心服务大局，一年来全体委员认真履职，先后", "召开各类座谈会、协商会，广泛听取意见，全年立案提案 22", "- 3 -",
		"8 件，办理工作扎实推进，社会各界给予好评。全年共编发《社情民意》50", "期。", "二、存在的不足", "调查研究还不够深入，联系群众还不够紧密，服务委员还不够到位，", "需要认真改进。"}
	raw := strings.Join(lines, "\n\n") + "\n"
	text, err := Read("draft.txt", []byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range check(t, text, options()).Findings {
		got = append(got, fmt.Sprintf("%d:%d %q %s", f.Line, f.Column, f.Text, f.Verdict))
	}
	want := `3:16 "一年来" 非统计|5:27 "22\n\n- 3 -\n\n8 件" 一致|7:3 "3" 非统计|9:34 "50\n\n期" 一致|13:1 "二" 非统计`
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
	if !strings.Contains(text.String, "立案提案 228 件") || !strings.Contains(text.String, "50期") || strings.Contains(text.String, "期。二、") {
		t.Errorf("read as %q", text.String)
	}
}

// TestPlacesAreThoseOfTheFile holds every number of every form of a draft to
// stand where it says, as it says.
func TestPlacesAreThoseOfTheFile(t *testing.T) {
	for name, content := range map[string]string{
		"a.txt":  "\ufeff第一行\r\n　　全年立案提案２２８ 件，\r\n讲党课8\r\n次。\r\n",
		"a.md":   "# 报告\n\n全年立案提案**228**件，讲党课 *8* 次。\n\n| 项目 | 数 |\n| 界别协商 | 16次 |\n",
		"a.html": "<!DOCTYPE html><html><head><title>9件</title><style>p{margin:3px}</style></head><body><p>全年立案提案<b>22</b>8&nbsp;件，</p>\n<script>var a = 77</script><td>讲党课&#56;次</td></body></html>",
	} {
		text, err := Read(name, []byte(content))
		if err != nil {
			t.Fatal(name, err)
		}
		flat := strings.ReplaceAll(strings.TrimPrefix(content, "\ufeff"), "\r\n", "\n")
		lines := strings.Split(flat, "\n")
		right := 0
		for _, f := range check(t, text, options()).Findings {
			if f.Verdict == Agrees {
				right++
			}
			rest := string([]rune(lines[f.Line-1])[f.Column-1:]) + "\n" + strings.Join(lines[f.Line:], "\n")
			if !strings.HasPrefix(rest, f.Text) {
				t.Errorf("%s: %q is not at %d:%d, there is %.20q", name, f.Text, f.Line, f.Column, rest)
			}
			if strings.Contains(f.Text, "77") || strings.Contains(f.Text, "3px") {
				t.Errorf("%s: %q is of a script or a style", name, f.Text)
			}
		}
		if right < 2 {
			t.Errorf("%s: %d right numbers in %q", name, right, text.String)
		}
	}
}

// FuzzRead reads any bytes as a draft of any kind: no panic, and every number
// stands where it says.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"全年立案提案228件。", "<html><p>228件", "PK\x03\x04", "\xff\xfe2\x002\x008\x00", "# 报告\n| 228件 |", "12\n\n- 3 -\n\n件"} {
		f.Add("a.txt", []byte(seed))
		f.Add("a.md", []byte(seed))
		f.Add("a.html", []byte(seed))
	}
	f.Add("a.docx", wordFile(f, hardBody, map[string]string{"word/footnotes.xml": footnotes}))
	f.Add("a.xlsx", bookFile(f, nil, hardSheets...))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		text, err := Read(name, content)
		if err != nil {
			return
		}
		for _, n := range check(t, text, options()).Findings {
			if n.Line < 1 || n.Line > len(text.lines) || n.Column < 1 || !utf8.ValidString(n.Text) && utf8.ValidString(text.raw) {
				t.Fatalf("%q at %d:%d", n.Text, n.Line, n.Column)
			}
		}
	})
}
