package change

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"

	"workreport/pipeline/figure"
	"workreport/pipeline/source"
	"workreport/pipeline/store"
	"workreport/queries"
)

// figures lists the figures that have another value, or another one of last year.
func (c *Changes) figures(before, after side) {
	find := func(list []Published, id string) (Published, bool) {
		at := slices.IndexFunc(list, func(f Published) bool { return f.ID == id })
		if at < 0 {
			return Published{}, false
		}
		return list[at], true
	}
	for _, f := range after.figures {
		then, there := find(before.figures, f.ID)
		how := Altered
		if !there {
			how = Added
		}
		if !there || then.Value != f.Value || then.Unit != f.Unit || then.Quoted != f.Quoted || then.last() != f.last() {
			c.Figures = append(c.Figures, figureOf(how, then, f))
		}
	}
	for _, f := range before.figures {
		if _, here := find(after.figures, f.ID); !here {
			gone := figureOf(Gone, f, Published{})
			gone.ID, gone.Title, gone.Section = f.ID, f.Title, f.Section
			c.Figures = append(c.Figures, gone)
		}
	}
}

func figureOf(how How, then, now Published) Figure {
	return Figure{ID: now.ID, Title: now.Title, Section: now.Section, How: how, Old: shown(then), New: shown(now),
		OldSentence: then.Sentence, NewSentence: now.Sentence, OldLast: then.last(), NewLast: now.last(), Because: []Because{}}
}

// shown is a figure as the report writes it, with the full value where that says more.
func shown(f Published) string {
	if f.Quoted == "" || strings.HasPrefix(f.Quoted, f.Value) {
		return f.Quoted
	}
	return fmt.Sprintf("%s（%s%s）", f.Quoted, f.Value, f.Unit)
}

// moved tells whether the value of this year, or of last year, is another.
func (f Figure) moved(last bool) bool {
	if last {
		return f.OldLast != f.NewLast
	}
	return f.Old != f.New
}

// attribution finds the records that moved what changed: of this year, or of last
// year's values, which are last year's records under this year's queries.
type attribution struct {
	changes       *Changes
	first         int // of the records of this half in changes.Records
	firstCount    int // likewise in changes.Counts
	last          bool
	before, after side
	sameSettings  bool

	stores [2]*store.Store // before and after
	memo   map[string]cause
}

// cause is what moved a figure.
type cause struct {
	records []int
	rest    bool // something else than these records moved it too
	sources []string
}

func (a *attribution) run(ctx context.Context, private string, then, now year) error {
	if then.year == 0 || now.year == 0 {
		a.each(func(f *Figure) {
			f.Because = append(f.Because, Because{Words: "两期里只有一期有上年的记录"})
		})
		return nil
	}
	if then.year != now.year {
		a.each(func(f *Figure) { f.Because = append(f.Because, Because{Words: "两期不是同一年的"}) })
		return nil
	}
	a.memo = map[string]cause{}
	var places [2][]source.Place
	for _, r := range a.changes.Records[a.first:] {
		before, after := r.places()
		for i, p := range []source.Place{before, after} {
			if p.Row > 0 {
				places[i] = append(places[i], p)
			}
		}
	}
	for i, of := range []struct {
		side side
		year year
	}{{a.before, then}, {a.after, now}} {
		folder := fmt.Sprintf("%s-%d", private, i)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		s, err := store.Reopen(ctx, folder, of.side.contract, of.year.settings, of.year.records)
		if err != nil {
			return err
		}
		defer s.Close()
		if err := s.Seal(ctx, of.side.queries.Views); err != nil {
			return err
		}
		if err := s.Mark(ctx, places[i]); err != nil {
			return err
		}
		a.stores[i] = s
	}
	for i := range a.changes.Figures {
		if f := &a.changes.Figures[i]; f.How == Altered && f.moved(a.last) {
			if err := a.explain(ctx, f); err != nil {
				return err
			}
		}
	}
	return a.tables(ctx)
}

// each does something with every figure that this half moved.
func (a *attribution) each(do func(*Figure)) {
	for i := range a.changes.Figures {
		if f := &a.changes.Figures[i]; f.How == Altered && f.moved(a.last) {
			do(f)
		}
	}
}

// explain gives a figure its causes: its own records, those that it is joined
// with, a definition, a setting.
func (a *attribution) explain(ctx context.Context, f *Figure) error {
	c, err := a.of(ctx, f.ID)
	if err != nil {
		return err
	}
	if len(c.records) > 0 {
		f.Because = append(f.Because, Because{Records: c.records})
		a.credit(c.records, f.ID)
	}
	if !c.rest && len(c.records) > 0 {
		return nil
	}
	related := a.related(c, f.ID)
	var words string
	switch {
	case slices.ContainsFunc(a.changes.Definitions, func(d Definition) bool { return d.ID == f.ID }):
		related, words = nil, "定义改了"
	case a.cut(c):
		related, words = nil, "改动的记录太多，没有全部列出"
	case !a.sameSettings:
		related, words = nil, "设置改了（如时段、截止日）"
	case len(related) == 0:
		words = "写法或基础数据改了"
	default:
		a.credit(related, f.ID)
		words = "由关联的记录引起"
	}
	f.Because = append(f.Because, Because{Records: related, Words: words})
	return nil
}

// cut tells whether what a figure reads has changed records that are not listed.
func (a *attribution) cut(c cause) bool {
	return slices.ContainsFunc(a.changes.Counts[a.firstCount:], func(n Count) bool {
		return n.Listed < n.Added+n.Gone+n.Altered && slices.Contains(c.sources, n.Title)
	})
}

func (a *attribution) credit(records []int, id string) {
	for _, i := range records {
		if r := &a.changes.Records[i]; !slices.Contains(r.Figures, id) {
			r.Figures = append(r.Figures, id)
		}
	}
}

// related are the changed records of the sets that a figure reads, but for those
// that are in its own rows, and for those that changed in nothing it names.
func (a *attribution) related(c cause, id string) []int {
	var words []string
	for _, part := range a.parts(id) {
		words = append(words, a.after.queries.Words(part)...)
	}
	var list []int
	for i := a.first; i < len(a.changes.Records); i++ {
		r := a.changes.Records[i]
		named := r.How != Altered || slices.ContainsFunc(r.Fields, func(f Field) bool { return slices.Contains(words, strings.ToLower(f.Name)) })
		if named && slices.Contains(c.sources, r.Title) && !slices.Contains(c.records, i) {
			list = append(list, i)
		}
	}
	return list
}

// parts are a figure, or the two of a ratio.
func (a *attribution) parts(id string) (parts []queries.Figure) {
	f, _ := a.after.queries.Figure(id)
	if f.Numerator == "" {
		return []queries.Figure{f}
	}
	for _, part := range []string{f.Numerator, f.Denominator} {
		f, _ := a.after.queries.Figure(part)
		parts = append(parts, f)
	}
	return parts
}

// of is what moved a figure; a ratio is moved by what moves its parts.
func (a *attribution) of(ctx context.Context, id string) (cause, error) {
	if c, ok := a.memo[id]; ok {
		return c, nil
	}
	now, ok := a.after.queries.Figure(id)
	then, there := a.before.queries.Figure(id)
	if !ok || !there {
		return cause{rest: true}, nil
	}
	c := cause{}
	var err error
	if now.Numerator != "" || then.Numerator != "" {
		c, err = a.ofParts(ctx, now)
	} else {
		c, err = a.ofRows(ctx, then, now)
	}
	if err != nil {
		return c, err
	}
	a.memo[id] = c
	return c, nil
}

func (a *attribution) ofParts(ctx context.Context, ratio queries.Figure) (cause, error) {
	c := cause{rest: ratio.Numerator == ""}
	for _, part := range []string{ratio.Numerator, ratio.Denominator} {
		if part == "" {
			continue
		}
		of, err := a.of(ctx, part)
		if err != nil {
			return c, err
		}
		c.records, c.rest, c.sources = append(c.records, of.records...), c.rest || of.rest, append(c.sources, of.sources...)
	}
	slices.Sort(c.records)
	c.records = slices.Compact(c.records)
	return c, nil
}

// ofRows asks both editions for the changed records among the rows of a figure:
// those that came in, went out, or have another value in what the figure adds up.
// What the other rows give must be the same in both, or something else moved it.
func (a *attribution) ofRows(ctx context.Context, then, now queries.Figure) (c cause, err error) {
	var rows [2]map[source.Place]string
	var rest [2]string
	for i, spec := range []queries.Figure{then, now} {
		q := figure.Body(spec)
		q.Before, q.After = "SELECT * FROM (", ") AS records WHERE (_file, _sheet, _row) IN (SELECT (file, sheet, row) FROM "+store.Marked+")"
		record, err := a.stores[i].Query(ctx, q)
		if err != nil {
			return c, err
		}
		rows[i] = byPlace(record, used(record, spec.Value))
		if rest[i], err = a.rest(ctx, i, spec); err != nil {
			return c, err
		}
	}
	c.rest = rest[0] != rest[1]
	if c.sources, err = a.stores[1].Sources(ctx, figure.Body(now)); err != nil {
		return c, err
	}
	for i := a.first; i < len(a.changes.Records); i++ {
		before, after := a.changes.Records[i].places()
		if rows[0][before] != rows[1][after] {
			c.records = append(c.records, i)
		}
	}
	return c, nil
}

// rest is the value over the rows that are not of changed records.
func (a *attribution) rest(ctx context.Context, i int, spec queries.Figure) (string, error) {
	q := figure.Body(spec)
	q.Expression = spec.Value
	q.Before = "SELECT " + spec.Value + " AS value FROM ("
	q.After = ") AS records WHERE (_file, _sheet, _row) NOT IN (SELECT (file, sheet, row) FROM " + store.Marked + ")"
	record, err := a.stores[i].Query(ctx, q)
	if err != nil {
		return "", err
	}
	defer record.Release()
	return figure.CellText(record.Column(0), 0), nil
}

var word = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_]*`)

// used are the columns that an expression names.
func used(record arrow.Record, value string) []int {
	var columns []int
	names := word.FindAllString(strings.ToLower(value), -1)
	for i, f := range record.Schema().Fields() {
		if slices.Contains(names, strings.ToLower(f.Name)) {
			columns = append(columns, i)
		}
	}
	return columns
}

// byPlace is, for each record, what its rows hold in some columns, as one text; a
// record may have several rows.
func byPlace(record arrow.Record, columns []int) map[source.Place]string {
	lines := map[source.Place][]string{}
	names := record.Schema()
	text := func(name string, row int) string {
		return figure.CellText(record.Column(names.FieldIndices(name)[0]), row)
	}
	for row := range int(record.NumRows()) {
		p := source.Place{File: text("_file", row), Sheet: text("_sheet", row)}
		fmt.Sscan(text("_row", row), &p.Row)
		var cells []string
		for _, c := range columns {
			cells = append(cells, figure.CellText(record.Column(c), row))
		}
		lines[p] = append(lines[p], strings.Join(cells, "\x00")+"\x01")
	}
	texts := map[source.Place]string{}
	for p, list := range lines {
		slices.Sort(list)
		texts[p] = strings.Join(list, "")
	}
	return texts
}
