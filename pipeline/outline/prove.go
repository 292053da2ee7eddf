package outline

import (
	"context"
	"strings"

	"workreport/pipeline/draft"
)

// Doubt is a number of an outline that the checker does not tie to the figure it
// was written from, or does not find right.
type Doubt struct {
	Sentence string
	Number   string
	Why      string
	Decision string // the line of bindings.csv that would decide it, "" for none
}

// Prove reads an outline as it was written, checks it as any draft, and gives
// what the checker cannot tie; none where each number is tied and right.
func (o Outline) Prove(ctx context.Context, name string, content []byte, options draft.Options) ([]Doubt, error) {
	text, err := draft.Read(name, content)
	if err != nil {
		return nil, err
	}
	r, err := draft.Check(ctx, text, options)
	if err != nil {
		return nil, err
	}
	var doubts []Doubt
	places := o.places(text.String)
	seen := make([]bool, len(places))
	for _, f := range r.Findings {
		at := places.at(f)
		if at >= 0 {
			seen[at] = true
			if id := o.Fragments[at].Figure.Spec.ID; f.Figure == nil || f.Figure.Spec.ID != id || !f.Verdict.Right() {
				doubts = append(doubts, doubtOf(f, id))
			}
		} else if f.Commented() {
			doubts = append(doubts, doubtOf(f, f.Candidates...))
		}
	}
	for i, f := range o.Fragments {
		if !seen[i] {
			doubts = append(doubts, Doubt{f.Text, f.Figure.Quoted, "读回时没有认出这个数字", ""})
		}
	}
	return doubts, nil
}

// doubtOf proposes the first of the figures that a finding may be.
func doubtOf(f draft.Finding, figures ...string) Doubt {
	why := strings.Join(f.Lines(), "；")
	f.Candidates = figures
	return Doubt{strings.TrimSpace(f.Sentence), f.Shown(), why, f.Proposed()}
}

// places are where the numbers of the fragments stand in a text, from and to.
type places [][2]int

func (o Outline) places(text string) places {
	list := make(places, len(o.Fragments))
	last := 0
	for i, f := range o.Fragments {
		if at := strings.Index(text[last:], f.Text); at >= 0 {
			at += last
			list[i] = [2]int{at + f.from, at + f.to}
			last = at + len(f.Text)
		}
	}
	return list
}

// at is the index of the fragment whose number a finding is, -1 for none.
func (p places) at(f draft.Finding) int {
	for i, place := range p {
		if f.Start < place[1] && f.End > place[0] {
			return i
		}
	}
	return -1
}
