package draft

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"
)

//go:embed page.html.tmpl
var pageSource string

var page = template.Must(template.New("page").Parse(pageSource))

// colour is the class of a verdict on the page.
func (v Verdict) colour() string {
	switch {
	case v.Wrong():
		return "wrong"
	case v == Agrees:
		return "right"
	case v.Right():
		return "near"
	case v == NoStatistic:
		return "aside"
	}
	return "open"
}

// stretch is a piece of a paragraph: plain text, or a number with its finding.
type stretch struct {
	Text   string
	Colour string
	Number int // of the finding in the list at the end, 0 for one that is not in it
	Lines  []string
}

type shown struct {
	Where     string // 表格, 脚注, …; "" for the body
	Heading   bool
	Stretches []stretch
}

type listed struct {
	Number                int
	Place, Colour         string
	Before, Marked, After string
	Lines                 []string
}

// HTML writes the draft itself with each number in the colour of its verdict and
// its basis on hover, tap or focus: one page, without scripts, that prints on A4
// with the findings listed behind the text.
func HTML(w io.Writer, name string, r Report) error {
	view := struct {
		Name       string
		Report     Report
		Coverage   Coverage
		Notices    []string
		Paragraphs []shown
		Findings   []listed
	}{Name: name, Report: r, Coverage: r.Coverage(), Notices: r.AllNotices()}
	inText := slices.Clone(r.Findings)
	slices.SortFunc(inText, func(a, b Finding) int { return a.Start - b.Start })
	next, offset := 0, 0
	for line := range strings.Lines(r.Text.String) {
		p := shown{Where: r.Text.part(offset), Heading: headingLine.MatchString(line)}
		if p.Where == "正文" {
			p.Where = ""
		}
		if sheet, cell := r.Text.cell(offset); cell != "" {
			p.Where = sheet + "!" + cell
		}
		at, end := offset, offset+len(line)
		for ; next < len(inText) && inText[next].Start < end; next++ {
			f := inText[next]
			s := stretch{Text: r.Text.String[f.Start:f.End], Colour: f.Verdict.colour(), Lines: f.Lines()}
			if f.Commented() {
				s.Number = len(view.Findings) + 1
				before, marked, after := f.Mention(60)
				view.Findings = append(view.Findings, listed{s.Number, f.PlaceText(), s.Colour, before, marked, after, s.Lines})
			}
			p.Stretches = append(p.Stretches, stretch{Text: r.Text.String[at:f.Start]}, s)
			at = f.End
		}
		if at < end {
			p.Stretches = append(p.Stretches, stretch{Text: strings.TrimRight(r.Text.String[at:end], "\n")})
		}
		view.Paragraphs = append(view.Paragraphs, p)
		offset = end
	}
	var b bytes.Buffer
	if err := page.Execute(&b, view); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}
