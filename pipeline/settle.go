package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
	"workreport/pipeline/source"
)

// settle holds the rows to the rules that go beyond one row: keys, references,
// and the checks. Where rows may be rejected it takes out those that break a
// rule, and looks again, until what is left keeps them all.
func (y *Year) settle(ctx context.Context) (err error) {
	for {
		taken := 0
		if !y.spent() { // what refers to rows that were refused would only hide the cause
			if taken, err = y.settleKeys(ctx); err != nil {
				return err
			}
		}
		if y.Checks, err = figure.RunChecks(ctx, y.Store, y.Queries.Checks); err != nil {
			return err
		}
		broken, err := y.refuse(ctx, y.violations(contract.Reject), false)
		if err != nil {
			return err
		}
		if taken+broken == 0 || y.spent() {
			break
		}
	}
	for _, p := range y.violations(contract.Warn) {
		y.say(p)
	}
	if y.spent() {
		return nil
	}
	astray, err := y.Store.Astray(ctx)
	for _, p := range astray {
		y.say(p)
	}
	return err
}

// violations are the rows that break the checks of a severity; claims are not
// about the records.
func (y *Year) violations(severity contract.Severity) []contract.Problem {
	var broken []contract.Problem
	for _, c := range y.Checks {
		if c.Spec.Claim == "" && c.Spec.Severity == string(severity) {
			broken = append(broken, violations(c)...)
		}
	}
	return broken
}

func (y *Year) settleKeys(ctx context.Context) (taken int, err error) {
	repeated, err := y.Store.Repeated(ctx)
	if err != nil {
		return 0, err
	}
	if taken, err = y.refuse(ctx, repeated, true); err != nil {
		return 0, err
	}
	dangling, err := y.Store.Dangling(ctx)
	if err != nil {
		return 0, err
	}
	n, err := y.refuse(ctx, dangling, false)
	return taken + n, err
}

// refuse says the problems and takes the rows that they reject out of the store
// and of the accounts. It answers how many rows these are.
func (y *Year) refuse(ctx context.Context, problems []contract.Problem, repeated bool) (int, error) {
	bySheet := map[source.Place]*contract.Reading{}
	for _, r := range y.Readings {
		bySheet[source.Place{File: r.Sheet.File, Sheet: r.Sheet.Name}] = r
	}
	var places []source.Place
	for _, p := range problems {
		y.say(p)
		r := bySheet[source.Place{File: p.File, Sheet: p.Sheet}]
		if p.Severity == contract.Reject && r != nil && p.Row > 0 && r.Refuse(p.Row, repeated) {
			places = append(places, source.Place{File: p.File, Sheet: p.Sheet, Row: p.Row})
		}
	}
	if len(places) == 0 {
		return 0, nil
	}
	return len(places), y.Store.Refuse(ctx, places)
}

// kept is how many rows with a record did not get in.
func (y *Year) kept() (rejected, repeated int) {
	for _, r := range y.Readings {
		rejected, repeated = rejected+r.Account.Rejected, repeated+r.Account.Repeated
	}
	return rejected, repeated
}

// spent tells whether more is wrong than may be: too many rows, or a file, a
// sheet or a set as a whole.
func (y *Year) spent() bool {
	rejected, repeated := y.kept()
	return rejected+repeated > y.allowed || y.failed() || slices.ContainsFunc(y.Problems, func(p contract.Problem) bool {
		return p.Severity == contract.Reject && p.Row == 0
	})
}

func (y *Year) failed() bool {
	return slices.ContainsFunc(y.Readings, (*contract.Reading).Failed)
}

// violations are the rows that break a check, as problems.
func violations(c figure.Check) []contract.Problem {
	var problems []contract.Problem
	listed := int(c.Violations.NumRows())
	if c.All > int64(listed) {
		problems = append(problems, contract.Problem{Severity: contract.Severity(c.Spec.Severity), Rule: c.Spec.Title, Remedy: c.Spec.Expect,
			Value: fmt.Sprintf("共 %d 处，只列出前 %d 处", c.All, listed)})
	}
	for row := range listed {
		p := contract.Problem{Severity: contract.Severity(c.Spec.Severity), Rule: c.Spec.Title, Remedy: c.Spec.Expect}
		var cells []string
		for i, f := range c.Violations.Schema().Fields() {
			text := figure.CellText(c.Violations.Column(i), row)
			switch f.Name {
			case "_file":
				p.File = text
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
