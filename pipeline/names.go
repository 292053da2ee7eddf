package pipeline

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"workreport/pipeline/contract"
)

// within names files as they stand in the data folder: 2021/proposals.csv. What
// is published must not depend on where an office keeps that folder.
func within(dataFolder string) func(string) string {
	prefix := strings.TrimSuffix(filepath.ToSlash(filepath.Clean(dataFolder)), "/") + "/"
	path := regexp.MustCompile(`(^|[^\p{L}\p{N}_./-])` + regexp.QuoteMeta(prefix))
	return func(text string) string { return path.ReplaceAllString(text, "$1") }
}

func problemsWithin(dataFolder string, problems []contract.Problem) []contract.Problem {
	short := within(dataFolder)
	named := make([]contract.Problem, len(problems))
	for i, p := range problems {
		p.File, p.Rule, p.Remedy = short(p.File), short(p.Rule), short(p.Remedy)
		named[i] = p
	}
	return named
}

// nameWithin names every file in what will be published as it stands in the data folder.
func (r *Result) nameWithin(dataFolder string) {
	short := within(dataFolder)
	for _, y := range r.years() {
		y.Problems = problemsWithin(dataFolder, y.Problems)
	}
	r.leftOut = problemsWithin(dataFolder, r.leftOut)
	for i := range r.Year.Figures {
		if then := r.Year.Figures[i].Then; then != nil {
			then.Note = short(then.Note)
		}
	}
	for i := range r.Year.Tables {
		r.Year.Tables[i].Spec.Note = short(r.Year.Tables[i].Spec.Note)
	}
}

// name is the folder of the year as published files name it.
func (y *Year) name() string { return fmt.Sprint(y.Edition.Year) }
