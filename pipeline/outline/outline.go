// Package outline makes a first draft of a report out of the figures of a year:
// their wordings as sentences, under the headings of their sections, for a
// drafter to go on from.
//
// In comes a figure.Catalogue; out goes the draft as text, as Markdown or as a
// Word document, and what draft.Check says of it, number by number. Nothing is
// said here that no wording says: a figure without a value is listed, not written.
package outline

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// Outline is a first draft.
type Outline struct {
	Title        string
	Organisation string
	Lines        []Line
	Fragments    []Fragment      // in the order in which they stand in Lines
	Missing      []figure.Figure // quoted figures that no record supports, listed at the end
	Blanks       int             // how many names are left to the drafter
}

// Line is a paragraph.
type Line struct {
	Kind Kind
	Text string
}

// Kind is what a paragraph is.
type Kind int

// The kinds of paragraphs.
const (
	Title Kind = iota
	Subtitle
	Chapter // 一、民生福祉
	Part    // （一）提案信息
	Body
)

// Fragment is a wording with the number in it, no sentence by itself.
type Fragment struct {
	Figure   figure.Figure
	Text     string
	from, to int // the number in Text, without the unit
}

// blank stands for the names that a list ends with 等 after.
const blank = "《×××》"

// Of makes the first draft of a year.
func Of(c figure.Catalogue) Outline {
	o := Outline{Title: titleOf(c.Organisation), Organisation: c.Organisation}
	o.add(Title, o.Title)
	o.add(Subtitle, fmt.Sprintf("（%d年度初稿）", c.Year))
	chapter, chapters, parts := "", 0, 0
	for _, p := range o.sections(c.Figures) {
		if chapters == 0 || p.chapter != chapter {
			chapter, chapters, parts = p.chapter, chapters+1, 0
			o.add(Chapter, numbered(chapterNumber, chapter, quote.Ordinal(int64(chapters))+"、"))
		}
		if p.name != "" {
			parts++
			o.add(Part, numbered(partNumber, p.name, "（"+quote.Ordinal(int64(parts))+"）"))
		}
		o.add(Body, paragraph(p.fragments))
		o.Fragments = append(o.Fragments, p.fragments...)
	}
	o.listMissing()
	return o
}

func (o *Outline) add(kind Kind, text string) { o.Lines = append(o.Lines, Line{kind, text}) }

func titleOf(organisation string) string {
	return strings.TrimSuffix(organisation, "常务委员会") + "常务委员会工作报告"
}

var (
	chapterNumber = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分)`)
	partNumber    = regexp.MustCompile(`^（[一二三四五六七八九十]+）`)
)

func numbered(has *regexp.Regexp, heading, number string) string {
	if has.MatchString(heading) {
		return heading
	}
	return number + heading
}

// part is the figures of one section.
type part struct {
	chapter, name string
	fragments     []Fragment
}

// sections sorts the figures under their sections, these in the order in which
// they first come, those of a chapter together.
func (o *Outline) sections(figures []figure.Figure) (list []part) {
	for _, f := range figures {
		switch {
		case len(f.Spec.Says) == 0:
			continue
		case f.Sentence() == "":
			o.Missing = append(o.Missing, f)
			continue
		}
		fragment, blanks := fragmentOf(f)
		o.Blanks += blanks
		chapter, name, _ := strings.Cut(f.Spec.Section, "/")
		at, end := -1, len(list)
		for i, p := range list {
			if p.chapter == chapter {
				end = i + 1
				if p.name == name {
					at = i
				}
			}
		}
		if at < 0 {
			at = end
			list = slices.Insert(list, at, part{chapter: chapter, name: name})
		}
		list[at].fragments = append(list[at].fragments, fragment)
	}
	return list
}

// fragmentOf takes the first wording that does not go on from a list of names;
// where all do, a blank stands for the names.
func fragmentOf(f figure.Figure) (fragment Fragment, blanks int) {
	says := f.Spec.Says[0]
	if whole := slices.IndexFunc(f.Spec.Says, func(says string) bool { return !strings.HasPrefix(says, "等") }); whole >= 0 {
		says = f.Spec.Says[whole]
	} else {
		says, blanks = blank+says, 1
	}
	before, after, _ := strings.Cut(strings.Trim(says, "，。；、 "), "{}")
	number := f.Number()
	return Fragment{f, before + number + after, len(before), len(before) + len(number)}, blanks
}

// longest is how many wordings make one sentence.
const longest = 5

// paragraph makes sentences of wordings. A wording that speaks of the whole year
// begins a new one, as in reports; a long one is divided evenly.
func paragraph(list []Fragment) string {
	var b strings.Builder
	for len(list) > 0 {
		n := 1
		for n < len(list) && !strings.HasPrefix(list[n].Text, "全年") {
			n++
		}
		sentences := (n + longest - 1) / longest
		for sentence := range slices.Chunk(list[:n], (n+sentences-1)/sentences) {
			b.WriteString(joined(sentence) + "。")
		}
		list = list[n:]
	}
	return b.String()
}

// joined puts commas between wordings, semicolons where one has a comma (GB/T 15834-2011, 4.6).
func joined(list []Fragment) string {
	var texts []string
	mark := "，"
	for _, f := range list {
		if texts = append(texts, f.Text); strings.ContainsAny(f.Text, "，；") {
			mark = "；"
		}
	}
	return strings.Join(texts, mark)
}

func (o *Outline) listMissing() {
	if len(o.Missing) == 0 {
		return
	}
	o.add(Chapter, "还没有数据的数字")
	o.add(Body, "下列数字没有记录支持，没有写进正文。补上记录后可以重新写出初稿；不用的，删去这一部分。")
	for _, f := range o.Missing {
		o.add(Body, f.Spec.Title+"（"+f.Spec.ID+"）")
	}
}
