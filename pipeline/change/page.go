package change

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"time"

	"workreport/pipeline/contract"
)

//go:embed page.html.tmpl
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"clock": func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") },
	"short": func(digest string) string { return digest[:min(12, len(digest))] },
	"words": Words,
	"place": Place,
	"list":  func(names []string) string { return strings.Join(names, "、") },
}).Parse(pageText))

// HTML writes the changes as one page that needs no other file.
func HTML(w io.Writer, c Changes) error { return page.Execute(w, c) }

// Words say what moved a figure: the records by their place, or another cause.
func (c Changes) Words(f Figure) []string { return Words(c, f.Because) }

// Words are causes in words, a line each.
func Words(c Changes, because []Because) (lines []string) {
	for _, b := range because {
		line := b.Words
		if records := Named(c, b.Records); records != "" {
			if line != "" {
				line += "："
			}
			line += records
		}
		lines = append(lines, line)
	}
	return lines
}

// mostNamed is how many rows of a file a line names.
const mostNamed = 20

// Named are records in short, by file: 新增 2021/proposals.csv 第3、4行、删去 ….
func Named(c Changes, records []int) string {
	type group struct{ how, sheet string }
	var order []group
	rows := map[group][]string{}
	for _, at := range records {
		r := c.Records[at]
		g := group{r.How.Title(), r.sheet()}
		if rows[g] == nil {
			order = append(order, g)
		}
		rows[g] = append(rows[g], fmt.Sprint(r.Row))
	}
	var parts []string
	for _, g := range order {
		of, more := rows[g], ""
		if len(of) > mostNamed {
			of, more = of[:mostNamed], fmt.Sprintf("等共 %d 行", len(of))
		}
		parts = append(parts, fmt.Sprintf("%s %s 第%s行%s", g.how, g.sheet, strings.Join(of, "、"), more))
	}
	return strings.Join(parts, "；")
}

// sheet is the file of a record, and its sheet: 2021/meetings.xlsx【会议】.
func (r Record) sheet() string {
	return sheetName(r.Year, r.File, r.Sheet)
}

func sheetName(year int, file, sheet string) string {
	text := fmt.Sprintf("%d/%s", year, file)
	if sheet != "" {
		text += "【" + sheet + "】"
	}
	return contract.Printable(text)
}

// Place is where a record stands, or stood: 2021/proposals.csv 第3行.
func Place(r Record) string {
	text := fmt.Sprintf("%s 第%d行", r.sheet(), r.Row)
	switch {
	case r.How == Gone:
		text += "（原来的行号）"
	case r.OldRow > 0 && (r.OldFile != r.File || r.OldSheet != r.Sheet):
		text += fmt.Sprintf("（原在 %s 第%d行）", sheetName(r.Year, r.OldFile, r.OldSheet), r.OldRow)
	case r.OldRow > 0:
		text += fmt.Sprintf("（原第%d行）", r.OldRow)
	}
	return text
}

// Empty tells whether nothing is other.
func (c Changes) Empty() bool {
	return len(c.Settings)+len(c.Inputs)+len(c.Definitions)+len(c.Figures)+len(c.Tables)+len(c.Records) == 0
}

// Total counts the records of all sets by how they changed.
func (c Changes) Total() (total Count) {
	for _, n := range c.Counts {
		total.Added, total.Gone, total.Altered, total.Listed = total.Added+n.Added, total.Gone+n.Gone, total.Altered+n.Altered, total.Listed+n.Listed
	}
	return total
}
