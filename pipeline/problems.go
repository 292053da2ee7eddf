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
	Years    []*Year            // as far as they were read
	Folder   string             // where the lists of what is wrong were written, "" where they were not
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
	switch {
	case p.File == "":
		p.File = y.Folder
	case p.File != y.Folder:
		p.File = y.Folder + "/" + p.File
	}
	y.Problems = append(y.Problems, p)
}

// Claims are the words of the report that the records do not bear out, from
// implicit figures and from checks, as warnings.
func (y *Year) Claims() []contract.Problem {
	var problems []contract.Problem
	say := func(claim, value, remedy string) {
		problems = append(problems, contract.Problem{File: y.name(), Severity: contract.Warn, Value: value,
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
			for _, p := range violations(c) {
				rows = append(rows, p.Value)
			}
			say(c.Spec.Claim, strings.Join(rows, "；"), c.Spec.Expect)
		}
	}
	return problems
}

// accept ends the run where more is rejected than may be, or where there is
// nothing at all.
func (y *Year) accept() error {
	loaded := 0
	for _, r := range y.Readings {
		loaded += r.Account.Loaded
	}
	if loaded == 0 {
		y.say(contract.Problem{File: y.Folder, Rule: "没有一条可用的记录", Remedy: "请把本年的记录填入各表", Severity: contract.Reject})
	}
	slices.SortStableFunc(y.Problems, contract.ComparePlaces)
	if !y.spent() {
		return nil
	}
	broken := Broken{Problems: y.Problems, Years: []*Year{y}}
	slices.SortStableFunc(broken.Problems, func(a, b contract.Problem) int { return cmp.Compare(a.Severity, b.Severity) })
	return broken
}

// notice says how many rows did not get in, for the first page of every
// document; "" where all did.
func (y *Year) notice() string {
	rejected, repeated := y.kept()
	if rejected+repeated == 0 {
		return ""
	}
	return fmt.Sprintf("%d年有%d行记录没有计入任何数字（拒收%d行，重复%d行），见 problems.csv 和 rejected.csv。",
		y.Edition.Year, rejected+repeated, rejected, repeated)
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
