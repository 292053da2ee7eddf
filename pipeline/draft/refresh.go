package draft

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"workreport/pipeline/quote"
)

// Renewal is a passage that a refresh writes anew, or would have to and leaves.
type Renewal struct {
	Finding        // as it was judged before; of a placeholder its place, its sentence and its figure
	New     string // how it is written now
	Left    string // why it stays as it is, "" where it does not

	replacement Replacement
	placeholder bool
	written     int // how many characters that are no blanks stand before it in the new text
}

// Refreshed is a draft with the current figures in it, read back and checked again.
type Refreshed struct {
	Before, After Report
	Changes       []Renewal // what was written anew, sorted by place
	Left          []Finding // of After: what somebody must still look at, Why tells the reason
	Content       []byte    // the new file

	planned []Renewal // Changes, and what would have to be changed and is left
}

// Unmended counts what is still wrong: numbers, and placeholders without data.
func (r Refreshed) Unmended() (n int) {
	for _, f := range r.Left {
		if f.Verdict.Wrong() || f.Class == quote.Placeholder {
			n++
		}
	}
	return n
}

// Reads is the sentence of a number of Before as it reads now.
func (r Refreshed) Reads(f Finding) string {
	end := f.from + len(f.Sentence)
	var within []Replacement
	first := sort.Search(len(r.Changes), func(i int) bool { return r.Changes[i].replacement.From >= f.from })
	for i := first; i < len(r.Changes) && r.Changes[i].replacement.To <= end; i++ {
		c := r.Changes[i].replacement
		within = append(within, Replacement{From: c.From - f.from, To: c.To - f.from, With: c.With})
	}
	return replaced(r.Before.Text.String[f.from:end], within)
}

// Refresh writes the figures into the draft: every number that is tied to one
// and no longer right, in the way it is written, and every placeholder; with
// closer also those that are right and could be nearer. All else stays. What was
// written is read back, and a number that is not right then is left as it was.
// The name tells what kind of file the draft is, as for Read.
func Refresh(ctx context.Context, name string, text Text, o Options, how Revision, closer bool) (Refreshed, error) {
	o.before = &memory{quote.Known{}, catalogueOf(o.Catalogue.Figures)}
	before, err := Check(ctx, text, o)
	if err != nil {
		return Refreshed{}, err
	}
	planned, err := plan(before, o, how, closer)
	if err != nil {
		return Refreshed{}, err
	}
	for {
		r, err := written(ctx, name, before, planned, o, how)
		if misread := (misread{}); errors.As(err, &misread) && misread.leave(planned) {
			continue
		}
		if err != nil || !r.doubt(planned) {
			r.planned = planned
			return r, err
		}
	}
}

// plan is what would have to be written anew, sorted by place.
func plan(before Report, o Options, how Revision, closer bool) ([]Renewal, error) {
	list, err := fillings(before.Text, o.Catalogue)
	if err != nil {
		return nil, err
	}
	for _, f := range before.Findings {
		if f.Suggestion == "" || !f.Verdict.Wrong() && !closer {
			continue
		}
		if closer && f.held != nil {
			f.spelled = f.Closest(f.spelled, f.held, o.Catalogue.Rounding)
		}
		list = append(list, renewal(f, before.Text))
	}
	slices.SortStableFunc(list, func(a, b Renewal) int { return a.replacement.From - b.replacement.From })
	end := 0
	for i := range list {
		r := &list[i]
		if r.Left == "" {
			r.Left = before.Text.fixed(r.replacement.From, r.replacement.To, how)
		}
		before.Text.settle(r)
		if r.Left == "" && r.replacement.From < end {
			r.Left = "和前一处相连，请一起改"
		}
		if r.Left == "" {
			end = r.replacement.To
		}
	}
	return list, nil
}

// renewal is how a number is written anew.
func renewal(f Finding, text Text) Renewal {
	r := Renewal{Finding: f, replacement: Replacement{From: f.Start, To: f.End}}
	switch {
	case f.Hedge == "至" || f.Hedge == "概数":
		r.Left = "是一段范围，改哪一头要由人定"
	case f.level:
		r.leveled(text.String)
	case f.Verdict == WrongUnit && !f.slip():
		r.Left = "单位不同，可能说的是别的事，请改写这一句"
	default:
		from, to, with := f.Fit(f.spelled)
		if from == to { // the number stays, the word before it does not
			from, to, with = 0, len(f.Number.Text), f.Number.Text
		}
		if !text.verbatim(f.Start+from, f.Start+to) { // a blank in it is a mark of Markdown or a line break
			with = blankless(with)
		}
		r.New = blankless(f.Number.Text[:from] + with + f.Number.Text[to:])
		r.replacement = Replacement{From: f.Start + from, To: f.Start + to, With: with}
		if f.turn != "" {
			r.turned(text.String)
		}
	}
	return r
}

// slip tells whether a number in another unit than its figure's is the figure for
// all that: 百分点 written as %, or a count with the right value and the wrong measure word.
func (f Finding) slip() bool {
	if f.base != nil {
		return true
	}
	of := f.Figure
	return of != nil && of.Value != nil && !quote.Continuous(f.Unit) && !quote.Continuous(of.Spec.Unit) && f.Contains(of.Value)
}

func blankless(text string) string { return strings.Join(strings.Fields(text), "") }

// written writes the draft and checks it again.
func written(ctx context.Context, name string, before Report, planned []Renewal, o Options, how Revision) (r Refreshed, err error) {
	var list []Replacement
	before.Unfilled = 0 // the placeholders are told of one by one
	r.Before = before
	solid, shift := solid(before.Text.String), 0
	for i := range planned {
		p := &planned[i]
		p.written = solid[p.replacement.From] + shift
		if p.Left == "" {
			shift += p.growth(solid)
			r.Changes, list = append(r.Changes, *p), append(list, p.replacement)
		}
	}
	var b bytes.Buffer
	if err := before.Text.Replace(&b, list, how); err != nil {
		return r, err
	}
	r.Content = b.Bytes()
	text, err := Read(name, r.Content)
	if err != nil {
		return r, err
	}
	if at, differs := firstDifference(text.String, replaced(before.Text.String, list)); differs {
		return r, misread{at}
	}
	o.tied = nil // the numbers stand elsewhere now
	r.After, err = Check(ctx, text, o)
	return r, err
}

// misread is a draft that, as written, does not read as it should from a
// character on, blanks not counted.
type misread struct{ at int }

func (m misread) Error() string {
	return "写出的稿子和要写的不一样，没有写文件；请在原来的程序里另存一次再试"
}

// leave leaves the last renewal before that character, and tells whether there is one.
func (m misread) leave(planned []Renewal) bool {
	last := -1
	for i, p := range planned {
		if p.Left == "" && (last < 0 || p.written <= m.at) {
			last = i
		}
	}
	if last >= 0 {
		planned[last].Left = "写进去以后读出来不一样，请自己改"
	}
	return last >= 0
}

// firstDifference is how many characters that are no blanks two texts have alike
// before the first in which they differ.
func firstDifference(a, b string) (at int, differs bool) {
	x, y := []rune(strings.Join(strings.Fields(a), "")), []rune(strings.Join(strings.Fields(b), ""))
	for at < len(x) && at < len(y) && x[at] == y[at] {
		at++
	}
	return at, at < len(x) || at < len(y)
}

// replaced is a text with the passages replaced.
func replaced(text string, list []Replacement) string {
	var b strings.Builder
	at := 0
	for _, r := range list {
		b.WriteString(text[at:r.From])
		b.WriteString(r.With)
		at = r.To
	}
	b.WriteString(text[at:])
	return b.String()
}

// doubt leaves those numbers that are not right now that they are written, and
// tells whether there are any; else it lists what is left to a person.
func (r *Refreshed) doubt(planned []Renewal) bool {
	at := r.places(planned)
	doubtful := false
	for _, f := range r.After.Findings {
		i := at.renewalOf(f)
		if i >= 0 && planned[i].Left == "" && !planned[i].placeholder && !f.Verdict.Right() {
			planned[i].Left, doubtful = "改写后仍对不上，请改写这一句", true
		}
	}
	if doubtful {
		return true
	}
	for _, p := range planned {
		if p.placeholder && p.Left != "" {
			p.Why = p.Left
			r.Left = append(r.Left, p.Finding)
		}
	}
	for _, f := range r.After.Findings {
		if !f.Commented() {
			continue
		}
		if i := at.renewalOf(f); i >= 0 && planned[i].placeholder && !f.Verdict.Wrong() {
			continue // which figure it is, the placeholder has said
		} else if i >= 0 && planned[i].Left != "" {
			f.Why = planned[i].Left + "；" + f.Why
		}
		r.Left = append(r.Left, f)
	}
	return false
}

// whereabouts are the renewals' passages in the draft as written, in characters
// that are no blanks: those may be joined otherwise.
type whereabouts struct {
	from, to []int
	after    []int // characters before each byte of the text as written
}

// places finds the renewals in the draft as written.
func (r *Refreshed) places(planned []Renewal) (w whereabouts) {
	before, shift := solid(r.Before.Text.String), 0
	w.after = solid(r.After.Text.String)
	for _, p := range planned {
		from, to := min(p.Start, p.replacement.From), max(p.End, p.replacement.To)
		w.from = append(w.from, before[from]+shift)
		if p.Left == "" {
			shift += p.growth(before)
		}
		w.to = append(w.to, before[to]+shift)
	}
	return w
}

// growth is by how many characters that are no blanks the passage grows; solid
// counts those of the text.
func (r Renewal) growth(solid []int) int {
	return utf8.RuneCountInString(blankless(r.replacement.With)) - solid[r.replacement.To] + solid[r.replacement.From]
}

// renewalOf is the renewal in whose place a number stands, -1 for none.
func (w whereabouts) renewalOf(f Finding) int {
	i := sort.Search(len(w.to), func(i int) bool { return w.to[i] > w.after[f.Start] })
	if i < len(w.from) && w.after[f.End] > w.from[i] {
		return i
	}
	return -1
}

// solid counts the characters that are no blanks before each byte of a text, and
// before its end.
func solid(text string) []int {
	count := make([]int, len(text)+1)
	n := 0
	for at, r := range text {
		for i := at; i < min(at+len(string(r)), len(text)); i++ {
			count[i] = n
		}
		if !unicode.IsSpace(r) {
			n++
		}
	}
	count[len(text)] = n
	return count
}
