package appendix

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"
)

// paper is what a page holds inside the margins, in pixels at 96 to the inch.
type paper struct {
	size          int // as Excel numbers them: 9 is A4, 8 is A3
	orientation   string
	width, height float64
}

var (
	portraitPaper  = paper{9, "portrait", 678, 988}
	landscapePaper = paper{9, "landscape", 1007, 659}
	doublePaper    = paper{8, "landscape", 1472, 988}
)

// readable is the least a sheet may be reduced to for its width to fit the page;
// barely is what takes a larger page to avoid.
const (
	readable = 0.75
	barely   = 0.6
)

func (p paper) scale(width float64) float64 { return min(1, p.width/width) }

// paperFor is the upright page where it can hold that width, else the landscape
// one, else one of twice the size.
func paperFor(width float64) paper {
	switch {
	case portraitPaper.scale(width) >= readable:
		return portraitPaper
	case landscapePaper.scale(width) >= barely:
		return landscapePaper
	}
	return doublePaper
}

// print says what is printed of a sheet: from row first on, one page wide.
func (b *book) print(sheet string, p paper, first, columns, last int) {
	b.check(b.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &p.size, Orientation: &p.orientation, FitToWidth: new(1), FitToHeight: new(0)}))
	b.check(b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: new(true)}))
	b.check(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: sheet,
		RefersTo: fmt.Sprintf("'%s'!$A$%d:$%s$%d", sheet, first, column26(columns), max(first, last))}))
}

// pixels is how wide columns are on the screen.
func pixels(widths []float64) float64 { return total(widths) * 7 }

// high is how high the rows of a sheet are together, in pixels.
func (b *book) high(sheet string, first, last int) float64 {
	var points float64
	for row := first; row <= last; row++ {
		height, err := b.GetRowHeight(sheet, row)
		b.check(err)
		points += height
	}
	return points * 4 / 3
}

// A chart is at least so many characters wide. Beside its table it stands on
// columns of its own, after a gap.
const (
	chartColumns = 10
	chartWidth   = chartColumns * 9.2
	gapWidth     = 2
)

// layout is how a sheet with a chart is printed.
type layout struct {
	paper  paper
	beside bool // the chart stands beside the table, not below it
	width  float64
	height int // of the chart, in pixels
}

// layoutOf has the chart below the table where one upright page holds both; else
// beside it, on the page that leaves it its height; else below, on a page of its
// own. Width is the least that the table is to have, in characters.
func layoutOf(rows, height int, widths []float64) layout {
	const head, line = 150, 24 // pixels, about: title, unit, header and notes; a row
	below := pixels([]float64{max(total(widths), chartWidth)})
	beside := pixels([]float64{max(total(widths), chartWidth/2), gapWidth, chartWidth})
	room := func(p paper, width float64) int { return int(p.height/p.scale(width)) - head }
	switch p := paperFor(below); {
	case p == portraitPaper && line*rows+height <= room(p, below):
		return layout{p, false, chartWidth, height}
	case landscapePaper.scale(beside) >= readable && height <= room(landscapePaper, beside):
		return layout{landscapePaper, true, chartWidth / 2, height}
	case portraitPaper.scale(beside) >= barely:
		return layout{portraitPaper, true, chartWidth / 2, min(height, room(portraitPaper, beside))}
	default:
		return layout{p, false, chartWidth, min(height, room(p, below))}
	}
}

// broaden makes a table at least that wide.
func broaden(widths []float64, width float64) {
	more := (width - total(widths)) / float64(len(widths))
	for j := range widths {
		widths[j] += max(0, more)
	}
}

// place draws the chart where the layout has it, and sets the page for both. The
// table ends in row last.
func (b *book) place(sheet string, n native, alt string, l layout, widths []float64, last int) {
	if l.beside {
		gap := len(widths) + 1
		b.check(b.SetColWidth(sheet, column26(gap), column26(gap), gapWidth))
		b.check(b.SetColWidth(sheet, column26(gap+1), column26(gap+chartColumns), chartWidth/chartColumns))
		end := b.draw(sheet, n, alt, gap+1, headRow+1, chartColumns)
		b.print(sheet, l.paper, 2, gap+chartColumns, max(last, end))
		return
	}
	columns := len(widths)
	for columns > 1 && pixels(widths[:columns]) > 900 {
		columns--
	}
	end := b.draw(sheet, n, alt, 1, last+2, columns)
	page := 0.97 * l.paper.height / l.paper.scale(pixels(widths))
	if b.high(sheet, 2, end) > page {
		b.check(b.InsertPageBreak(sheet, address(1, last+1)))
		if b.high(sheet, 2, last) <= page { // the header is for rows, not for a chart
			b.check(b.DeleteDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet}))
		}
	}
	b.print(sheet, l.paper, 2, len(widths), end)
}

// draw puts the chart over whole cells, that many columns wide, and returns its
// last row. The workbook's library makes the frame and what ties it to the
// sheet; its own chart has no axis of days, no labels for one series only and no
// values for viewers, so ours takes its place.
func (b *book) draw(sheet string, n native, alt string, column, row, columns int) int {
	last := row
	for b.high(sheet, row, last) < float64(n.Height) {
		last++
	}
	// The library takes a column for 8 pixels a character, not 7, and a point for
	// 4/3.4 pixels.
	var width, height uint
	for j := range columns {
		w, err := b.GetColWidth(sheet, column26(column+j))
		b.check(err)
		width += uint(w*8 + 0.5)
	}
	for i := row; i <= last; i++ {
		h, err := b.GetRowHeight(sheet, i)
		b.check(err)
		b.check(b.SetRowHeight(sheet, i, h)) // or each program takes its own for an empty row
		height += uint(math.Ceil(4 / 3.4 * h))
	}
	const clear = 4 // pixels: a frame on the edge of the header is printed with it on every page
	types := len(b.ContentTypes.Defaults)
	b.check(b.AddChart(sheet, address(column, row), &excelize.Chart{Type: excelize.Col,
		Series:    []excelize.ChartSeries{{Values: n.Series[0].Values.Cells}},
		Dimension: excelize.ChartDimension{Width: width, Height: height - 2*clear},
		Format:    excelize.GraphicOptions{Name: n.Title.Text, AltText: alt, OffsetY: clear}}))
	b.ContentTypes.Defaults = b.ContentTypes.Defaults[:types] // without those of pictures, in random order
	b.charts++
	b.Pkg.Store(fmt.Sprintf("xl/charts/chart%d.xml", b.charts), n.part())
	return last
}
