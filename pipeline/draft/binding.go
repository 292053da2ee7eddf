package draft

import (
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/quote"
)

// BindingsFile is the file of a year's folder with what a person has decided.
const BindingsFile = "bindings.csv"

// notStatistic is what a decision says of a number that is no statistic.
const notStatistic = "非统计"

// Binding is a person's decision: what the number in 【】 of the words is. The
// number itself may change, the words around it tell where it stands.
type Binding struct {
	Words  string // 全年立案提案【228件】
	Figure string // id of the figure, or 非统计
	Note   string
	Row    int // in the file

	before, after string
}

var bindingColumns = []string{"语句", "编号", "说明"}

// ReadBindings reads the decisions of a year's folder; none where there is no
// file. It refuses a row that no number could be found by, and an id that is no figure's.
func ReadBindings(folder fs.FS, name string, ids []string) ([]Binding, error) {
	content, err := fs.ReadFile(folder, BindingsFile)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s/%s：打不开：%w", name, BindingsFile, err)
	}
	text, err := decoded(content)
	if err != nil {
		return nil, fmt.Errorf("%s/%s：%w", name, BindingsFile, err)
	}
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord, in.LazyQuotes = -1, true
	var list []Binding
	for row := 1; ; row++ {
		cells, err := in.Read()
		if err == io.EOF {
			return list, nil
		}
		where := fmt.Sprintf("%s/%s 第%d行", name, BindingsFile, row)
		if err != nil {
			return nil, fmt.Errorf("%s：读不懂；应是三列：%s", where, strings.Join(bindingColumns, "、"))
		}
		cells = append(cells, "", "", "")
		if row == 1 && strings.TrimSpace(cells[0]) == bindingColumns[0] || strings.Join(cells, "") == "" {
			continue
		}
		b := Binding{Words: cells[0], Figure: strings.TrimSpace(cells[1]), Note: cells[2], Row: row}
		before, rest, open := strings.Cut(b.Words, "【")
		_, after, closed := strings.Cut(rest, "】")
		b.before, b.after = quote.Plain(before), quote.Plain(after)
		switch {
		case !open || !closed || b.before+b.after == "":
			return nil, fmt.Errorf("%s：“语句”里要用【】标出数字，前后留几个字，如 全年立案提案【228件】", where)
		case b.Figure != notStatistic && !slices.Contains(ids, b.Figure):
			hint := "；全部编号见 workreport figures"
			if best := contract.Nearest(b.Figure, ids); best != "" {
				hint = "，最接近的是 " + best
			}
			return nil, fmt.Errorf("%s：没有编号为“%s”的数字%s；不是统计数的写 %s", where, b.Figure, hint, notStatistic)
		}
		list = append(list, b)
	}
}

// bound is the index of the decision on a number, -1 where there is none.
func bound(bindings []Binding, x words) int {
	return slices.IndexFunc(bindings, func(b Binding) bool {
		return strings.HasSuffix(x.before, b.before) && strings.HasPrefix(x.after, b.after)
	})
}

// decided follows a person's decision.
func (f *Finding) decided(b Binding, c catalogue, rounding contract.Rounding) {
	if b.Figure == notStatistic {
		f.Class, f.Verdict, f.Why = quote.Name, NoStatistic, "按 "+BindingsFile+" 的认定不是统计数"
		if b.Note != "" {
			f.Why += "：" + b.Note
		}
		return
	}
	if f.Value == nil {
		f.Verdict, f.Why = Undecided, "约略的说法，按 "+BindingsFile+" 说的是 "+b.Figure+"，没有确数可比"
		return
	}
	f.Class = quote.Figure
	f.known(b.Figure, c, rounding)
	f.Why += "（按 " + BindingsFile + " 的认定）"
}

// known compares with the figure of that id.
func (f *Finding) known(id string, c catalogue, rounding contract.Rounding) {
	f.Verdict, f.Why = WithoutBasis, id+"没有可比的数值"
	for _, k := range c.figures {
		switch {
		case k.Spec.ID != id:
		case !sameKind(f.Unit, k.Spec.Unit):
			f.otherUnit(k.Figure, rounding)
		default:
			f.compare(k.Figure, rounding)
		}
	}
}

// Proposed is the line that would decide on a number, for a person to complete.
func (f Finding) Proposed() string {
	before, after := []rune(f.context.clause), []rune(f.context.behind)
	figure := "编号"
	if len(f.Candidates) > 0 {
		figure = f.Candidates[0]
	}
	words := string(before[max(0, len(before)-12):]) + "【" + f.Shown() + "】" + string(after[:min(8, len(after))])
	var line strings.Builder
	out := csv.NewWriter(&line)
	out.Write([]string{words, figure, ""})
	out.Flush()
	return strings.TrimSpace(line.String())
}
