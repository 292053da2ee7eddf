package draft

import (
	"regexp"
	"strings"

	"workreport/pipeline/quote"
)

// titles tells the cells with numbers which cell stands above the column of
// numbers that each is in. first is the index of the first cell.
func (b *workbook) titles(cells []*cell, first int) {
	for i, c := range cells {
		above, ok := c.sheet.spots[spot{c.row - 1, c.column}]
		switch {
		case c.kind == inWords || !ok || above >= first+i:
		case b.cells[above].kind == inNumber && b.cells[above].title >= 0:
			c.title = b.cells[above].title
		case b.cells[above].kind == inWords, yearTitle.MatchString(b.cells[above].text):
			c.title = above
		}
	}
}

var (
	yearTitle   = regexp.MustCompile(`^(?:19|20)[0-9]{2}$`)
	periodTitle = regexp.MustCompile(`(?:19|20)[0-9]{2}|上年|去年|上一年|前一年|同期`)
	// otherMeasure is the title of a column that has something else than the
	// count that the words of the row name.
	otherMeasure = regexp.MustCompile(`增|减|比|率|占|幅|排|名次|目标|计划|任务`)
)

// head is the words that say what the number in a cell is, and its unit where a
// cell of its own has it: those of the cell to its left (立案提案（件） | 228,
// 立案提案 | 件 | 228, 立案提案 | 228 | 件), with the year above the column
// (立案提案 | 204 | 228 under 2020年 and 2021年), or the title right above a
// single row of numbers. "" where this is not sure.
func (b *workbook) head(at int) (words, unit string) {
	c := b.cellAt(at)
	if strings.HasPrefix(c.text, "-") {
		return "", "" // a count is not negative
	}
	title := ""
	if c.title >= 0 {
		title = quote.Plain(oneLine(b.cells[c.title].text))
	}
	period := periodOf(title)
	words, unit = b.leftOf(c, period != "")
	switch {
	case words == "" && b.single(c):
		return title, unit
	case words == "" || otherMeasure.MatchString(title):
		return "", ""
	}
	if i, filled := c.sheet.spots[spot{c.row, c.column + 1}]; filled && unit == "" && isUnit(b.cells[i]) {
		unit = b.cells[i].text
	}
	if bracket := unitInHead.FindStringSubmatch(title); bracket != nil && unit == "" && !unitInHead.MatchString(words) {
		unit = bracket[1]
	}
	return period + words, unit
}

// periodOf is the year that a title names, in the words of a report, "" for none.
func periodOf(title string) string {
	switch period := periodTitle.FindString(title); {
	case period == "同期":
		return "上年"
	case yearTitle.MatchString(period):
		return period + "年"
	default:
		return period
	}
}

// isUnit tells whether a cell has nothing but a unit: 件, 人次, %.
func isUnit(c *cell) bool {
	if c.kind != inWords || len(c.text) > 12 {
		return false
	}
	_, unit, err := quote.Parse("1" + c.text)
	return err == nil && unit == c.text
}

// single tells whether a cell is in the one row of numbers below its title.
func (b *workbook) single(c *cell) bool {
	if c.title < 0 || b.cells[c.title].kind != inWords || c.sheet.spots[spot{c.row - 1, c.column}] != c.title {
		return false
	}
	if i, filled := c.sheet.spots[spot{c.row + 1, c.column}]; filled && b.cells[i] != c && b.cells[i].kind != inWords {
		return false
	}
	for column := c.column - 1; column > max(0, c.column-farthest); column-- {
		if i, filled := c.sheet.spots[spot{c.row, column}]; filled && b.cells[i].kind == inWords {
			return false
		}
	}
	return true
}

// farthest is how many cells to the left of a number are looked at.
const farthest = 64

// leftOf goes left from a cell to the words of its row, across a cell with the
// unit and, where each column has its period, across other numbers.
func (b *workbook) leftOf(c *cell, across bool) (words, unit string) {
	column := c.column - 1
	for range farthest {
		i, filled := c.sheet.spots[spot{c.row, column}]
		if !filled {
			return "", ""
		}
		left := b.cells[i]
		switch {
		case left.kind != inWords && !across:
			return "", ""
		case left.kind != inWords:
		case unit == "" && isUnit(left):
			unit = left.text
		default:
			return quote.Plain(oneLine(left.text)), unit
		}
		column = left.column - 1
	}
	return "", ""
}
