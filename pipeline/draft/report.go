package draft

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// Basis names the figure that a finding quotes, "" for none.
func (f Finding) Basis() string {
	if f.Figure == nil {
		return ""
	}
	return f.Figure.Spec.Title + "（" + f.Figure.Spec.ID + "）"
}

// About is the figure that a finding quotes or whose change or value of last year
// it tells, nil for none.
func (f Finding) About() *figure.Figure {
	if f.Figure == nil {
		return f.base
	}
	return f.Figure
}

// Subject names what a finding is on, "" for none.
func (f Finding) Subject() string {
	if f.Figure == nil && f.base != nil {
		return f.base.Spec.Title + "的增减或上年数（" + f.base.Spec.ID + "）"
	}
	return f.Basis()
}

// Shown is the number as a reader is shown it: without blanks, line breaks and marks.
func (f Finding) Shown() string { return strings.Join(strings.Fields(f.Number.Text), "") }

// Lines say what a finding is, a line each: the verdict, why, how to write it,
// where it comes from.
func (f Finding) Lines() []string {
	lines := []string{"【" + string(f.Verdict) + "】" + f.Shown()}
	if f.Why != "" {
		lines[0] += "：" + f.Why
	}
	if f.Suggestion != "" {
		lines = append(lines, "建议写作："+f.Suggestion)
	}
	if len(f.Candidates) > 0 {
		lines = append(lines, "可能是："+strings.Join(f.Candidates, "、"))
	}
	if f.Figure != nil {
		line := "数字：" + f.Basis()
		if len(f.Figure.Sources) > 0 {
			line += "，出自" + strings.Join(f.Figure.Sources, "、")
		}
		lines = append(lines, line)
	}
	return lines
}

// Mention is the sentence with the number marked, cut around it where it is long.
func (f Finding) Mention(most int) (before, number, after string) {
	before, number, after = f.Sentence[:f.Mark], f.Sentence[f.Mark:f.Mark+f.End-f.Start], f.Sentence[f.Mark+f.End-f.Start:]
	flat := func(text string) []rune { return []rune(contract.Printable(text)) }
	b, a := flat(before), flat(after)
	if cut := len(b) - most*2/3; cut > 0 {
		b = append([]rune("…"), b[cut:]...)
	}
	if len(a) > most/3 {
		a = append(a[:most/3:most/3], '…')
	}
	return strings.TrimSpace(string(b)), string(flat(number)), strings.TrimRight(string(a), " ")
}

// JSON writes a report for a program: coverage, every number in the order of
// its place, and what the draft does not quote.
func JSON(w io.Writer, r Report) error {
	type number struct {
		Line       int             `json:"line"`
		Column     int             `json:"column"`
		Part       string          `json:"part,omitempty"`
		Sheet      string          `json:"sheet,omitempty"`
		Cell       string          `json:"cell,omitempty"`
		Run        int             `json:"run,omitempty"`
		Text       string          `json:"text"`
		Value      json.RawMessage `json:"value"`
		Low        json.RawMessage `json:"low"`
		High       json.RawMessage `json:"high"`
		LowOpen    bool            `json:"low_open,omitempty"`
		HighOpen   bool            `json:"high_open,omitempty"`
		Hedge      string          `json:"hedge"`
		Unit       string          `json:"unit"`
		Class      quote.Class     `json:"class"`
		Reason     string          `json:"reason"`
		Figure     string          `json:"figure"`
		Candidates []string        `json:"candidates,omitempty"`
		Verdict    Verdict         `json:"verdict"`
		Expected   string          `json:"expected"`
		Suggestion string          `json:"suggestion"`
		Sentence   string          `json:"sentence"`
	}
	type figure struct {
		ID     string  `json:"id"`
		Title  string  `json:"title"`
		Quoted string  `json:"quoted"`
		Places []Place `json:"places,omitempty"`
	}
	var page struct {
		Against   string   `json:"against"`
		Coverage  Coverage `json:"coverage"`
		Numbers   []number `json:"numbers"`
		Quoted    []figure `json:"quoted"`
		NotQuoted []figure `json:"not_quoted"`
		Notices   []string `json:"notices"`
	}
	page.Against, page.Coverage, page.Notices = r.Against, r.Coverage(), r.AllNotices()
	page.Numbers, page.Quoted, page.NotQuoted = []number{}, []figure{}, []figure{}
	at := map[string]int{} // of the figures quoted
	for _, f := range r.Findings {
		n := number{Line: f.Line, Column: f.Column, Part: f.Where, Sheet: f.Sheet, Cell: f.Cell, Run: r.Text.run(f.Start), Text: f.Text, Value: exactly(f.Value), Low: exactly(f.Low), High: exactly(f.High),
			LowOpen: f.LowOpen, HighOpen: f.HighOpen, Hedge: f.Hedge, Unit: f.Unit, Class: f.Class, Reason: f.Why, Candidates: f.Candidates,
			Verdict: f.Verdict, Expected: f.Expected, Suggestion: f.Suggestion, Sentence: f.Sentence}
		if f.Figure != nil {
			n.Figure = f.Figure.Spec.ID
			if _, ok := at[n.Figure]; !ok {
				at[n.Figure] = len(page.Quoted)
				page.Quoted = append(page.Quoted, figure{ID: n.Figure, Title: f.Figure.Spec.Title, Quoted: f.Figure.Quoted})
			}
			page.Quoted[at[n.Figure]].Places = append(page.Quoted[at[n.Figure]].Places, f.Place)
		}
		if f.Figure == nil && f.base != nil {
			n.Figure = f.base.Spec.ID // whose change it is
		}
		page.Numbers = append(page.Numbers, n)
	}
	for _, f := range r.NotQuoted {
		page.NotQuoted = append(page.NotQuoted, figure{ID: f.Spec.ID, Title: f.Spec.Title, Quoted: f.Quoted})
	}
	return writeJSON(w, page)
}

// exactly is a number as JSON, in full where its decimals end; null for none.
func exactly(x *big.Rat) json.RawMessage {
	if x == nil {
		return json.RawMessage("null")
	}
	return json.RawMessage(quote.Exact(x, contract.HalfUp))
}

// AllNotices are what a reader must know about the report as a whole.
func (r Report) AllNotices() []string {
	notices := append([]string{}, r.Notices...)
	if r.Unfilled > 0 {
		notices = append(notices, fmt.Sprintf("稿中有 %d 处占位符没有填，用 workreport refresh 填写", r.Unfilled))
	}
	if r.Against == "" {
		notices = append(notices, "没有可比的数字：只找出数字，统计数一律记为“无据”；先运行 workreport run，或用 --data 指明记录")
	}
	for _, b := range r.Unused {
		notices = append(notices, BindingsFile+" 的一行在稿中找不到了："+b.Words)
	}
	return notices
}

// RefreshedJSON writes for a program what a refresh changed, from what to what,
// what it left to a person, and the diff of a text file.
func RefreshedJSON(w io.Writer, r Refreshed, diff string) error {
	type number struct {
		Line     int     `json:"line"`
		Column   int     `json:"column"`
		Part     string  `json:"part,omitempty"`
		Old      string  `json:"old"`
		New      string  `json:"new,omitempty"`
		Figure   string  `json:"figure"`
		Verdict  Verdict `json:"verdict"`
		Reason   string  `json:"reason"`
		Sentence string  `json:"sentence"`
		Reads    string  `json:"reads,omitempty"`
	}
	of := func(f Finding) number {
		n := number{Line: f.Line, Column: f.Column, Part: f.Where, Old: f.Shown(), Verdict: f.Verdict, Reason: f.Why, Sentence: f.Sentence}
		if of := f.About(); of != nil {
			n.Figure = of.Spec.ID
		}
		return n
	}
	page := struct {
		Against  string   `json:"against"`
		Changes  []number `json:"changes"`
		Left     []number `json:"left"`
		Unmended int      `json:"unmended"`
		Coverage Coverage `json:"coverage"` // of the new draft
		Diff     string   `json:"diff,omitempty"`
		Notices  []string `json:"notices"`
	}{r.Before.Against, []number{}, []number{}, r.Unmended(), r.After.Coverage(), diff, r.Before.AllNotices()}
	for _, c := range r.Changes {
		n := of(c.Finding)
		n.New, n.Reads = c.New, r.Reads(c.Finding)
		page.Changes = append(page.Changes, n)
	}
	for _, f := range r.Left {
		page.Left = append(page.Left, of(f))
	}
	return writeJSON(w, page)
}

// CarryJSON writes for a program what becomes of the numbers of last year's report.
func CarryJSON(w io.Writer, c Carry) error {
	type number struct {
		Line     int    `json:"line"`
		Column   int    `json:"column"`
		Part     string `json:"part,omitempty"`
		Figure   string `json:"figure"`
		Fate     Fate   `json:"fate"`
		Old      string `json:"old"`
		New      string `json:"new"`
		Sentence string `json:"sentence"`
		Reads    string `json:"reads"`
		Reason   string `json:"reason"`
	}
	page := struct {
		Last      string   `json:"last"`
		Against   string   `json:"against"`
		Numbers   []number `json:"numbers"`
		Missing   []string `json:"missing"`
		NotQuoted []string `json:"not_quoted"`
	}{c.Then.Against, c.Before.Against, []number{}, []string{}, []string{}}
	for _, n := range c.Numbers {
		page.Numbers = append(page.Numbers, number{n.Then.Line, n.Then.Column, n.Then.Where, n.About().Spec.ID, n.Fate, n.Then.Shown(), n.New, n.Then.Sentence, n.Reads, n.Why})
	}
	for _, f := range c.Missing {
		page.Missing = append(page.Missing, f.Spec.ID)
	}
	for _, f := range c.NotQuoted {
		page.NotQuoted = append(page.NotQuoted, f.Spec.ID)
	}
	return writeJSON(w, page)
}

func writeJSON(w io.Writer, page any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(page)
}
