package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/source"
	"workreport/pipeline/store"
	"workreport/queries"
)

// thingsSchema is a record set with a field of every type.
const thingsSchema = `{
  "name": "things", "title": "物", "description": "样子。",
  "fields": [
    {"name": "no", "title": "编号", "type": "string", "description": "编号。", "aliases": ["序号"], "constraints": {"required": true}},
    {"name": "title", "title": "标题", "type": "string", "description": "标题。"},
    {"name": "persons", "title": "人数", "type": "integer", "description": "人数。", "constraints": {"minimum": 0}},
    {"name": "amount", "title": "金额（元）", "type": "number", "description": "金额。"},
    {"name": "day", "title": "日期", "type": "date", "description": "日期。", "constraints": {"withinYears": 1}},
    {"name": "replied_on", "title": "答复日期", "type": "date", "description": "日期。"},
    {"name": "kind", "title": "类别", "type": "string", "description": "类别。", "constraints": {"enum": ["立案", "并案", "不立案"]}},
    {"name": "key", "title": "是否重点", "type": "boolean", "description": "真假。"},
    {"name": "part_of", "title": "属于", "type": "string", "description": "上级。"},
    {"name": "name", "title": "姓名", "type": "string", "description": "姓名。", "private": true}
  ],
  "primaryKey": ["no"],
  "foreignKeys": [{"fields": ["part_of"], "reference": {"resource": "things", "fields": ["no"]}}]
}`

func thingsDefinitions(t testing.TB, allowed int) Definitions {
	t.Helper()
	c, err := contract.Load(fstest.MapFS{"things.json": {Data: []byte(thingsSchema)}}, "contract")
	if err != nil {
		t.Fatal(err)
	}
	q, err := queries.Load(fstest.MapFS{
		"figures/things.sql": {Data: []byte("-- figure: things\n-- title: 物\n-- section: 一、物\n-- order: 1\n-- value: count(*)\n-- unit: 件\n-- says: {}件\n\nSELECT * FROM things\n")},
		"checks/dates.sql": {Data: []byte("-- check: dates\n-- title: 答复不早于发生\n-- order: 1\n-- severity: reject\n-- expect: 答复日期不应早于日期；请核对\n\n" +
			"SELECT no, day, replied_on, _file, _sheet, _row FROM things WHERE replied_on < day ORDER BY _file, _sheet, _row\n")},
	}, "queries")
	if err != nil {
		t.Fatal(err)
	}
	return Definitions{Contract: c, Queries: q, AllowRejected: allowed}
}

// intake is what became of the files of a folder: rows, accounts and problems, as text.
func intake(t testing.TB, folder string, allowed int) (rows, accounts, problems string) {
	t.Helper()
	var y *Year
	err := With(context.Background(), thingsDefinitions(t, allowed), folder, 2021, func(year *Year) error {
		y = year
		record, err := y.Store.Query(context.Background(), store.Query{Body: "SELECT * FROM things ORDER BY _file, _sheet, _row"})
		if err != nil {
			return err
		}
		var b strings.Builder
		for row := range int(record.NumRows()) {
			var cells []string
			for i := range record.Schema().Fields() {
				cells = append(cells, strings.ReplaceAll(figure.CellText(record.Column(i), row), "\n", "\\n"))
			}
			fmt.Fprintln(&b, strings.Join(cells, "|"))
		}
		rows = b.String()
		return nil
	})
	var broken Broken
	if err != nil && !errors.As(err, &broken) {
		t.Fatal(err)
	}
	if err != nil {
		y = broken.Years[0]
	}
	for _, r := range y.Readings {
		a := r.Account
		if !a.Balanced() || a.Kept() < len(r.Refused) {
			t.Errorf("%s %s: the account does not hold: %+v, refused %v", a.File, a.Sheet, a, r.Refused)
		}
		accounts += fmt.Sprintf("%s【%s】%s：%d＝空%d＋头%d＋合计%d＋入%d＋拒%d＋重%d\n", a.File, a.Sheet, a.Format, a.Rows, a.Blank, a.Heading, a.Totals, a.Loaded, a.Rejected, a.Repeated)
	}
	for _, p := range y.Problems {
		problems += p.Severity.Title() + " " + strings.TrimPrefix(p.String(), y.Folder+"/") + "\n"
	}
	return rows, accounts, problems
}

var charsets = map[string]encoding.Encoding{
	"gbk": simplifiedchinese.GBK, "gb18030": simplifiedchinese.GB18030,
	"utf16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf16be": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"utf16bare": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
}

// fixture writes a file of a case. The words behind its name say how: gbk, utf16,
// bom, crlf, cr, cut (without a last line break), hex (bytes written \x..), book.
func fixture(t testing.TB, folder, name string, text []byte) {
	t.Helper()
	words := strings.Fields(name)
	path := filepath.Join(folder, words[0])
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, word := range words[1:] {
		switch word {
		case "bom":
			text = append([]byte("\ufeff"), text...)
		case "crlf":
			text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
		case "cr":
			text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r"))
		case "cut":
			text = bytes.TrimSuffix(text, []byte("\n"))
		case "hex":
			raw, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.ReplaceAll(string(text), `"`, `\"`), "\n", `\n`) + `"`)
			if err != nil {
				t.Fatal(err)
			}
			text = []byte(raw)
		case "book":
			text = workbookOf(t, string(text))
		default:
			encoded, err := charsets[word].NewEncoder().Bytes(text)
			if err != nil {
				t.Fatal(err)
			}
			text = encoded
		}
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// workbookOf makes a workbook of lines: "@sheet 名", "@hidden" (the sheet),
// "@hide 3" (a row), "@merge A1:B1", "@1904", or a row of cells parted by | —
// #1.5 a number, =… a formula without a value, =…→5 one with a value, anything
// else a text.
func workbookOf(t testing.TB, text string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	sheet, row, made := "Sheet1", 0, 0
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		command, value, _ := strings.Cut(line, " ")
		switch command {
		case "@sheet":
			if made++; made == 1 {
				check(book.SetSheetName("Sheet1", value))
			} else {
				_, err := book.NewSheet(value)
				check(err)
			}
			sheet, row = value, 0
		case "@hidden":
			check(book.SetSheetVisible(sheet, false))
		case "@hide":
			n, err := strconv.Atoi(value)
			check(err)
			check(book.SetRowVisible(sheet, n, false))
		case "@merge":
			from, to, _ := strings.Cut(value, ":")
			check(book.MergeCell(sheet, from, to))
		case "@1904":
			yes := true
			check(book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		default:
			row++
			for i, cell := range strings.Split(line, "|") {
				name, err := excelize.CoordinatesToCellName(i+1, row)
				check(err)
				formula, value, known := strings.Cut(cell, "→")
				switch {
				case strings.HasPrefix(cell, "=") && known:
					n, err := strconv.ParseFloat(value, 64)
					check(err)
					check(book.SetCellFloat(sheet, name, n, -1, 64))
					check(book.SetCellFormula(sheet, name, formula[1:]))
				case strings.HasPrefix(cell, "="):
					check(book.SetCellFormula(sheet, name, cell[1:]))
				case strings.HasPrefix(cell, "#") && !strings.HasPrefix(cell, "#REF"):
					n, err := strconv.ParseFloat(cell[1:], 64)
					check(err)
					check(book.SetCellFloat(sheet, name, n, -1, 64))
				case cell != "":
					check(book.SetCellStr(sheet, name, cell))
				}
			}
		}
	}
	var b bytes.Buffer
	check(book.Write(&b))
	return b.Bytes()
}

// TestIntake runs each case of testdata/intake: files as offices keep them, and
// under "want" every row that came in, the account of every sheet, and every
// problem, word for word.
func TestIntake(t *testing.T) {
	cases, err := filepath.Glob("testdata/intake/*.txtar")
	if err != nil || len(cases) < 20 {
		t.Fatal("too few cases", len(cases), err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			year := filepath.Join(folder, "2021")
			fixture(t, year, contract.EditionFile, []byte(handEdition))
			for _, f := range archive.Files {
				if f.Name != "want" {
					fixture(t, year, f.Name, f.Data)
				}
			}
			rows, accounts, problems := intake(t, folder, 1000)
			got := rows + accounts + problems
			want := &archive.Files[len(archive.Files)-1]
			if want.Name != "want" {
				t.Fatal("the case does not end with what it wants")
			}
			if os.Getenv("UPDATE") != "" {
				want.Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got != string(want.Data) {
				t.Errorf("got\n%s\nwant\n%s", got, want.Data)
			}
		})
	}
}

// TestHostileFiles gives the intake what no office would keep: each must end in a
// clear problem, soon, and with the account held.
func TestHostileFiles(t *testing.T) {
	const heading = "编号,标题\n"
	for name, c := range map[string]struct {
		file, text, want string
		keeps            bool // the other row comes in all the same
	}{
		"a cell of 100 MB":      {"things.csv", heading + "A," + strings.Repeat("长", 33<<20) + "\nB,b\n", "第2行：这一行有 103809027 字节，太长了，可能是引号没有结束", true},
		"a quote never closed":  {"things.csv", heading + "A,\"" + strings.Repeat("x\n", 2<<20), "第2行：这一行起引号不成对，后面 2097151 行都成了这一格的内容，读不出来", false},
		"a million columns":     {"things.csv", heading + "A" + strings.Repeat(",x", 900_000) + "\nB,b\n", "第2行：这一行有 900001 格，多于 Excel 的 16384 格", true},
		"a million headings":    {"things.csv", heading[:len(heading)-1] + strings.Repeat(",x", 900_000) + "\nB,b\n", "都不像表头", false},
		"zero bytes":            {"things.csv", heading + "A\x00,b\nB,b\n", "第2行“编号”：“A ” 含有看不见的控制字符", true},
		"bytes of no text":      {"things.csv", heading + "A,\xff\xfe\xff\nB,b\n", "第2行第3个字符处有既不是 UTF-8 也不是 GBK 的字节", false},
		"a program":             {"things.csv", "\x7fELF\x02\x01\x01" + strings.Repeat("\x00\x81", 5000), "things.csv", false},
		"nothing":               {"things.csv", "", "文件是空的，连表头也没有", false},
		"nothing but lines":     {"things.csv", strings.Repeat("\n", 1<<20), "文件里只有空行，连表头也没有", false},
		"two headings of one":   {"things.csv", "编号,序号\nA,b\n", "第1行“序号”：与“编号”是同一列", false},
		"no heading":            {"things.csv", "甲,乙\n丙,丁\n", "都不像表头", false},
		"a page":                {"things.xls", "<html><table><tr><td>编号</td></tr></table></html>", "其实是网页；请在 Excel 或 WPS 里打开，另存为 .xlsx", false},
		"a truncated workbook":  {"things.xlsx", string(workbookOf(t, "编号\nA"))[:2000], "不完整，可能没有传完", false},
		"an encrypted workbook": {"things.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "加了密码；请在 Excel 或 WPS 里打开，去掉密码", false},
		"an old document":       {"things.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600) + "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00", "是旧格式的 Word 文档", false},
		"an old sheet of WPS":   {"things.et", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600) + "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00", "是旧格式的工作簿（.xls、.et）", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			fixture(t, filepath.Join(folder, "2021"), contract.EditionFile, []byte(handEdition))
			fixture(t, filepath.Join(folder, "2021"), c.file, []byte(c.text))
			_, _, problems := intake(t, folder, 1000)
			if !strings.Contains(problems, c.want) {
				t.Errorf("%.300s\nwant %s", problems, c.want)
			}
			rows, _, _ := intake(t, folder, 1000)
			if other := "B|b||||||||things.csv||3\n"; c.keeps && rows != other {
				t.Errorf("the other row: %.200q", rows)
			}
		})
	}
}

// TestUnreadableFiles gives the intake files that it may not or cannot read.
func TestUnreadableFiles(t *testing.T) {
	folder := t.TempDir()
	year := filepath.Join(folder, "2021")
	fixture(t, year, contract.EditionFile, []byte(handEdition))
	fixture(t, year, "things.csv", []byte("编号\nA\n"))
	outside := filepath.Join(t.TempDir(), "things.csv")
	if err := os.WriteFile(outside, []byte("编号\nB\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Symlink(outside, filepath.Join(year, "things-2.csv")), os.Symlink("nowhere.csv", filepath.Join(year, "things-3.csv"))); err != nil {
		t.Fatal(err)
	}
	_, _, problems := intake(t, folder, 1000)
	for _, want := range []string{
		"拒收 things-2.csv：是指向文件夹以外的链接，不读；请把文件本身复制进来\n",
		"拒收 things-3.csv：文件不在了，或是指向不存在的文件的链接；请放回原处\n",
	} {
		if !strings.Contains(problems, want) {
			t.Errorf("%s\nwant %s", problems, want)
		}
	}
}

// TestFileChangedWhileRead changes a file between its opening and its end.
func TestFileChangedWhileRead(t *testing.T) {
	folder := t.TempDir()
	fixture(t, folder, "things.csv", []byte("编号\nA\n"))
	book, err := source.Open(source.Folder{FS: os.DirFS(folder), Path: folder, Private: t.TempDir()}, "things.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if err := book.Changed(); err != nil {
		t.Error(err)
	}
	fixture(t, folder, "things.csv", []byte("编号\nA\nB\n"))
	if err := book.Changed(); err == nil || !strings.HasPrefix(err.Error(), "读的时候文件被改动了；") {
		t.Errorf("got %v", err)
	}
}
