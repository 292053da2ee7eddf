package appendix

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func opened(t *testing.T, d Document) (*excelize.File, []byte) {
	t.Helper()
	data := written(t, XLSX, d)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, data
}

// Every sheet leads back to the contents, which lead to it and name its chart.
func TestContentsLeadThereAndBack(t *testing.T) {
	d := awkward()
	f, _ := opened(t, d)
	sheets := f.GetSheetList()[2:]
	rows, err := f.GetRows(contents)
	if err != nil || len(rows) != len(sheets)+3 {
		t.Fatalf("%d lines for %d sheets, %v", len(rows), len(sheets), err)
	}
	for i, sheet := range sheets {
		there, target, _ := f.GetCellHyperLink(contents, address(1, i+4))
		if !there || target != "'"+sheet+"'!A1" || rows[i+3][0] != sheet {
			t.Errorf("line %v leads to %q, not to %s", rows[i+3], target, sheet)
		}
		if back, target, _ := f.GetCellHyperLink(sheet, "A1"); !back || target != "'目录'!A1" {
			t.Errorf("%s leads back to %q", sheet, target)
		}
	}
	// The first table is empty, the second has the second picture.
	at := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && strings.HasPrefix(row[0], "表1 ") })
	if first, second := rows[at], rows[at+1]; len(first) > 2 && first[2] != "" || len(second) < 3 || second[2] != "图2" {
		t.Errorf("contents: %q, %q", first, second)
	}
}

// tableSheet is the sheet of a table, and its part.
func tableSheet(t *testing.T, f *excelize.File, number int) (sheet, part string) {
	t.Helper()
	list := f.GetSheetList()
	at := slices.IndexFunc(list, func(name string) bool { return strings.HasPrefix(name, fmt.Sprintf("表%d ", number)) })
	if at < 0 {
		t.Fatalf("no sheet for table %d", number)
	}
	return list[at], fmt.Sprintf("xl/worksheets/sheet%d.xml", at+1)
}

type anchors struct {
	Anchors []struct {
		From struct {
			Col int `xml:"col"`
			Row int `xml:"row"`
		} `xml:"from"`
		To struct {
			Col int `xml:"col"`
			Row int `xml:"row"`
		} `xml:"to"`
		Frame struct {
			Alt string `xml:"descr,attr"`
		} `xml:"graphicFrame>nvGraphicFramePr>cNvPr"`
	} `xml:"twoCellAnchor"`
}

// TestChartsPrintWhole: no chart covers a cell with content, leaves the print
// area, or is cut by the end of a page.
func TestChartsPrintWhole(t *testing.T) {
	d := awkward()
	f, data := opened(t, d)
	drawn := 0
	for i, table := range d.Tables {
		if table.Len() == 0 {
			continue
		}
		drawn++
		sheet, part := tableSheet(t, f, i+1)
		var a anchors
		if err := xml.Unmarshal(entryOf(t, data, fmt.Sprintf("xl/drawings/drawing%d.xml", drawn)), &a); err != nil || len(a.Anchors) != 1 {
			t.Fatal(err, a)
		}
		chart := a.Anchors[0]
		if chart.Frame.Alt != "图" {
			t.Errorf("%s: alternative text %q", sheet, chart.Frame.Alt)
		}
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r := chart.From.Row; r < min(len(rows), chart.To.Row); r++ {
			if len(rows[r]) > chart.From.Col {
				t.Errorf("%s: the chart covers row %d: %q", sheet, r+1, rows[r])
			}
		}
		area := ""
		for _, name := range f.GetDefinedName() {
			if name.Name == "_xlnm.Print_Area" && name.Scope == sheet {
				area = name.RefersTo
			}
		}
		_, corner, _ := strings.Cut(area, ":")
		columns, last, err := excelize.CellNameToCoordinates(strings.ReplaceAll(corner, "$", ""))
		if err != nil || chart.To.Col > columns || chart.To.Row > last {
			t.Errorf("%s: the chart ends at column %d, row %d of %s, %v", sheet, chart.To.Col, chart.To.Row, area, err)
		}
		b := &book{File: f}
		first := 2
		if bytes.Contains(entryOf(t, data, part), []byte("<rowBreaks")) {
			first = chart.From.Row
		}
		layout, _ := f.GetPageLayout(sheet)
		p := portraitPaper
		if *layout.Orientation == "landscape" {
			p = landscapePaper
		}
		width := 0.0
		for c := range columns {
			w, _ := f.GetColWidth(sheet, column26(c+1))
			width += w * 7
		}
		if high := b.high(sheet, first, chart.To.Row) * p.scale(width); high > p.height || p.scale(width) < barely {
			t.Errorf("%s: the chart ends at %.0f of %.0f pixels, at %.2f", sheet, high, p.height, p.scale(width))
		}
	}
}

func TestLayouts(t *testing.T) {
	for _, c := range []struct {
		rows, height int
		width        float64
		beside       bool
		paper        paper
	}{
		{7, 340, 60, false, portraitPaper},    // both on one upright page
		{185, 340, 30, true, landscapePaper},  // a long table
		{40, 1550, 40, true, portraitPaper},   // a long table with a high chart
		{30, 340, 170, false, landscapePaper}, // too wide for a neighbour
	} {
		l := layoutOf(c.rows, c.height, []float64{c.width})
		if l.beside != c.beside || l.paper != c.paper || float64(l.height) > l.paper.height/barely {
			t.Errorf("%d rows, %.0f wide: %+v", c.rows, c.width, l)
		}
	}
}

// Excel rounds a tie up and keeps 15 digits.
func TestNumbersThatExcelWouldShowOtherwise(t *testing.T) {
	for _, c := range []struct {
		text string
		x    *big.Rat
		want *big.Rat
	}{
		{"67%", big.NewRat(2, 3), big.NewRat(2, 3)},
		{"12%", big.NewRat(1, 8), big.NewRat(12, 100)}, // 12.5 % to the even neighbour
		{"2", big.NewRat(5, 2), big.NewRat(2, 1)},
		{"-12", big.NewRat(-12, 1), big.NewRat(-12, 1)},
		{"123456789012345678", big.NewRat(123456789012345678, 1), nil},
	} {
		got := number(c.text, "", c.x)
		if (got.Number == nil) != (c.want == nil) || c.want != nil && got.Number.Cmp(c.want) != 0 {
			t.Errorf("%s is kept as %v", c.text, got.Number)
		}
	}
}

// A date is a number to Excel: 2021-01-01 is the day 44197 since 1899-12-30.
func TestDates(t *testing.T) {
	if got := dated("2021-01-01"); got.Number.Cmp(big.NewRat(44197, 1)) != 0 || dated("").Number != nil {
		t.Error(got)
	}
}

// No part of a workbook has a formula.
func TestNoFormula(t *testing.T) {
	for _, d := range []Document{awkward(), hostile()} {
		f, data := opened(t, d)
		for i := range f.GetSheetList() {
			sheet := entryOf(t, data, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
			if slices.ContainsFunc([]string{"<f>", "<f "}, func(tag string) bool { return bytes.Contains(sheet, []byte(tag)) }) {
				t.Errorf("sheet %d has a formula", i+1)
			}
		}
	}
}
