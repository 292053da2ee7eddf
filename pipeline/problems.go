package pipeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
)

// Broken is the error of records that break the contract; nothing is published.
type Broken struct {
	Problems []contract.Problem // sorted by place; at least one rejects
}

func (b Broken) Error() string {
	return fmt.Sprintf("记录不合约定，共 %d 处，没有写出任何结果", b.Rejects())
}

// Rejects is how many of the problems end the run.
func (b Broken) Rejects() int {
	n := 0
	for _, p := range b.Problems {
		if p.Severity == contract.Reject {
			n++
		}
	}
	return n
}

// say keeps a problem, under the name of the year's folder.
func (y *Year) say(p contract.Problem) {
	if !strings.HasPrefix(p.File, y.Folder) {
		p.File = y.Folder + "/" + p.File
	}
	y.Problems = append(y.Problems, p)
}

// violations are the rows that break a check, as problems.
func (y *Year) violations(c figure.Check) []contract.Problem {
	var problems []contract.Problem
	for row := range int(c.Violations.NumRows()) {
		p := contract.Problem{File: y.Folder, Severity: contract.Severity(c.Spec.Severity), Rule: c.Spec.Title, Remedy: c.Spec.Expect}
		var cells []string
		for i, f := range c.Violations.Schema().Fields() {
			text := figure.CellText(c.Violations.Column(i), row)
			switch f.Name {
			case "_file":
				p.File = y.Folder + "/" + text
			case "_sheet":
				p.Sheet = text
			case "_row":
				fmt.Sscan(text, &p.Row)
			default:
				if text != "" {
					cells = append(cells, text)
				}
			}
		}
		p.Value = strings.Join(cells, "，")
		problems = append(problems, p)
	}
	return problems
}

// Claims are the words of the report that the records do not bear out, from
// implicit figures and from checks, as warnings.
func (y *Year) Claims() []contract.Problem {
	var problems []contract.Problem
	say := func(claim, value, remedy string) {
		problems = append(problems, contract.Problem{File: y.Folder, Severity: contract.Warn, Value: value,
			Rule: "报告说“" + claim + "”，记录不支持", Remedy: remedy})
	}
	for _, f := range y.Figures {
		if f.Spec.Claim != "" && !f.Holds() {
			say(f.Spec.Claim, "", fmt.Sprintf("记录只有%s%s，不足%d，见 workreport explain %s", f.ValueText, f.Spec.Unit, f.Spec.AtLeast, f.Spec.ID))
		}
	}
	for _, c := range y.Checks {
		if c.Spec.Claim != "" && !c.Holds() {
			var rows []string
			for _, p := range y.violations(c) {
				rows = append(rows, p.Value)
			}
			say(c.Spec.Claim, strings.Join(rows, "；"), c.Spec.Expect)
		}
	}
	return problems
}

// accept ends the run where a problem rejects, or where there is nothing at all.
func (y *Year) accept() error {
	loaded := 0
	for _, a := range y.Accounts {
		loaded += a.Loaded
	}
	if loaded == 0 {
		y.say(contract.Problem{File: y.Folder, Rule: "没有一条可用的记录", Remedy: "请把本年的记录填入各表", Severity: contract.Reject})
	}
	slices.SortStableFunc(y.Problems, contract.ComparePlaces)
	broken := Broken{y.Problems}
	if broken.Rejects() > 0 {
		slices.SortStableFunc(broken.Problems, func(a, b contract.Problem) int { return cmp.Compare(a.Severity, b.Severity) })
		return broken
	}
	return nil
}

// Unsupported are the figures that no record stands behind.
func (y *Year) Unsupported() []figure.Figure {
	var empty []figure.Figure
	for _, f := range y.Figures {
		if f.Rows == 0 || f.Value == nil {
			empty = append(empty, f)
		}
	}
	return empty
}
