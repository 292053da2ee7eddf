package draft

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// Verdict is what became of a number.
type Verdict string

// The verdicts. Differs, WrongUnit and Contradicts are wrong numbers.
const (
	Agrees       Verdict = "一致"
	Rounded      Verdict = "取整一致" // right by rounding
	Within       Verdict = "概数一致" // within its hedge
	Differs      Verdict = "不一致"
	WrongUnit    Verdict = "单位不符"
	Contradicts  Verdict = "自相矛盾"
	WithoutBasis Verdict = "无据" // no figure covers it
	Undecided    Verdict = "未判" // vague, or two figures fit
	NoStatistic  Verdict = "非统计"
)

// Right and Wrong sort the verdicts; the others are neither.
func (v Verdict) Right() bool { return v == Agrees || v == Rounded || v == Within }

// Wrong tells whether the number must be mended before the report is printed.
func (v Verdict) Wrong() bool { return v == Differs || v == WrongUnit || v == Contradicts }

// Finding is a number of the draft and what became of it.
type Finding struct {
	quote.Number
	Place
	Where      string // 正文, 表格, 脚注, …
	Sheet      string // of a workbook, with Cell: 汇总, B3
	Cell       string
	Text       string // as it stands in the file
	Sentence   string // around it, joined
	Mark       int    // where the number begins in Sentence, in bytes
	Verdict    Verdict
	Figure     *figure.Figure // what it quotes, nil for none
	Candidates []string       // ids of the figures that fit equally well
	Expected   string         // what the records give, with the unit
	Suggestion string         // how it should be written, "" for as it is
	Why        string         // in Chinese: bounds, definition, reason

	context  words
	bare     bool           // alone in a cell, and its unit nowhere told
	from     int            // index of the sentence in the text
	base     *figure.Figure // of 由…增加到…: whose value of last year this is
	possibly *figure.Figure // whose wording stands there whole, but in the middle of a phrase

	held       *big.Rat // the value that the number was held against, in its unit
	spelled    string   // the number alone of Suggestion
	word, turn string   // of a change in the other direction: the word before the number, and the one it should be
	level      bool     // a change that is none
}

// Options say against what a draft is checked.
type Options struct {
	Catalogue figure.Catalogue // year 0 where only the text tells
	Bindings  []Binding
	Against   string // what the figures come from, in words; "" where there are none

	tied   map[int]string // ids of figures that are known already, by where the number begins
	before *memory        // what was found out about the same draft before, nil for nothing
}

func (o Options) reading() quote.Reading {
	how := quote.Usual
	how.Year = o.Catalogue.Year
	if o.before != nil {
		how.Known = o.before.numbers
	}
	if t := o.Catalogue.Tolerances; t.About > 0 && t.Nearly > 0 {
		how.About, how.Nearly = t.About, t.Nearly
	}
	return how
}

// memory keeps what a second check of nearly the same draft need not find out again.
type memory struct {
	numbers   quote.Known
	catalogue catalogue
}

func (o Options) catalogue() catalogue {
	if o.before != nil {
		return o.before.catalogue
	}
	return catalogueOf(o.Catalogue.Figures)
}

// Report is a checked draft.
type Report struct {
	Text      Text
	Against   string
	Findings  []Finding
	NotQuoted []figure.Figure // figures of the catalogue that the draft does not quote
	Unused    []Binding       // decisions whose words are not in the draft any more
	Notices   []string        // about the reading: tracked changes, …
	Unfilled  int             // placeholders
}

// PlaceText names the place of a number to a reader.
func (f Finding) PlaceText() string {
	if f.Cell != "" {
		at := fmt.Sprintf("工作表“%s”%s", f.Sheet, f.Cell)
		if f.Column > 1 {
			at += fmt.Sprintf("第%d字", f.Column)
		}
		return at
	}
	if f.Where != "" {
		return fmt.Sprintf("%s第%d段第%d字", f.Where, f.Line, f.Column)
	}
	return fmt.Sprintf("第%d行第%d字", f.Line, f.Column)
}

// Coverage counts the findings.
type Coverage struct {
	Numbers      int `json:"numbers"`
	Statistics   int `json:"statistics"`
	Checked      int `json:"checked"`
	Right        int `json:"right"`
	Wrong        int `json:"wrong"`
	WithoutBasis int `json:"without_basis"`
	Undecided    int `json:"undecided"`
	SetAside     int `json:"set_aside"`
	NotQuoted    int `json:"not_quoted"`
}

// Coverage counts what was found, judged and set aside; every number is in it.
func (r Report) Coverage() Coverage {
	c := Coverage{Numbers: len(r.Findings), NotQuoted: len(r.NotQuoted)}
	for _, f := range r.Findings {
		switch {
		case f.Verdict.Right():
			c.Right++
		case f.Verdict.Wrong():
			c.Wrong++
		case f.Verdict == WithoutBasis:
			c.WithoutBasis++
		case f.Verdict == Undecided:
			c.Undecided++
		default:
			c.SetAside++
		}
	}
	c.Checked = c.Right + c.Wrong
	c.Statistics = c.Numbers - c.SetAside
	return c
}

// Check finds the numbers of a draft, ties the statistics to the figures and
// judges each. Figures without values (no edition) leave every statistic
// without basis. The same text and figures give the same report. An error is that of ctx.
func Check(ctx context.Context, text Text, o Options) (Report, error) {
	r := Report{Text: text, Against: o.Against, Notices: text.notices}
	if of := quote.YearOf(text.String); of > 0 && o.Against != "" && o.Catalogue.Year > 0 && of != o.Catalogue.Year {
		r.Notices = append(r.Notices, fmt.Sprintf("稿子写的像是 %d 年，对照的是 %d 年的数字；请核对 --year", of, o.Catalogue.Year))
	}
	c := o.catalogue()
	r.find(c, o)
	if err := r.judge(ctx, c, o); err != nil {
		return r, err
	}
	onlyMention(r.Findings, o)
	contradictions(r.Findings)
	if o.Against == "" { // nothing is judged, what the draft says against itself is still told
		for i := range r.Findings {
			if f := &r.Findings[i]; f.Verdict.Wrong() {
				f.Verdict = WithoutBasis
			}
		}
	}
	r.NotQuoted = c.notQuoted(r.Findings)
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
	return r, nil
}

// find finds the numbers of the draft, each with what stands around it.
func (r *Report) find(c catalogue, o Options) {
	text := r.Text
	headings := headingsOf(text.String)
	var plain plainForm
	plain.text, plain.places = quote.PlainWithPlaces(text.String)
	open := placeholder.FindAllStringIndex(text.String, -1)
	r.Unfilled = len(open)
	places := placer{text: text}
	last := 0 // where the last statistic ends
	for _, n := range text.numbers(o.reading()) {
		if slices.ContainsFunc(open, func(at []int) bool { return n.Start >= at[0] && n.End <= at[1] }) {
			n.Class = quote.Placeholder
		}
		f := Finding{Number: n, Place: places.at(n.Start), Where: text.part(n.Start), Text: text.As(n.Start, n.End)}
		if inTable(f.Where) && n.Class == quote.Document && alone.MatchString(n.Text) && !strings.HasPrefix(f.Where, "页") {
			f.Class = quote.Figure // a number alone in a cell is no page number, but for the head and the foot of a page
		}
		named := f.Class == quote.Name && n.Value != nil
		if f.Class == quote.Figure || named || len(o.Bindings) > 0 {
			f.context = plain.context(n.Start, n.End, last, headings.at(n.Start))
		}
		if named && c.worded(f.context) {
			f.Class = quote.Figure
		}
		f.Sheet, f.Cell = text.cell(n.Start)
		f.from, f.Sentence, f.Mark = sentenceAround(text.String, n.Start, n.End)
		f.besideCell(text, o.Catalogue.Year)
		if f.Class == quote.Figure {
			last = n.End
		}
		r.Findings = append(r.Findings, f)
	}
}

// judge gives each number its verdict, and lists the decisions that are of none.
func (r *Report) judge(ctx context.Context, c catalogue, o Options) error {
	used := make([]bool, len(o.Bindings))
	for i := range r.Findings {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		f := &r.Findings[i]
		if id, known := o.tied[f.Start]; known {
			f.known(id, c, o.Catalogue.Rounding)
			continue
		}
		if at := bound(o.Bindings, f.context); at >= 0 {
			used[at] = true
			f.decided(o.Bindings[at], c, o.Catalogue.Rounding)
			continue
		}
		own := f.context
		f.context = paired(r.Findings, i)
		f.judge(c, r.Findings[:i], o)
		f.context = own
	}
	for i, b := range o.Bindings {
		if !used[i] {
			r.Unused = append(r.Unused, b)
		}
	}
	return nil
}

// notQuoted are the figures that none of the numbers quotes.
func (c catalogue) notQuoted(list []Finding) (figures []figure.Figure) {
	quoted := map[string]bool{}
	for _, f := range list {
		if f.Figure != nil {
			quoted[f.Figure.Spec.ID] = true
		}
	}
	for _, k := range c.figures {
		if !quoted[k.Spec.ID] {
			figures = append(figures, k.Figure)
		}
	}
	return figures
}

// inTable tells whether a part is one of cells: 表格, 文本框表格, 页眉表格.
func inTable(part string) bool { return strings.HasSuffix(part, "表格") }

var unitInHead = regexp.MustCompile(`[（(]([^（）()]{1,4})[)）]$`)

// numbers finds the numbers of the draft, in a workbook those of each cell by
// themselves: a cell on the coming year does not make plans of those behind it.
func (t Text) numbers(how quote.Reading) []quote.Number {
	if t.book == nil {
		return quote.Find(t.String, how)
	}
	var list []quote.Number
	for _, c := range t.book.cells {
		for _, n := range quote.Find(oneLine(c.text), how) {
			n.Start, n.End = n.Start+c.at, n.End+c.at
			list = append(list, n)
		}
	}
	return list
}

// besideCell gives a number that stands alone in a cell the words of the cell
// before it, without the report's own year, and the unit in their brackets:
// 立案提案（件） | 228.
func (f *Finding) besideCell(text Text, year int) {
	if !inTable(f.Where) || f.context.before != "" {
		return
	}
	head, unit := text.head(f.Start)
	f.Share(unit)
	if unit := unitInHead.FindStringSubmatch(head); unit != nil {
		head = unitInHead.ReplaceAllString(head, "")
		f.Share(unit[1])
	}
	head = strings.TrimPrefix(head, fmt.Sprintf("%d年", year))
	f.context.before, f.context.clause = head, head
	f.bare = f.Unit == ""
}

// head is the words beside the number in a cell, and its unit where another
// cell has it.
func (t Text) head(at int) (words, unit string) {
	if t.book != nil {
		return t.book.head(at)
	}
	end := strings.LastIndexByte(t.String[:at], '\n')
	if end < 0 {
		return "", ""
	}
	start := strings.LastIndexByte(t.String[:end], '\n') + 1
	if !inTable(t.part(start)) {
		return "", ""
	}
	return quote.Plain(t.String[start:end]), ""
}

// sentenceAround is the sentence with a number in it, where it begins, and where
// the number stands in it. A very long one is cut.
func sentenceAround(text string, from, to int) (start int, sentence string, mark int) {
	start, end := runeStart(text, from-reach), runeStart(text, min(len(text), to+reach))
	start += lastMark(text[start:from], sentenceMarks)
	if at := strings.IndexAny(text[to:end], sentenceMarks); at >= 0 {
		_, size := utf8.DecodeRuneInString(text[to+at:])
		end = to + at + size
	}
	return start, strings.TrimRight(text[start:end], "\n"), from - start
}
