package appendix

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"workreport/pipeline/figure"
)

// trendSections lists the quoted figures year by year, with a band for each part
// of the report.
func trendSections(trend *figure.Table) []section {
	if trend == nil {
		return nil
	}
	g := tableGrid(*trend)
	g.Caption = "" // the heading of the section says it
	rows, part := g.Rows, ""
	g.Rows = nil
	for i, r := range rows {
		if p, _, _ := strings.Cut(trend.Courses[i].Spec.Section, "/"); p != part {
			part = p
			g.Rows = append(g.Rows, row{Band: unnumbered(p)})
		}
		g.Rows = append(g.Rows, r)
	}
	return []section{{Title: trend.Spec.Title, Grid: &g}}
}

// trend is the sheet of the figures over the years, each with its course in the
// cell behind it.
func (b *book) trend(sections []section) string {
	sheet := b.list("历年数字", sections)
	g := sections[0].Grid
	years, line := len(g.Columns)-2, 3
	course := len(g.Columns) + 1
	b.text(sheet, course, line, "走势", look{Align: "center", Head: true})
	b.check(b.SetColWidth(sheet, column26(course), column26(course), 16))
	var at, from []string
	for _, r := range g.Rows {
		if r.Band != "" {
			continue
		}
		line++
		at = append(at, address(course, line))
		from = append(from, "'"+sheet+"'!"+address(3, line)+":"+address(2+years, line))
	}
	b.check(b.AddSparkline(sheet, &excelize.SparklineOptions{Location: at, Range: from, Type: "column", SeriesColor: "#1D4E89"}))
	return sheet
}
