package draft

import (
	"regexp"
	"sort"
	"strings"
)

// headings are the headings of a draft with where each begins to hold.
type headings struct {
	from []int
	text []string
}

var headingLine = regexp.MustCompile(`^[\s　]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|#{1,4} )`)

// runInHeading is a short sentence that opens a paragraph, as reports head theirs.
var runInHeading = regexp.MustCompile(`^[\s　]*[^，。；！？]{4,24}。`)

// headingsOf reads the headings: lines that begin 一、 or （一）, and the short
// sentence that opens a paragraph.
func headingsOf(text string) headings {
	var h headings
	chapter, offset := "", 0
	for line := range strings.Lines(text) {
		switch {
		case headingLine.MatchString(line):
			chapter = strings.TrimSpace(line)
			if end := strings.IndexAny(chapter, "。\n"); end >= 0 {
				chapter = chapter[:end]
			}
			h.from, h.text = append(h.from, offset), append(h.text, chapter)
		case runInHeading.MatchString(line):
			h.from, h.text = append(h.from, offset), append(h.text, chapter+runInHeading.FindString(line))
		default:
			h.from, h.text = append(h.from, offset), append(h.text, chapter)
		}
		offset += len(line)
	}
	return h
}

// at is the heading above a byte of the text.
func (h headings) at(offset int) string {
	i := sort.SearchInts(h.from, offset+1) - 1
	if i < 0 {
		return ""
	}
	return h.text[i]
}
