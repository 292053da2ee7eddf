package draft

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"workreport/pipeline/quote"
)

// label is one numeral of a text, as a person labelled it.
type label struct {
	line                       int
	surface, class, note, unit string
	start, end                 int // in the text without blanks
}

// score counts what was found and what was missed of one folder or text.
type score struct {
	labels, found          int // numerals labelled; of these, found
	numbers, known         int // numbers found; of these, labelled
	figures, figuresRight  int // labelled FIGURE; of these, taken for a statistic
	claimed, claimedRight  int // taken for a statistic; of these, labelled FIGURE
	missedFind, missedSort []string
}

func (s *score) add(o score) {
	s.labels, s.found, s.numbers, s.known = s.labels+o.labels, s.found+o.found, s.numbers+o.numbers, s.known+o.known
	s.figures, s.figuresRight = s.figures+o.figures, s.figuresRight+o.figuresRight
	s.claimed, s.claimedRight = s.claimed+o.claimed, s.claimedRight+o.claimedRight
}

func percent(part, all int) string {
	if all == 0 {
		return "—"
	}
	return fmt.Sprintf("%.2f%%", 100*float64(part)/float64(all))
}

func (s score) String() string {
	return fmt.Sprintf("numerals: recall %s (%d of %d), precision %s (%d of %d)\n  statistics: recall %s (%d of %d), precision %s (%d of %d)",
		percent(s.found, s.labels), s.found, s.labels, percent(s.known, s.numbers), s.known, s.numbers,
		percent(s.figuresRight, s.figures), s.figuresRight, s.figures, percent(s.claimedRight, s.claimed), s.claimedRight, s.claimed)
}

// TestAccuracy measures finding and classifying on the folders of texts with
// label files in the form of numbers-2021.tsv, and wants 99 % of the statistics
// found and 98 % of what is taken for one to be one. make accuracy prints it,
// with every miss; make accuracy TEXTS=folder measures another folder.
func TestAccuracy(t *testing.T) {
	var report strings.Builder
	defer func() { t.Log("\n" + report.String()) }()
	folders := []string{"testdata/accuracy"}
	if named := os.Getenv("TEXTS"); named != "" {
		folders = filepath.SplitList(named)
	}
	for _, folder := range folders {
		texts, _ := filepath.Glob(filepath.Join(folder, "*.txt"))
		var all score
		for _, text := range texts {
			tsv := strings.TrimSuffix(text, ".txt") + ".tsv"
			if _, err := os.Stat(tsv); err != nil {
				fmt.Fprintf(&report, "%s has no label file\n", text)
				continue
			}
			s := measure(t, text, tsv)
			s.print(&report, filepath.Base(text))
			all.add(s)
		}
		all.print(&report, folder)
		if all.labels == 0 {
			t.Errorf("%s has no labelled text", folder)
		}
		if os.Getenv("TEXTS") == "" {
			all.reaches(t, 99, 98)
		}
	}
}

// TestAccuracyOnThePublishedReport wants all 51 statistics of the published
// report of 2021, and nothing else taken for one.
func TestAccuracyOnThePublishedReport(t *testing.T) {
	const folder = "../../../shared/reference/"
	if _, err := os.Stat(folder + "numbers-2021.tsv"); err != nil {
		t.Skip("the published report is not at hand")
	}
	s := measure(t, folder+"work-report-2021.txt", folder+"numbers-2021.tsv")
	var report strings.Builder
	s.print(&report, "published report")
	if s.figures != 51 || s.found != s.labels || s.figuresRight != 51 || s.claimed != 51 {
		t.Error(report.String())
	}
}

// reaches wants so many percent of the labelled statistics to be taken for one,
// and of what is taken for one to be labelled so; every numeral is found.
func (s score) reaches(t *testing.T, recall, precision int) {
	t.Helper()
	if s.found*1000 < s.labels*999 || s.figuresRight*100 < s.figures*recall || s.claimedRight*100 < s.claimed*precision {
		t.Errorf("too little: %s", s)
	}
}

// print writes the figures, and every miss.
func (s score) print(w io.Writer, name string) {
	fmt.Fprintf(w, "%s\n  %s\n", name, s)
	for _, miss := range append(s.missedFind, s.missedSort...) {
		fmt.Fprintf(w, "  %s\n", miss)
	}
}

func measure(t *testing.T, file, tsv string) (s score) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := plainText(strings.ReplaceAll(string(content), "\r\n", "\n"))
	labels := readLabels(t, text.raw, tsv)
	// the text without blanks: where each byte of raw is in it
	at := make([]int, len(text.raw)+1)
	n := 0
	for i, r := range text.raw {
		for j := i; j < i+utf8.RuneLen(r); j++ {
			at[j] = n
		}
		if !unicode.IsSpace(r) {
			n++
		}
	}
	at[len(text.raw)] = n
	found := quote.Find(text.String, quote.Usual)
	covered := make([]bool, len(labels))
	for _, f := range found {
		from, to := at[text.position(f.Start)], at[text.position(f.End-1)]+1
		s.numbers++
		known, figure := false, false
		var notes []string
		for i, l := range labels {
			if l.start < to && from < l.end {
				known, covered[i] = true, true
				figure = figure || l.class == "FIGURE"
				notes = append(notes, l.surface+" "+l.note)
			}
		}
		place := (&placer{text: text}).at(f.Start)
		where := fmt.Sprintf("  %d:%d …%s…", place.Line, place.Column, around(text.String, f.Start, f.End))
		if known {
			s.known++
		} else {
			s.missedFind = append(s.missedFind, fmt.Sprintf("%s not labelled: %q as %s", where, f.Text, f.Class))
		}
		if f.Class == quote.Figure {
			s.claimed++
			if figure {
				s.claimedRight++
			} else {
				s.missedSort = append(s.missedSort, fmt.Sprintf("%s taken for a statistic: %q; label %v", where, f.Text, notes))
			}
		}
	}
	for i, l := range labels {
		s.labels++
		if covered[i] {
			s.found++
		} else {
			s.missedFind = append(s.missedFind, fmt.Sprintf("  %d not found: %q (%s, %s)", l.line, l.surface, l.class, l.note))
		}
		if l.class != "FIGURE" {
			continue
		}
		s.figures++
		as := "nothing"
		for _, f := range found {
			from, to := at[text.position(f.Start)], at[text.position(f.End-1)]+1
			if l.start < to && from < l.end {
				as = string(f.Class)
				if f.Class == quote.Figure {
					break
				}
			}
		}
		if as == "figure" {
			s.figuresRight++
		} else {
			s.missedSort = append(s.missedSort, fmt.Sprintf("  %d statistic %q taken for %s (%s)", l.line, l.surface, as, l.note))
		}
	}
	return s
}

func around(text string, from, to int) string {
	before, after := []rune(text[:from]), []rune(text[to:])
	return strings.ReplaceAll(string(before[max(0, len(before)-14):])+"["+text[from:to]+"]"+string(after[:min(10, len(after))]), "\n", "⏎")
}

// readLabels reads a label file and finds each surface in the text: from its line
// on, blanks aside, behind the one before.
func readLabels(t *testing.T, raw, tsv string) (labels []label) {
	t.Helper()
	content, err := os.ReadFile(tsv)
	if err != nil {
		t.Fatal(err)
	}
	in := csv.NewReader(strings.NewReader(strings.ReplaceAll(string(content), "\r\n", "\n")))
	in.Comma, in.LazyQuotes, in.FieldsPerRecord = '\t', true, -1
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatal(tsv, err)
	}
	var runes []rune
	var lineStart []int
	line := func() { lineStart = append(lineStart, len(runes)) }
	line()
	for _, r := range raw {
		switch {
		case r == '\n':
			line()
		case !unicode.IsSpace(r):
			runes = append(runes, r)
		}
	}
	taken := 0
	for _, row := range rows[1:] {
		n, err := strconv.Atoi(row[0])
		if err != nil || n < 1 || n > len(lineStart) || len(row) < 7 {
			t.Fatalf("%s: row %q", tsv, row)
		}
		surface := strings.Join(strings.Fields(row[1]), "")
		surface = strings.ReplaceAll(surface, "　", "")
		l := label{line: n, surface: surface, class: row[6], unit: row[4]}
		if len(row) > 7 {
			l.note = row[7]
		}
		for _, from := range []int{max(taken, lineStart[n-1]), lineStart[n-1]} {
			if from > len(runes) {
				continue
			}
			if found := indexOfNumber(runes, from, []rune(surface)); found >= 0 {
				l.start = found
				l.end = l.start + len([]rune(surface))
				taken = l.start + 1
				break
			}
		}
		if l.end == 0 {
			t.Errorf("%s: %q is not on line %d", tsv, surface, n)
		}
		labels = append(labels, l)
	}
	return labels
}

// indexOfNumber is where a surface stands from an index on, and not inside a longer number.
func indexOfNumber(runes []rune, from int, surface []rune) int {
	inside := func(r rune) bool { return unicode.IsDigit(r) || r == '.' }
	for i := from; i+len(surface) <= len(runes); i++ {
		if slices.Equal(runes[i:i+len(surface)], surface) && !(i > 0 && unicode.IsDigit(surface[0]) && inside(runes[i-1])) {
			return i
		}
	}
	return -1
}
