package proof

import (
	"cmp"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"workreport/pipeline/figure"
)

// document is what the appendix and the page of charts must show.
type document struct {
	figures []figure.Figure
	grids   []grid // a trend last
}

func (d document) word(f *finding, content []byte) {
	const body = "word/document.xml"
	p := partsOf(f, content)
	p.wellFormed(f, body)
	tables := wordTables(f, p[body])
	d.appendix(f, tables)
}

func (d document) page(f *finding, content []byte) { d.appendix(f, pageOf(f, content).tables) }

var isNumbered = regexp.MustCompile(`^表\d+　`)

// appendix holds the tables of a document to the figures and tables.
func (d document) appendix(f *finding, tables []shown) {
	var lists []shown
	of := map[string][][]item{}
	for _, t := range tables {
		if isNumbered.MatchString(t.caption) {
			of[plain(t.caption)] = append(of[plain(t.caption)], t.rows...)
			continue
		}
		lists = append(lists, t)
	}
	for i, g := range d.grids {
		if g.Courses != nil {
			g.in(f, trendIn(lists, g))
			continue
		}
		rows, ok := of[plain(captionOf(i, g))]
		if !ok {
			f.say("没有%s", captionOf(i, g))
			continue
		}
		g.in(f, rows)
	}
	d.lists(f, lists)
}

func captionOf(i int, g grid) string { return fmt.Sprintf("表%d　%s", i+1, g.Spec.Title) }

// trendIn are the rows of the list of figures over the years.
func trendIn(lists []shown, g grid) (rows [][]item) {
	for _, l := range lists {
		same := len(l.head) == len(g.Spec.Columns)
		for j := range l.head {
			same = same && plain(l.head[j]) == plain(g.Spec.Columns[j].Title)
		}
		if same {
			rows = append(rows, l.rows...)
		}
	}
	return rows
}

// lists holds the lists of figures and of claims to the figures.
func (d document) lists(f *finding, lists []shown) {
	var quoted, claimed []listed
	for _, l := range lists {
		if slices.Contains(l.head, "数字") && slices.Contains(l.head, "数值") {
			quoted = append(quoted, listedIn(l, "数字")...)
		}
		if slices.Contains(l.head, "依据") && slices.Contains(l.head, "实际") {
			claimed = append(claimed, listedIn(l, "依据")...)
		}
	}
	var plainly, claims []figure.Figure
	for _, of := range d.figures {
		if of.Spec.Claim != "" {
			claims = append(claims, of)
		} else {
			plainly = append(plainly, of)
		}
	}
	inOrder(f, plainly, quoted, func(of figure.Figure, l listed) { l.holdFigure(f, of) })
	inOrder(f, claims, claimed, func(of figure.Figure, l listed) {
		l.hold(f, of, "实际", valueOf(of, of.ValueText, of.Spec.Unit, of.Value))
	})
}

// listed is a row of a list by the titles of the columns.
type listed struct {
	title string
	cells map[string]item
}

func listedIn(l shown, title string) (all []listed) {
	for _, row := range l.rows {
		of := listed{cells: map[string]item{}}
		for j, it := range row {
			if j < len(l.head) {
				of.cells[l.head[j]] = it
			}
		}
		first, _, _ := strings.Cut(of.cells[title].text, "\n") // the definition may follow
		of.title = plain(first)
		all = append(all, of)
	}
	return all
}

// inOrder pairs each figure with the first row of its title that is left; rows of
// others may stand between and behind.
func inOrder(f *finding, figures []figure.Figure, rows []listed, pair func(figure.Figure, listed)) {
	for _, of := range figures {
		at := slices.IndexFunc(rows, func(l listed) bool { return l.title == plain(of.Spec.Title) })
		if at < 0 {
			f.say("没有数字“%s”（%s）", of.Spec.Title, of.Spec.ID)
			continue
		}
		pair(of, rows[at])
		rows = slices.Delete(rows, at, at+1)
	}
}

// holdFigure holds a row to a figure that is quoted or that others rest on.
func (l listed) holdFigure(f *finding, of figure.Figure) {
	l.hold(f, of, "数值", valueOf(of, of.ValueText, of.Spec.Unit, of.Value))
	last := l.cells["上年"]
	last.text, _, _ = strings.Cut(last.text, "\n上年口径")
	l.cells["上年"] = last
	l.hold(f, of, "上年", valueOf(of, of.LastText, "", of.Last))
	if of.Value != nil && of.Last != nil && of.ChangeText != "" {
		l.hold(f, of, "增减", value{exact: new(big.Rat).Sub(of.Value, of.Last), texts: []string{of.ChangeText}})
	} else {
		l.holdText(f, of, "增减", cmp.Or(of.ChangeText, missing))
	}
	l.holdText(f, of, "增减率", cmp.Or(of.ChangeRateText, missing))
	if of.Spec.Basis == "" {
		l.holdText(f, of, "报告表述", of.Sentence())
	}
}

// valueOf is a value of a figure as the lists write it.
func valueOf(of figure.Figure, text, unit string, x *big.Rat) value {
	v := value{exact: x, texts: []string{text + unit}}
	switch {
	case of.Spec.Unit == "%":
		v.percent = true
	case of.Spec.Quote.Hedge == "rank":
		v.texts = append(v.texts, "第"+text+"位", text)
	default:
		v.texts = append(v.texts, text)
	}
	return v
}

func (l listed) hold(f *finding, of figure.Figure, column string, v value) {
	f.numbers++
	if got := l.cells[column]; !v.shownBy(got) {
		want := missing
		if v.exact != nil {
			want = v.texts[0]
		}
		f.differs(whereOf(of, column), got.text, want)
	}
}

func (l listed) holdText(f *finding, of figure.Figure, column, want string) {
	if got := l.cells[column].text; plain(got) != plain(want) {
		f.differs(whereOf(of, column), got, want)
	}
}

func whereOf(of figure.Figure, column string) string {
	return fmt.Sprintf("数字“%s”（%s）的“%s”", of.Spec.Title, of.Spec.ID, column)
}

// charts is the page of charts: the figures that open it, and the table below
// each picture.
func (d document) charts(f *finding, content []byte) {
	p := pageOf(f, content)
	d.cards(f, p.cards)
	number := 0
	for _, g := range d.grids {
		if g.Spec.Chart == nil {
			continue
		}
		number++
		if g.Courses != nil {
			g = gridOf(g.Highlighted())
		}
		caption := fmt.Sprintf("图%d　%s", number, g.Spec.Title)
		at := slices.IndexFunc(p.tables, func(t shown) bool { return plain(t.caption) == plain(caption) })
		if at < 0 {
			f.say("没有%s的数据表", caption)
			continue
		}
		g.in(f, p.tables[at].rows)
	}
}

func (d document) cards(f *finding, cards [][2]string) {
	want := figure.Highlights(d.figures)
	if len(cards) != len(want) {
		f.say("概览有 %d 个数字，应有 %d 个", len(cards), len(want))
		return
	}
	for i, of := range want {
		f.numbers++
		if plain(cards[i][0]) != plain(of.Spec.Title) || plain(cards[i][1]) != plain(of.Quoted) {
			f.differs(whereOf(of, "概览"), strings.Join(cards[i][:], " "), of.Spec.Title+" "+of.Quoted)
		}
	}
}

// book holds the sheets of the workbook to the figures and tables.
func (d document) book(f *finding, content []byte) {
	p := partsOf(f, content)
	p.wellFormed(f)
	sheets := map[string]sheet{}
	for _, s := range sheetsOf(f, p) {
		sheets[plain(s.at(titleRow, 1).text)] = s
	}
	for i, g := range d.grids {
		caption := captionOf(i, g)
		if g.Courses != nil {
			caption = "历年数字"
		}
		s, ok := sheets[plain(caption)]
		if !ok {
			f.say("没有工作表“%s”", caption)
			continue
		}
		g.in(f, s.rowsBelow(s.width(), len(g.rows)))
	}
	var lists []shown
	for _, title := range []string{"数字", "论断"} {
		s, ok := sheets[title]
		if !ok {
			continue
		}
		of := shown{rows: s.rowsBelow(s.width(), 0)}
		for j := range s.width() {
			of.head = append(of.head, s.at(headRow, j+1).text)
		}
		lists = append(lists, of)
	}
	d.lists(f, lists)
}
