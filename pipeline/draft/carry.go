package draft

import (
	"context"

	"workreport/pipeline/figure"
)

// Fate is what becomes of a number of last year's report.
type Fate string

// The fates.
const (
	Moves  Fate = "要变"
	Stays  Fate = "不变"
	NoData Fate = "还没有数据"
	ByHand Fate = "要自己改"
)

// Carried is a number of last year's report with what it would be this year.
type Carried struct {
	Then  Finding // as judged against last year's figures
	Now   Finding // the same number judged against this year's
	Fate  Fate
	New   string // how it would be written this year, "" for as it is
	Reads string // the sentence as it would read, numbers that move included
	Why   string // of ByHand, the reason
}

// Carry is last year's report held against this year's figures.
type Carry struct {
	Year      int             // that the report is on
	Refreshed                 // the report with this year's figures written in
	Then      Report          // the report held against last year's figures
	Numbers   []Carried       // what is tied to a figure, sorted by place
	Missing   []figure.Figure // quoted in the report, and no record supports them this year yet
	NotQuoted []figure.Figure // of this year, and the report does not quote them
}

// CarryOver ties the numbers of last year's report to last year's figures and
// writes this year's in their places. A figure that no record supports yet stays
// as it was. Both catalogues are read as on the year that the report is on.
func CarryOver(ctx context.Context, name string, text Text, last, now Options, how Revision) (c Carry, err error) {
	c.Year = last.Catalogue.Year
	if c.Then, err = Check(ctx, text, last); err != nil {
		return c, err
	}
	now.Catalogue, c.Missing = withData(now.Catalogue, c.Then)
	now.Catalogue.Year, now.tied = last.Catalogue.Year, c.Then.ties()
	if c.Refreshed, err = Refresh(ctx, name, text, now, how, false); err != nil {
		return c, err
	}
	changes := map[int]Renewal{}
	for _, r := range c.planned {
		changes[r.End] = r
	}
	for i, then := range c.Then.Findings {
		renewal, planned := changes[then.End]
		if then.About() == nil && !planned {
			continue
		}
		n := Carried{Then: then, Now: c.Before.Findings[i], Reads: c.Reads(then)}
		n.settle(renewal, planned)
		c.Numbers = append(c.Numbers, n)
	}
	c.NotQuoted = c.Before.NotQuoted
	return c, nil
}

// About is the figure that the number is on.
func (n Carried) About() *figure.Figure {
	if of := n.Then.About(); of != nil {
		return of
	}
	return n.Now.About()
}

// Subject names the figure that the number is on.
func (n Carried) Subject() string {
	if n.Then.About() == nil {
		return n.Now.Subject()
	}
	return n.Then.Subject()
}

// settle says what becomes of the number.
func (n *Carried) settle(r Renewal, planned bool) {
	switch {
	case planned && r.Left == "":
		n.Fate, n.New = Moves, r.New
	case planned:
		n.Fate, n.Why = ByHand, r.Left
	case n.Now.Verdict.Right():
		n.Fate = Stays
	case n.Now.Figure != nil && n.Now.Figure.Value == nil:
		n.Fate = NoData
	default:
		n.Fate, n.Why = ByHand, n.Now.Why
	}
}

// ties are the figures of the statistics that agree, by where each begins.
func (r Report) ties() map[int]string {
	ties := map[int]string{}
	for _, f := range r.Findings {
		if f.Figure != nil && f.base == nil && f.Verdict.Right() {
			ties[f.Start] = f.Figure.Spec.ID
		}
	}
	return ties
}

// withData takes the value from the figures that no record supports, and lists
// those of them that the report quotes.
func withData(c figure.Catalogue, r Report) (figure.Catalogue, []figure.Figure) {
	quoted := map[string]bool{}
	for _, f := range r.Findings {
		if f.Figure != nil {
			quoted[f.Figure.Spec.ID] = true
		}
	}
	var none []figure.Figure
	figures := make([]figure.Figure, len(c.Figures))
	for i, f := range c.Figures {
		if f.Rows == 0 {
			f.Value = nil
			if quoted[f.Spec.ID] {
				none = append(none, f)
			}
		}
		figures[i] = f
	}
	c.Figures = figures
	return c, none
}
