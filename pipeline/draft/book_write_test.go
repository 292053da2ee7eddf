package draft

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// replaced replaces the first mention of each text in a workbook by the other.
func replacedIn(t testing.TB, content []byte, changes ...string) []byte {
	t.Helper()
	text := readBookFile(t, content)
	var list []Replacement
	for i := 0; i < len(changes); i += 2 {
		at := strings.Index(text.String, changes[i])
		if at < 0 {
			t.Fatalf("no %s in %q", changes[i], text.String)
		}
		if why := text.fixed(at, at+len(changes[i]), Revision{}); why != "" {
			t.Fatalf("%s is fixed: %s", changes[i], why)
		}
		with, stored := changes[i+1], ""
		if c := text.book.cellAt(at); c.kind == inNumber {
			stored, _ = c.format.read(with)
			with = c.format.shown(stored)
		}
		list = append(list, Replacement{at, at + len(changes[i]), with, stored})
	}
	var b bytes.Buffer
	if err := text.Replace(&b, list, Revision{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCellsAreWrittenAnew(t *testing.T) {
	changes := []string{"228", "230", "282件", "228件", "9次", "8次", "99.49%", "99.5%", "1,234,567", "1,234,000", "16件", "20件", "12345678", "-3.5", "50期", "48期", "16次", "15次", "71", "7.5"}
	before := bookFile(t, nil, hardSheets...)
	after := replacedIn(t, before, changes...)
	want := readBookFile(t, before).String
	for i := 0; i < len(changes); i += 2 {
		want = strings.Replace(want, changes[i], changes[i+1], 1)
	}
	want = strings.Replace(want, "99.5%", "99.50%", 1) // as the format shows it
	text := readBookFile(t, after)
	if text.String != want {
		t.Errorf("got\n%s\nwant\n%s", text.String, want)
	}
	if last := text.notices[len(text.notices)-1]; !strings.Contains(last, "公式的值可能是旧的") {
		t.Errorf("notices %q", text.notices)
	}
	was, is := partsOf(t, before), partsOf(t, after)
	for name, content := range was {
		if changed := strings.HasPrefix(name, "xl/worksheets/") || name == "xl/workbook.xml"; !changed && is[name] != content {
			t.Errorf("%s changed", name)
		}
	}
	if main := strings.Replace(was["xl/workbook.xml"], "</sheets>", `</sheets><calcPr fullCalcOnLoad="1"/>`, 1); is["xl/workbook.xml"] != main {
		t.Errorf("the main part is\n%s", is["xl/workbook.xml"])
	}
	first := was["xl/worksheets/sheet1.xml"]
	for _, change := range [][2]string{
		{`<v>228</v>`, `<v>230</v>`}, {`<v>0.99487179487179505</v>`, `<v>0.995</v>`}, {`<v>1234567</v>`, `<v>1234000</v>`}, {`<v>12345678</v>`, `<v>-3.5</v>`},
		{`<v>16</v>`, `<v>20</v>`},
		{`<c r="A2" t="s"><v>1</v></c>`, `<c r="A2" t="inlineStr"><is><r><t xml:space="preserve">全年立案提案228件</t></r><r><rPr><b/><sz val="11"/><color rgb="FFFF0000"/><rFont val="宋体"/></rPr><t xml:space="preserve">， </t></r><r><rPr><i/></rPr><t xml:space="preserve">讲党课8次。</t></r></is></c>`},
	} {
		first = strings.Replace(first, change[0], change[1], 1)
	}
	if is["xl/worksheets/sheet1.xml"] != first {
		t.Errorf("the sheet is\n%s\nwant\n%s", is["xl/worksheets/sheet1.xml"], first)
	}
	if again := replacedIn(t, before, changes...); !bytes.Equal(again, after) {
		t.Error("two runs differ")
	}
	if before, after := faultsOf(t, before), faultsOf(t, after); before != after { // it knows no cells of the kind d
		t.Errorf("faults before:\n%s\nafter:\n%s", before, after)
	}
	opened(t, after, map[string]string{"B1": "230", "B3": "99.50%", "A2": "全年立案提案228件， 讲党课8次。", "B6": "20件"})
	t.Run("as LibreOffice reads it", func(t *testing.T) { asLibreOffice(t, after) })
}

// opened has another program read the first sheet.
func opened(t *testing.T, content []byte, cells map[string]string) {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, want := range cells {
		if got, err := book.GetCellValue("汇总", cell); got != want || err != nil {
			t.Errorf("%s is %q to excelize (%v), want %q", cell, got, err, want)
		}
	}
}

// asLibreOffice wants the changed numbers and texts.
func asLibreOffice(t *testing.T, content []byte) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("soffice is not installed")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "after.xlsx"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("soffice", "-env:UserInstallation=file://"+dir+"/office", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "after.xlsx")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	table, err := os.ReadFile(filepath.Join(dir, "after.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"立案提案（件）",230`, `"办复率",99.50%,`, "全年立案提案228件， 讲党课8次。", `"1,234,000",20件`} {
		if !strings.Contains(string(table), want) {
			t.Errorf("no %s in\n%s", want, table)
		}
	}
}

// TestEscapesOfCells writes what XML has no place for, and what reads as an escape.
func TestEscapesOfCells(t *testing.T) {
	before := bookFile(t, nil, row(1, inline("A1", "甲_x0007_乙")))
	after := replacedIn(t, before, "乙", "<丙>_x0041_x0042_&_x\r\n")
	if got := readBookFile(t, after).book.cells[0].text; got != "甲\a<丙>_x0041_x0042_&_x\r\n" {
		t.Errorf("read as %q", got)
	}
	accepted(t, "escapes", after)
}

// TestPrefixes writes into parts whose elements have prefixes, another one where
// the texts are.
func TestPrefixes(t *testing.T) {
	prefixed := func(xml string) string {
		return strings.NewReplacer("</", "</x:", "<?", "<?", "<", "<x:", `xmlns="`, `xmlns:x="`).Replace(xml)
	}
	plain := bookFile(t, nil, row(1, shared("A1", 1))+row(2, `<c r="A2"><f>1+1</f><v>2</v></c>`))
	parts := partsOf(t, plain)
	before := bookFile(t, map[string]string{
		"xl/worksheets/sheet1.xml": partHead + prefixed(strings.TrimPrefix(parts["xl/worksheets/sheet1.xml"], partHead)),
		"xl/workbook.xml":          partHead + prefixed(strings.Replace(strings.TrimPrefix(parts["xl/workbook.xml"], partHead), "</sheets>", `</sheets><calcPr calcId="191029" fullCalcOnLoad="0"/>`, 1)),
	}, "")
	after := replacedIn(t, before, "282", "228")
	is := partsOf(t, after)
	if want := `<x:c r="A1" t="inlineStr"><x:is><x:r><x:t xml:space="preserve">全年立案提案228</x:t></x:r><x:r><x:rPr><x:b/>`; !strings.Contains(is["xl/worksheets/sheet1.xml"], want) {
		t.Errorf("the sheet is\n%s", is["xl/worksheets/sheet1.xml"])
	}
	if want := `</x:sheets><x:calcPr calcId="191029" fullCalcOnLoad="1"/></x:workbook>`; !strings.HasSuffix(is["xl/workbook.xml"], want) {
		t.Errorf("the main part is\n%s", is["xl/workbook.xml"])
	}
	accepted(t, "prefixes", before)
	accepted(t, "prefixes, after", after)
}

func TestFixedCells(t *testing.T) {
	const table = `<table ` + sheetNS + ` id="1" name="表1" displayName="表1" ref="A9:A10"><tableColumns count="1"><tableColumn id="1" name="2021年9件"/></tableColumns></table>`
	links := fmt.Sprintf(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%stable" Target="../tables/table1.xml"/></Relationships>`, officeRel)
	content := bookFile(t, map[string]string{"xl/tables/table1.xml": table, "xl/worksheets/_rels/sheet1.xml.rels": links},
		row(1, number("A1", "44260", 3), `<c r="B1"><f>1+1</f><v>2</v></c>`, `<c r="C1"><f t="array" ref="C1:C2">1+1</f><v>3</v></c>`, number("D1", "4", 0))+
			row(2, number("C2", "5", 0))+row(9, inline("A9", "2021年9件"))+row(10, inline("A10", "10件")),
		row(1, number("A1", "6", 0))+`</sheetData><sheetProtection sheet="1"/>`)
	text := readBookFile(t, content)
	var got []string
	offset := 0
	for line := range strings.Lines(text.String) {
		_, cell := text.cell(offset)
		got = append(got, cell+text.fixed(offset, offset+len(line)-1, Revision{}))
		offset += len(line)
	}
	if want := "A1是日期 B1由公式算出 C1由公式算出 D1 C2由公式算出 A9是表格的列标题 A10 A1工作表受保护"; strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
	if why := text.fixed(0, len(text.String), Revision{}); why != "不在一个单元格里" {
		t.Error(why)
	}
	without := bookFile(t, nil, row(1, number("A1", "4", 0)))
	if is := partsOf(t, replacedIn(t, without, "4", "5")); is["xl/workbook.xml"] != partsOf(t, without)["xl/workbook.xml"] {
		t.Error("the main part of a workbook without formulas changed")
	}
}

// TestNothingReplaced copies a workbook that needs no change.
func TestNothingReplaced(t *testing.T) {
	before := bookFile(t, nil, hardSheets...)
	was, is := partsOf(t, before), partsOf(t, replacedIn(t, before))
	for name := range was {
		if was[name] != is[name] {
			t.Errorf("%s changed", name)
		}
	}
}
