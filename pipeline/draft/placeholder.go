package draft

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/quote"
)

// placeholder is {{编号}} or {{编号|写法}}, in braces of either width.
var placeholder = regexp.MustCompile(`[{｛]{2}([^{}｛｝\n]{1,200})[}｝]{2}`)

// forms are the ways to write a figure's value in the place of a placeholder.
var forms = map[string]func(figure.Figure, contract.Rounding) string{
	"":      func(f figure.Figure, _ contract.Rounding) string { return f.Quoted },
	"value": func(f figure.Figure, _ contract.Rounding) string { return f.ValueText },
	"数值":    func(f figure.Figure, _ contract.Rounding) string { return f.ValueText },
	"整数":    places(0), "一位小数": places(1), "两位小数": places(2), "三位小数": places(3), "四位小数": places(4),
	"中文": inHan,
	"上年": func(f figure.Figure, rounding contract.Rounding) string {
		if f.Last == nil {
			return ""
		}
		return quote.Write(f.Last, f.Spec.Quote, f.Spec.Unit, rounding)
	},
}

// inHan writes a value in Han numerals, as a person would write it in a sentence.
func inHan(f figure.Figure, rounding contract.Rounding) string {
	like := "三" + f.Spec.Unit
	switch {
	case f.Spec.Unit == "%":
		like = "百分之三点三三"
	case f.Spec.Quote.Hedge == "rank":
		return f.Quoted
	case f.Spec.Quote.Hedge != "":
		place := map[int64]string{100: "百", 1000: "千"}[f.Spec.Quote.Place]
		like = "三" + cmp.Or(place, "十") + f.Spec.Quote.Hedge + f.Spec.Unit
	}
	found := quote.Find(like, quote.Usual)
	if len(found) == 0 || found[0].End != len(like) {
		return f.Quoted
	}
	n := found[0]
	value := new(big.Rat).Mul(f.Value, new(big.Rat).Quo(scaleOf(f.Spec.Unit), scaleOf(n.Unit))) // 万元 is read as 元
	text := n.Rewrite(value, rounding)
	if interval, unit, err := quote.Parse(text); err != nil || unit != n.Unit || !interval.Contains(value) {
		return f.Quoted
	}
	return text
}

// formNames are the ways as a message lists them.
var formNames = []string{"数值", "value", "整数", "一位小数", "两位小数", "三位小数", "四位小数", "中文", "上年"}

// places writes a value with so many decimal places and its unit.
func places(n int) func(figure.Figure, contract.Rounding) string {
	return func(f figure.Figure, rounding contract.Rounding) string {
		if f.Spec.Quote.Hedge == "rank" {
			return f.Quoted
		}
		return quote.Round(f.Value, n, rounding.Policy) + f.Spec.Unit
	}
}

// fillings are the renewals of the placeholders. A name that is no figure's, or a
// way to write that there is none of, is an error that names the nearest.
func fillings(text Text, c figure.Catalogue) (list []Renewal, err error) {
	var unknown []string
	places := placer{text: text}
	for _, at := range placeholder.FindAllStringSubmatchIndex(text.String, -1) {
		r := Renewal{placeholder: true, replacement: Replacement{From: at[0], To: at[1]}}
		r.Number = quote.Number{Start: at[0], End: at[1], Text: text.String[at[0]:at[1]], Class: quote.Placeholder}
		r.Place, r.Where, r.Verdict = places.at(at[0]), text.part(at[0]), Undecided
		r.Text = text.As(at[0], at[1])
		r.from, r.Sentence, r.Mark = sentenceAround(text.String, at[0], at[1])
		if fault := r.fill(text.String[at[2]:at[3]], c); fault != "" {
			unknown = append(unknown, fmt.Sprintf("%s：%s：%s", r.PlaceText(), r.Shown(), fault))
		}
		if f := r.Figure; f != nil && strings.HasPrefix(strings.TrimLeft(text.String[at[1]:], " \u3000\u00a0"), f.Spec.Unit) {
			r.New = strings.TrimSuffix(r.New, f.Spec.Unit) // 立案{{proposals_filed}}件
			r.replacement.With = r.New
		}
		list = append(list, r)
	}
	list = append(list, broken(text, list)...)
	if len(unknown) > 0 {
		return nil, errors.New(strings.Join(unknown, "\n"))
	}
	return list, nil
}

var halfPlaceholder = regexp.MustCompile(`[{｛]{2}[ \x{3000}]*[A-Za-z_]*|[}｝]{2}`)

// broken are the placeholders that only begin or only end: {{proposals_filed}.
func broken(text Text, whole []Renewal) (list []Renewal) {
	places := placer{text: text}
	for _, at := range halfPlaceholder.FindAllStringIndex(text.String, -1) {
		if slices.ContainsFunc(whole, func(r Renewal) bool { return at[0] < r.replacement.To && at[1] > r.replacement.From }) {
			continue
		}
		r := Renewal{placeholder: true, replacement: Replacement{From: at[0], To: at[1]}, Left: "占位符没有写完，应是 {{编号}}，写在一段里"}
		r.Number = quote.Number{Start: at[0], End: at[1], Text: text.String[at[0]:at[1]], Class: quote.Placeholder}
		r.Place, r.Where, r.Verdict = places.at(at[0]), text.part(at[0]), Undecided
		r.from, r.Sentence, r.Mark = sentenceAround(text.String, at[0], at[1])
		list = append(list, r)
	}
	return list
}

// fill writes the figure that a placeholder names; what is wrong with the name
// is said.
func (r *Renewal) fill(inside string, c figure.Catalogue) (fault string) {
	id, form, _ := strings.Cut(strings.ReplaceAll(inside, "｜", "|"), "|")
	id, form = strings.TrimSpace(id), strings.TrimSpace(form)
	i := slices.IndexFunc(c.Figures, func(f figure.Figure) bool { return f.Spec.ID == id })
	if i < 0 {
		return noSuch("没有这个编号的数字", id, ids(c), "；全部编号见 workreport figures")
	}
	write, known := forms[form]
	if !known {
		return noSuch("没有这种写法", form, formNames, "；有："+strings.Join(formNames, "、"))
	}
	f := c.Figures[i]
	r.Figure = &f
	if f.Value != nil {
		r.New = write(f, c.Rounding)
	}
	if r.New == "" {
		r.Left = named(f) + "还没有数据"
	}
	r.replacement.With = r.New
	return ""
}

func noSuch(fault, name string, known []string, otherwise string) string {
	if best := contract.Nearest(name, known); best != "" {
		return fault + "，最接近的是 " + best
	}
	return fault + otherwise
}

func ids(c figure.Catalogue) (list []string) {
	for _, f := range c.Figures {
		list = append(list, f.Spec.ID)
	}
	return list
}
