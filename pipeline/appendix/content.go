package appendix

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// content is the appendix in words: what every form shows, in this order.
type content struct {
	Organisation, Status, Notice         string
	Year                                 int
	Stamp                                string      // Date for a file's properties
	Cover                                [][2]string // what the cover says, name and value
	Figures                              []section   // one a part of the report
	Claims                               []section   // none or one
	Trend                                []section   // none or one
	Tables, Pictures, Method, Dictionary []section
}

// Title is the name of the document: 2021年度工作报告统计附录.
func (c content) Title() string {
	if c.Year == 0 {
		return "统计附录"
	}
	return fmt.Sprintf("%d年度工作报告统计附录", c.Year)
}

// chapter is a heading of the first level and what is under it.
type chapter struct {
	Title    string
	Sections []section
}

// section is a heading with text, then a grid or a picture.
type section struct {
	Title   string // "" where a caption takes its place
	Minor   bool   // third level: not in the contents
	Text    []string
	Grid    *grid
	Picture *Picture
	Source  string // below the picture
}

func contentOf(d Document) content {
	c := content{
		Organisation: clean(d.Edition.Organisation),
		Status:       clean(d.Edition.Status),
		Notice:       clean(d.Edition.Notice),
		Year:         d.Edition.Year,
		Stamp:        d.Edition.SessionDate.Format("2006-01-02T15:04:05Z"),
		Cover:        cover(d),
		Figures:      figureSections(d.Figures, d.Edition.Rounding),
		Claims:       claimSections(d.Figures, d.Claims, d.Edition.Rounding),
		Trend:        trendSections(d.Trend),
		Tables:       tableSections(d.Tables),
		Pictures:     pictureSections(d.Pictures, d.Tables, d.Trend),
		Method:       methodSections(d),
		Dictionary:   dictionarySections(d.Contract),
	}
	c.each(clean)
	return c
}

// each changes every text of the sections.
func (c content) each(change func(string) string) {
	for _, sections := range [][]section{c.Figures, c.Trend, c.Claims, c.Tables, c.Pictures, c.Method, c.Dictionary} {
		for i := range sections {
			sections[i].each(change)
		}
	}
}

// cover is the cover note: what the document belongs to, how far it has come,
// and from which computation its numbers are.
func cover(d Document) [][2]string {
	var lines [][2]string
	say := func(name, value string) {
		if value = clean(value); value != "" {
			lines = append(lines, [2]string{name, value})
		}
	}
	say("编制单位", d.Edition.Organisation)
	if d.Edition.Session != "" {
		say("提交会议", fmt.Sprintf("%s（%s）", d.Edition.Session, day(d.Edition.SessionDate)))
	}
	say("稿件状态", d.Edition.Status)
	if !d.Edition.CutOff.IsZero() {
		say("数据截至", day(d.Edition.CutOff))
	}
	say("数据编号", d.Digest)
	return lines
}

// Chapters are the chapters that have something to show, numbered.
func (c content) Chapters() []chapter {
	var chapters []chapter
	for _, ch := range []chapter{
		{"数字", numbered(slices.Concat(c.Figures, c.Trend, c.Claims))},
		{"统计表", c.Tables},
		{"统计图", c.Pictures},
		{"编制说明", numbered(c.Method)},
		{"数据字典", c.Dictionary},
	} {
		if len(ch.Sections) > 0 {
			ch.Title = quote.Ordinal(int64(len(chapters)+1)) + "、" + ch.Title
			chapters = append(chapters, ch)
		}
	}
	return chapters
}

// FullTitle names the document where it stands alone: 2021年度工作报告统计附录（草案）.
func (c content) FullTitle() string {
	if c.Status == "" {
		return c.Title()
	}
	return c.Title() + "（" + c.Status + "）"
}

// Label is the caption with its number: 图1　立案提案按界别.
func (p Picture) Label() string { return fmt.Sprintf("图%d　%s", p.Number, p.Title) }

// Entries are the section's lines in the contents.
func (s section) Entries() []string {
	var entries []string
	if s.Title != "" && !s.Minor {
		entries = append(entries, s.Title)
	}
	if s.Grid != nil && s.Grid.Number > 0 {
		entries = append(entries, s.Grid.Label())
	}
	if s.Picture != nil {
		entries = append(entries, s.Picture.Label())
	}
	return entries
}

// numbered puts （一）、（二） before the titles.
func numbered(sections []section) []section {
	out := make([]section, len(sections))
	for i, s := range sections {
		s.Title = "（" + quote.Ordinal(int64(i+1)) + "）" + s.Title
		out[i] = s
	}
	return out
}

// pictureSections says below each picture in which table its numbers stand.
func pictureSections(pictures []Picture, tables []figure.Table, trend *figure.Table) []section {
	var sections []section
	for _, p := range pictures {
		s := section{Picture: &p}
		if trend != nil && trend.Spec.ID == p.TableID {
			s.Source = "全部数字和口径见“" + trend.Spec.Title + "”。"
		}
		for i, t := range tables {
			if t.Spec.ID != p.TableID {
				continue
			}
			s.Source = fmt.Sprintf("数据和口径见表%d。", i+1)
			if len(t.Sources) > 0 {
				s.Source += "来源：" + strings.Join(t.Sources, "、")
			}
		}
		sections = append(sections, s)
	}
	return sections
}

// none stands where there is no number.
const none = "—"

func words(text string) cell { return cell{Text: text} }

func count(n int) cell { return number(fmt.Sprint(n), "", big.NewRat(int64(n), 1)) }

// number is a cell with a number that reads text, with its unit. The workbook
// keeps x and shows as many places as text has. It rounds a tie up and keeps 15
// digits: where it would show another number than text, it is given text's, and
// text itself where that is longer.
func number(text, unit string, x *big.Rat) cell {
	if x == nil || text == "" {
		return cell{Text: none}
	}
	numeral, percent := strings.CutSuffix(text, "%")
	whole, decimals, _ := strings.Cut(numeral, ".")
	if len(whole+decimals) > 15 {
		return cell{Text: text + unit}
	}
	format := "0"
	if decimals != "" {
		format += "." + strings.Repeat("0", len(decimals))
	}
	shown, hundred := x, big.NewRat(100, 1)
	if percent {
		format += "%"
		shown = new(big.Rat).Mul(x, hundred)
	}
	if written, ok := new(big.Rat).SetString(numeral); ok && quote.Round(shown, len(decimals), contract.HalfUp) != strings.TrimPrefix(numeral, "+") {
		if x = written; percent {
			x = new(big.Rat).Quo(written, hundred)
		}
	}
	return cell{Text: text + unit, Number: x, Format: format}
}

// dayFormat is the workbook's format for dates, which it counts from 1899-12-30.
const dayFormat = "yyyy-mm-dd"

// dated is a cell with a date, a number to the workbook.
func dated(text string) cell {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return words(text)
	}
	days := t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour)
	return cell{Text: text, Number: big.NewRat(int64(days), 1), Format: dayFormat}
}

// day writes a date as GB/T 9704-2012 does: Arabic, no leading zeros.
func day(t time.Time) string { return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day()) }

// each puts what change makes of it in the place of every text of the section.
func (s *section) each(change func(string) string) {
	all := func(texts []string) {
		for i := range texts {
			texts[i] = change(texts[i])
		}
	}
	s.Title, s.Source = change(s.Title), change(s.Source)
	all(s.Text)
	if s.Picture != nil {
		s.Picture.Title, s.Picture.Alt = change(s.Picture.Title), change(s.Picture.Alt)
	}
	if s.Grid == nil {
		return
	}
	s.Grid.Caption, s.Grid.Unit, s.Grid.Meaning = change(s.Grid.Caption), change(s.Grid.Unit), change(s.Grid.Meaning)
	all(s.Grid.Notes)
	all(s.Grid.SheetNotes)
	s.Grid.Columns = slices.Clone(s.Grid.Columns)
	for j := range s.Grid.Columns {
		s.Grid.Columns[j].Title = change(s.Grid.Columns[j].Title)
		s.Grid.Columns[j].Over = change(s.Grid.Columns[j].Over)
	}
	for i, r := range s.Grid.Rows {
		s.Grid.Rows[i].Band = change(r.Band)
		for j := range r.Cells {
			r.Cells[j].Text = change(r.Cells[j].Text)
		}
	}
}

// clean drops what XML 1.0 (2.2) does not allow in a document.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// breadth is how wide the longest line of text is in half-width characters.
func breadth(text string) int {
	most := 0
	for line := range strings.SplitSeq(text, "\n") {
		n := 0
		for _, r := range line {
			n++
			if r >= 0x2010 || r == '%' { // Chinese, and the punctuation set in Chinese type
				n++
			}
		}
		most = max(most, n)
	}
	return most
}
