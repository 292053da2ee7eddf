package appendix

import (
	"strings"

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
