package signoff

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"workreport/pipeline/contract"
)

// sheet is a sheet with so many changes.
func sheet(changes int) Sheet {
	s := Sheet{Draft: "工作报告.docx", New: "工作报告-新稿.docx", Organisation: "政协高都县委员会", Year: 2021,
		Against: "已发布的 2021 年数字（out/2021/editions/20220110T020000-3f2a9c81d0ab）", Since: "从上次核对无误的一期算起：2021年第3期（数字编号 0a1b2c3d4e5f）"}
	lines := []Line{
		{Place: "正文第12段第6字", Before: "一年来，围绕全县中心工作建言资政，全年立案提案", Old: "228件", After: "，办复率达到100%，委员满意率进一步提高", New: "231件",
			ID: "proposals_filed", Title: "立案提案", Definition: "审查结果为立案的提案；并案计入主案，不另计件，撤案的不计。", Causes: []string{
				"新增 2021/proposals.csv 第255行  提案 七届一次，900", "新增 2021/proposals.csv 第256行  提案 七届一次，901", "新增 2021/proposals.csv 第257行  提案 七届一次，902"}},
		{Place: "正文第15段第40字", Before: "加强委员队伍建设，通过举办培训班、专题讲座、线上学堂等多种形式，全年组织", Old: "500余人次", After: "参加各类学习培训。", New: "600余人次",
			ID: "training_person_times", Title: "参加学习培训的人次", Definition: "各次培训实到人数之和，一人参加两次计两人次，含线上培训，不含列席的机关干部。", Causes: []string{
				"改动 2021/trainings.csv 第4行（原第3行）  学习培训 PX003：实到人数 “45” → “145”"}},
		{Place: "表格第2段第1字", Before: "争取各类帮扶资金", Old: "4000余万元", After: "，惠及群众", New: "5000余万元",
			ID: "consumption_assistance_funds", Title: "帮扶项目资金", Definition: "以到账的元计，写作万元；由委员个人捐赠的不计入。", Causes: []string{
				"由关联的记录引起：改动 2021/assistance_funds.csv 第9行  帮扶资金 ZJ008：金额（元） “1200000.00” → “7200000.00”", "设置改了（如时段、截止日）"}},
		{Place: "正文第18段第9字", Before: "坚持把反映社情民意作为履职为民的重要渠道，广泛收集群众意见，编发社情民意信息", Old: "96期", After: "。", New: "98期", ID: "opinion_briefs", Title: "社情民意信息", Definition: "按刊物的期号计，一期只计一次；增刊另有期号的计入，合刊计一期。"},
	}
	for i := range changes {
		s.Lines = append(s.Lines, lines[i%len(lines)])
	}
	for i, why := range []string{"没有依据：没有一个数字与它对应", "两个数字都可以是它，没有认定", "没有依据：没有一个数字与它对应"} {
		s.Left = append(s.Left, Left{fmt.Sprintf("正文第%d段第3字", 20+i), "开展走访慰问", fmt.Sprint(7+i, "次"), "，受到好评", why})
	}
	return s
}

// hostile is a sheet with texts that are markup, formulas, and no text at all.
func hostile() Sheet {
	const text = "=1+1<w:p>&\"'\x00\x0b\x1b\uFFFE\u202e\xff\r\n𠮷"
	return Sheet{text, text, text, 2021, text, text, []Line{{text, text, text, text, text, text, text, text, []string{text}}, {}}, []Left{{text, text, text, text, text}, {}}}
}

func written(t *testing.T, write func(io.Writer, Sheet) error, s Sheet) []byte {
	t.Helper()
	var b, again bytes.Buffer
	if err := write(&b, s); err != nil {
		t.Fatal(err)
	}
	if err := write(&again, s); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same sheet gives other bytes", err)
	}
	return b.Bytes()
}

func TestCSV(t *testing.T) {
	got := written(t, CSV, sheet(4))
	golden := filepath.Join("testdata", "sheet.csv")
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v, got\n%s", err, got)
	}
}

func rowsOf(t *testing.T, s Sheet) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(written(t, CSV, s)), contract.BOM))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestCSVIsHarmless(t *testing.T) {
	rows := rowsOf(t, hostile())
	if len(rows) != 5 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") || strings.ContainsAny(cell, "\x00\x1b\u202e\r") {
				t.Errorf("%q", cell)
			}
		}
	}
}

// A workbook cuts a cell after 32,767 characters without a word.
func TestCSVSaysThatThereIsMore(t *testing.T) {
	s := sheet(1)
	s.Lines[0].Causes = slices.Repeat([]string{strings.Repeat("长", 99)}, 400)
	cell := rowsOf(t, s)[1][8]
	if n := len([]rune(cell)); n > 32_767 || n < 32_600 || !strings.HasSuffix(cell, "另有 73 条，见 workreport diff") {
		t.Errorf("%d characters, ends %q", n, cell[len(cell)-60:])
	}
}

func body(t *testing.T, content []byte) string {
	t.Helper()
	book, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := book.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(text, new(struct{})); err != nil {
		t.Error(err)
	}
	return string(text)
}

func TestDOCX(t *testing.T) {
	xml := body(t, written(t, DOCX, sheet(4)))
	for _, want := range []string{"政协高都县委员会2021年工作报告数字改动表", `<w:strike/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr><w:t xml:space="preserve">228件`,
		`<w:b/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr><w:t xml:space="preserve">231件`, ">proposals_filed<", "没有一个数字与它对应（2处）", "核对人：", "<w:tblHeader/>"} {
		if !strings.Contains(xml, want) {
			t.Errorf("lacks %s", want)
		}
	}
	if n := strings.Count(xml, "<w:cantSplit/>"); n != 5 {
		t.Errorf("%d rows that are not split, want 5", n)
	}
	many := sheet(12)
	if xml := body(t, written(t, DOCX, many)); strings.Count(xml, "另有 2 条，见 CSV 表") != 3 || !strings.Contains(xml, "全部见同时写出的 CSV 表") {
		t.Error("does not say that there are more causes")
	}
	empty := body(t, written(t, DOCX, Sheet{}))
	for _, want := range []string{">工作报告数字改动表<", "没有改动", "看过而没有改的：没有。"} {
		if !strings.Contains(empty, want) {
			t.Errorf("an empty sheet lacks %s", want)
		}
	}
	if strings.Contains(body(t, written(t, DOCX, hostile())), "1+1<w:p>") {
		t.Error("text became markup")
	}
}

// Microsoft's validator finds what makes Word offer to repair a file.
func TestOfficeAccepts(t *testing.T) {
	validator, _ := filepath.Abs("../../charts/assets/node_modules/.bin/ooxml-validator")
	if _, err := os.Stat(validator); err != nil {
		t.Skip("ooxml-validator is not installed: npm ci in charts/assets")
	}
	for name, s := range map[string]Sheet{"usual": sheet(8), "many": sheet(51), "hostile": hostile(), "empty": {}} {
		file := filepath.Join(t.TempDir(), name+".docx")
		if err := os.WriteFile(file, written(t, DOCX, s), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(validator, file).Output()
		var verdict struct{ OK bool }
		if json.Unmarshal(out, &verdict) != nil || !verdict.OK {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// Eight changes go on one page with the line for signatures.
func TestOfficeLaysOut(t *testing.T) {
	for _, tool := range []string{"soffice", "pdfinfo", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	dir := t.TempDir()
	run := func(tool string, args ...string) string {
		cmd := exec.Command(tool, args...)
		cmd.Dir = dir
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(tool, err)
		}
		return string(out)
	}
	changes := map[string]int{"usual": 8, "many": 51}
	for name, n := range changes {
		if err := os.WriteFile(filepath.Join(dir, name+".docx"), written(t, DOCX, sheet(n)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run("soffice", "-env:UserInstallation=file://"+dir+"/office", "--headless", "--convert-to", "pdf", "usual.docx", "many.docx")
	for name, most := range map[string]int{"usual": 1, "many": 7} {
		pages := 0
		_, after, _ := strings.Cut(run("pdfinfo", name+".pdf"), "Pages:")
		if fmt.Sscan(after, &pages); pages == 0 || pages > most {
			t.Errorf("%s has %d pages, want at most %d", name, pages, most)
		}
		text := run("pdftotext", "-layout", name+".pdf", "-")
		if heads := strings.Count(text, "引起改动的记录"); heads < pages-1 || !strings.Contains(text, "核对人：") {
			t.Errorf("%s has its heading on %d of %d pages", name, heads, pages)
		}
	}
	if keep := os.Getenv("KEEP"); keep != "" {
		run("cp", "usual.pdf", "many.pdf", "usual.docx", keep)
	}
}
