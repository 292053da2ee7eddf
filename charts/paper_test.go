package charts_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var pdfPage = regexp.MustCompile(`/Type\s*/Page\b`)

// printed: each chart stands on one page, whole, with its title; pages are
// numbered; tables have their headings on every page.
func printed(t *testing.T, tab context.Context) {
	pictures := ask[map[string][]string](t, tab, `Object.fromEntries([...document.querySelectorAll('figure')].map(f =>
		[f.querySelector('h4').textContent, [...f.querySelectorAll('.still text')].map(e => e.textContent)]))`)
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	pages := len(pdfPage.FindAll(pdf, -1))
	if pages < 22 || pages > 24 { // 23 with Noto Sans CJK
		t.Errorf("%d pages", pages)
	}
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed (apt-get install poppler-utils)")
	}
	file := filepath.Join(t.TempDir(), "charts.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(pdftotext, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	sheets := bytes.Split(bytes.TrimSuffix(text, []byte("\f")), []byte("\f"))
	if len(sheets) != pages || len(pictures) != 20 {
		t.Fatalf("%d pages of text, %d of %d pages, %d charts", len(sheets), pages, pages, len(pictures))
	}
	var said []string
	for i, sheet := range sheets {
		said = append(said, squeeze(string(sheet)))
		if foot := fmt.Sprintf("—%d—", i+1); !strings.HasSuffix(said[i], foot) {
			t.Errorf("page %d ends with %q", i+1, said[i][max(0, len(said[i])-20):])
		}
	}
	for title, texts := range pictures {
		var on []int
		for i, text := range said {
			if strings.Contains(text, squeeze(title)) {
				on = append(on, i)
			}
		}
		if len(on) != 1 {
			t.Errorf("%s stands on the pages %v", title, on)
			continue
		}
		for _, text := range texts {
			if !strings.Contains(said[on[0]], squeeze(text)) {
				t.Errorf("%s is on page %d, its %q is not", title, on[0]+1, text)
			}
		}
	}
	if !slices.ContainsFunc(said, func(text string) bool {
		before, _, found := strings.Cut(text, "承办单位")
		return found && len(before) < 100 && !strings.Contains(before, "图") // only headings stand above it
	}) {
		t.Error("the table that goes on on another page has no headings there")
	}
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }
