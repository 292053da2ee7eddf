package pipeline

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"workreport/pipeline/contract"
)

// written is random records as an office might write them, with what must come
// of them.
type written struct {
	dice  *rand.Rand
	lines [][]string // all rows of the file
	book  []string   // the same for workbookOf, where numbers may be numbers
	rows  []string   // what must come out, in the order of the file
	bad   []string   // row and column of every problem
	blank int
}

var fields = []string{"编号", "标题", "人数", "金额（元）", "日期", "答复日期", "类别", "是否重点", "属于"}

func (w *written) put(cells []string, book ...string) {
	w.lines = append(w.lines, cells)
	if book == nil {
		book = cells
	}
	w.book = append(w.book, strings.Join(book, "|"))
}

// one of the given.
func one[T any](dice *rand.Rand, list ...T) T { return list[dice.IntN(len(list))] }

func (w *written) record(i int, odd, damaged int) {
	d := w.dice
	rare := func() bool { return d.IntN(100) < odd }
	no := fmt.Sprintf("N%05d", i)
	title := one(d, "关于样子的提案", "《标题》", "“引号”内", "a,b;c\td", `他说"好"`, "第一行\n第二行", "1.5", "提案（二）", "-", "")
	persons := d.IntN(5000)
	cents := d.IntN(10_000_000)
	day := time.Date(2021, 1, 1+d.IntN(365), 0, 0, 0, 0, time.UTC)
	kind, key := one(d, "立案", "并案", "不立案", ""), one(d, "是", "否")
	personsText, amountText, dayText, kindText := fmt.Sprint(persons), fmt.Sprintf("%d.%02d", cents/100, cents%100), day.Format("2006-01-02"), kind
	book := []string{"", "", "#" + personsText, "#" + amountText, fmt.Sprintf("#%d", int(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24)), "", "", "", ""}
	if rare() {
		personsText, book[2] = one(d, personsText+"人", " "+personsText, "００"+personsText, personsText+"　"), ""
	}
	if rare() {
		amountText, book[3] = one(d, amountText+"元", amountText+" ", "'"+amountText)[:], ""
		amountText = strings.TrimPrefix(amountText, "'")
	}
	if rare() {
		dayText, book[4] = day.Format(one(d, "2006/1/2", "2006.1.2", "2006年1月2日", "20060102", "2006-1-2", "2006-01-02 00:00:00")), ""
	}
	if rare() && kind != "" {
		kindText = one(d, kind+" ", "\u00a0"+kind)
	}
	keyText := key
	if rare() {
		keyText = map[string]string{"是": "1", "否": "0"}[key]
	}
	noText := no
	if rare() {
		noText = one(d, "\u3000"+no, no+" ", "\ufeff"+no)
	}
	cells := []string{noText, title, personsText, amountText, dayText, "", kindText, keyText, ""}
	row := len(w.lines) + 1
	if d.IntN(100) < damaged {
		at, text := one(d, [2]string{"人数", "许多"}, [2]string{"金额（元）", "1.005"}, [2]string{"日期", "2021-02-30"}, [2]string{"类别", "立按"}, [2]string{"是否重点", "也许"}, [2]string{"编号", ""}, [2]string{"日期", "2021-03-05x"}, [2]string{"标题", "坏\x01字"}), ""
		text = at[1]
		column := slices.Index(fields, at[0])
		cells[column], book[column] = text, ""
		w.bad = append(w.bad, fmt.Sprintf("第%d行“%s”", row, at[0]))
	} else {
		amount := strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%02d", cents/100, cents%100), "0"), ".")
		w.rows = append(w.rows, strings.Join([]string{no, strings.ReplaceAll(title, "\n", "\\n"), fmt.Sprint(persons), amount, day.Format("2006-01-02"), "", kind, key, "", "FILE", fmt.Sprint(row)}, "|"))
	}
	for i, cell := range book {
		if cell == "" || d.IntN(2) == 0 {
			book[i] = strings.NewReplacer("|", "／", "\n", "⏎").Replace(cells[i])
		}
	}
	w.put(cells, book...)
}

// invent makes a file of so many records, with titles, blank rows and totals.
func invent(seed uint64, records, odd, damaged int) *written {
	w := &written{dice: rand.New(rand.NewPCG(seed, 21))}
	empty := make([]string, len(fields))
	if w.dice.IntN(2) == 0 {
		w.put(append([]string{"2021年登记表"}, empty[1:]...))
		w.put(append([]string{"填报单位：办公室"}, empty[1:]...))
	}
	w.put(fields)
	for i := range records {
		w.record(i, odd, damaged)
		if w.dice.IntN(300) == 0 {
			w.put(empty)
			w.blank++
		}
		if w.dice.IntN(300) == 0 {
			w.put(append([]string{one(w.dice, "小计", "合 计", "总计：")}, empty[1:]...))
		}
	}
	return w
}

// text is the file as text with the given separator.
func (w *written) text(comma rune, crlf, quoteAll bool) []byte {
	var b bytes.Buffer
	if quoteAll {
		for _, line := range w.lines {
			for i, cell := range line {
				if i > 0 {
					b.WriteRune(comma)
				}
				b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
			}
			b.WriteString(map[bool]string{true: "\r\n", false: "\n"}[crlf])
		}
		return b.Bytes()
	}
	out := csv.NewWriter(&b)
	out.Comma, out.UseCRLF = comma, crlf
	out.WriteAll(w.lines)
	return b.Bytes()
}

// TestRandomRecordsComeBack writes random records in every format and dialect,
// damages some cells, and reads them back: the rows that come out, and the
// problems, are exactly those put in, and the account holds.
func TestRandomRecordsComeBack(t *testing.T) {
	type format struct {
		name   string
		make   func(w *written) []byte
		inBook bool
	}
	var formats []format
	for _, charset := range []string{"", "bom", "gb18030", "utf16", "utf16be"} {
		for _, comma := range []rune{',', '\t', ';'} {
			for _, crlf := range []bool{false, true} {
				for _, quoteAll := range []bool{false, true} {
					formats = append(formats, format{fmt.Sprintf("%s %q crlf=%v quoted=%v", charset, comma, crlf, quoteAll), func(w *written) []byte {
						text := w.text(comma, crlf, quoteAll)
						if charset == "bom" {
							return append([]byte("\ufeff"), text...)
						}
						if e := charsets[charset]; e != nil {
							text, _ = e.NewEncoder().Bytes(text)
						}
						return text
					}, false})
				}
			}
		}
	}
	formats = append(formats, format{"workbook", func(w *written) []byte { return workbookOf(t, strings.Join(w.book, "\n")) }, true},
		format{"another workbook", func(w *written) []byte { return workbookOf(t, strings.Join(w.book, "\n")) }, true})
	for i, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			for round, c := range []struct{ records, odd, damaged int }{{40, 20, 10}, {2500, 2, 1}, {6000, 0, 1}} {
				if round == 1 && !f.inBook && i%3 != 0 || round == 2 && (f.inBook || i%9 != 0) { // every third dialect, so that every choice has its turn
					continue
				}
				check(t, invent(uint64(i*10+round), c.records, c.odd, c.damaged), f.make, f.inBook)
			}
		})
	}
}

func check(t *testing.T, w *written, make func(*written) []byte, inBook bool) {
	t.Helper()
	if inBook { // XML has no place for control characters, and the case's own language none for line breaks
		for i := range w.book {
			w.book[i] = strings.ReplaceAll(w.book[i], "\x01", "\x7f")
		}
		for i := range w.rows {
			w.rows[i] = strings.ReplaceAll(w.rows[i], "\\n", "⏎")
		}
	}
	folder := t.TempDir()
	year := filepath.Join(folder, "2021")
	fixture(t, year, contract.EditionFile, []byte(handEdition))
	if err := os.WriteFile(filepath.Join(year, "things.csv"), make(w), 0o644); err != nil {
		t.Fatal(err)
	}
	rows, accounts, problems := intake(t, folder, 100_000)
	place := "|things.csv||"
	if inBook {
		place = "|things.csv|Sheet1|"
	}
	want := strings.ReplaceAll(strings.Join(w.rows, "\n")+"\n", "|FILE|", place)
	if rows != want {
		t.Errorf("%d records: rows differ at %s", len(w.rows), firstDifference(rows, want))
	}
	var bad []string
	for _, line := range strings.Split(strings.TrimSpace(problems), "\n") {
		if start := strings.Index(line, "第"); start >= 0 {
			end := strings.Index(line, "”：")
			bad = append(bad, line[start:end+len("”")])
		}
	}
	if diff := firstDifference(strings.Join(bad, "\n"), strings.Join(w.bad, "\n")); diff != "" {
		t.Errorf("%d records: problems differ at %s", len(w.rows), diff)
	}
	if !strings.Contains(accounts, fmt.Sprintf("：%d＝空%d＋", len(w.lines), w.blank)) {
		t.Errorf("%d rows, %d of them blank; the account: %s", len(w.lines), w.blank, accounts)
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		x, y := "(end)", "(end)"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return fmt.Sprintf("line %d: %q, want %q", i+1, x, y)
		}
	}
	return ""
}
