package appendix

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// word is a piece of text on a page, in points from its upper left corner.
type word struct {
	XMin float64 `xml:"xMin,attr"`
	YMin float64 `xml:"yMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMax float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

type sheet struct {
	Width  float64 `xml:"width,attr"`
	Height float64 `xml:"height,attr"`
	Words  []word  `xml:"word"`
}

// text is all that stands on the page, without blanks.
func (s sheet) text() string {
	var b strings.Builder
	for _, w := range s.Words {
		b.WriteString(strings.Join(strings.Fields(w.Text), ""))
	}
	return b.String()
}

// laidOut is the Word document on pages, as an office suite sets them.
func laidOut(t *testing.T, d Document) []sheet {
	t.Helper()
	for _, tool := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.docx"), written(t, DOCX, d), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{
		{"soffice", "-env:UserInstallation=file://" + dir + "/office", "--headless", "--convert-to", "pdf", "a.docx"},
		{"pdftotext", "-bbox", "a.pdf", "a.html"},
	} {
		c := exec.Command(command[0], command[1:]...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command[0], err, out)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "a.html"))
	if err != nil {
		t.Fatal(err)
	}
	var page struct {
		Pages []sheet `xml:"body>doc>page"`
	}
	text = regexp.MustCompile(`(?s)^.*?<html`).ReplaceAll(bytes.ToValidUTF8(text, nil), []byte("<html"))
	if err := xml.Unmarshal(text, &page); err != nil {
		t.Fatal(err)
	}
	return page.Pages
}

// TestTextKeepsToTheGrid measures the render: 22 lines of 28 characters a page,
// 28.95 pt from line to line, inside margins of 37, 28, 26 and 35 mm.
func TestTextKeepsToTheGrid(t *testing.T) {
	const mm = 72 / 25.4
	d := sample()
	for range 40 {
		d.Warnings = append(d.Warnings, strings.Repeat("统", 28*4-2))
	}
	full := 0
	for i, page := range laidOut(t, d) {
		if strings.Count(page.text(), "统") < 20*28 || strings.Contains(page.text(), "核对中的提醒") {
			continue
		}
		full++
		lines := map[float64]int{}
		for _, w := range page.Words {
			if n := strings.Count(w.Text, "统"); n > 0 {
				lines[math.Round(w.YMin*10)/10] += n
				left := []float64{28, 26}[i%2] * mm // the binding is at the right of even pages
				if w.XMin < left-0.5 || w.XMax > left+156*mm+0.5 || w.YMin < 37*mm-3 || w.YMax > (297-35)*mm+3 {
					t.Errorf("%.10s… stands outside the margins: %.1f–%.1f, %.1f–%.1f", w.Text, w.XMin, w.XMax, w.YMin, w.YMax)
				}
			}
		}
		var at []float64
		for y, n := range lines {
			at = append(at, y)
			if n != 28 && n != 26 {
				t.Errorf("a line of %d characters", n)
			}
		}
		slices.Sort(at)
		if len(at) != 22 {
			t.Errorf("%d lines a page", len(at))
		}
		if pitch := (at[len(at)-1] - at[0]) / float64(len(at)-1); math.Abs(pitch-28.95) > 0.02 {
			t.Errorf("%.2f pt from line to line", pitch)
		}
	}
	if full < 3 {
		t.Errorf("%d full pages", full)
	}
}

// TestContentsNameThePages holds the page numbers in the contents, which are
// reckoned, to the pages of the render; every page has its number where GB/T
// 9704-2012, 7.5 wants it: outside, on landscape pages at the left edge.
func TestContentsNameThePages(t *testing.T) {
	for name, d := range map[string]Document{"sample": sample(), "long": long(), "awkward": awkward()} {
		pages := laidOut(t, d)
		for i, page := range pages {
			if !strings.Contains(page.text(), fmt.Sprintf("—%d—", i+1)) {
				t.Errorf("%s: page %d has no number", name, i+1)
			}
			for _, w := range page.Words {
				if w.Text == strconv.Itoa(i+1) && page.Width > page.Height && w.XMin < 85 && (w.YMin < page.Height/2) != (i%2 == 1) {
					t.Errorf("%s: the number of page %d stands at %.0f, %.0f", name, i+1, w.XMin, w.YMin)
				}
			}
		}
		seen := 0
		for _, e := range contentsOf(t, d) {
			seen++
			if e.page > len(pages) || !strings.Contains(pages[e.page-1].text(), strings.Join(strings.Fields(e.text), "")) {
				t.Errorf("%s: %s is not on page %d of %d", name, e.text, e.page, len(pages))
			}
		}
		if seen < 10 {
			t.Errorf("%s: %d entries", name, seen)
		}
		t.Logf("%s: %d pages, %d entries", name, len(pages), seen)
	}
}

var tocParagraph = regexp.MustCompile(`<w:p><w:pPr><w:pStyle w:val="TOC[12]"/>.*?</w:p>`)

func contentsOf(t *testing.T, d Document) []tocLine {
	var entries []tocLine
	for _, p := range tocParagraph.FindAllString(string(entryOf(t, written(t, DOCX, d), "word/document.xml")), -1) {
		var texts []string
		for _, found := range regexp.MustCompile(`<w:t [^>]*>([^<]*)`).FindAllStringSubmatch(p, -1) {
			texts = append(texts, found[1])
		}
		page, err := strconv.Atoi(texts[len(texts)-1])
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, tocLine{text: strings.Join(texts[:len(texts)-1], ""), page: page})
	}
	return entries
}

// long has many tables of many lengths, with definitions and long names.
func long() Document {
	d := sample()
	for n := range 12 {
		table := d.Tables[0]
		table.Spec.Title = fmt.Sprintf("第%d张表", n+2)
		table.Spec.Note = strings.Repeat("口径说明。", n)
		var names []string
		var filed []int64
		for row := range 3 + n*7 {
			names, filed = append(names, strings.Repeat("各界人士", 1+row%4)), append(filed, int64(row))
		}
		table.Record = record([]string{"sector", "filed", "replied", "money"}, names, filed, filed, filed)
		d.Tables = append(d.Tables, table)
	}
	for n := range 30 {
		f := d.Figures[n%3]
		f.Spec.Note = strings.Repeat("并案计入主案，不另计件。", n%5)
		d.Figures = append(d.Figures, f)
	}
	return d
}
