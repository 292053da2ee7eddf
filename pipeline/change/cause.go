package change

import (
	"fmt"
	"slices"
	"strings"

	"workreport/pipeline/contract"
)

// Causes are what moved a figure between the two editions, in words, a line each:
// every record with its place, its key and the fields that changed, or what else
// did. Of editions that were not compared there are none.
func (c Changes) Causes(id string) []string {
	at := slices.IndexFunc(c.Figures, func(f Figure) bool { return f.ID == id })
	switch {
	case c.From.Name == "":
		return nil
	case at < 0:
		return []string{fmt.Sprintf("从%d年第%d期以来，这个数字没有变", c.From.Year, c.From.Number)}
	case c.Figures[at].How != Altered:
		return []string{"数字是" + c.Figures[at].How.Title() + "的"}
	}
	var lines []string
	for _, b := range c.Figures[at].Because {
		if len(b.Records) == 0 {
			lines = append(lines, b.Words)
		}
		for _, r := range b.Records {
			line := c.Records[r].cause()
			if b.Words != "" {
				line = b.Words + "：" + line
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// cause is a record that moved a figure: of one that was altered, what in it was.
func (r Record) cause() string {
	if r.How == Altered {
		return r.Heading() + "：" + r.Content()
	}
	return r.Heading()
}

// Heading is what became of a record, where it stands and its key:
// 改动 2021/proposals.csv 第3行  提案 七届一次，1.
func (r Record) Heading() string {
	return fmt.Sprintf("%s %s  %s %s", r.How.Title(), Place(r), r.Title, contract.Printable(r.Key))
}

// Content is the fields of a record: of one that was altered, from what to what.
func (r Record) Content() string {
	var fields []string
	for _, f := range r.Fields {
		if r.How == Altered {
			fields = append(fields, fmt.Sprintf("%s “%s” → “%s”", f.Title, contract.Printable(f.Old), contract.Printable(f.New)))
			continue
		}
		fields = append(fields, f.Title+" "+contract.Printable(f.Old+f.New))
	}
	return strings.Join(fields, "；")
}
