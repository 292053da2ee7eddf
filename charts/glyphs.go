package charts

import (
	"fmt"
	"html"
	"regexp"
	"slices"

	"golang.org/x/image/font/sfnt"
)

var written = regexp.MustCompile(`<text[^>]*>([^<]*)</text>`)

// Missing are the characters in the charts' pictures that their font does not
// have, each once, in the order in which they come: a picture shows a box there.
func Missing(charts []Chart) ([]rune, error) {
	face, err := sfnt.Parse(font)
	if err != nil {
		return nil, fmt.Errorf("图的字体读不懂：%w", err)
	}
	var buffer sfnt.Buffer
	seen := map[rune]bool{}
	var missing []rune
	for _, c := range charts {
		for _, text := range written.FindAllSubmatch(c.SVG, -1) {
			for _, r := range html.UnescapeString(string(text[1])) {
				if seen[r] {
					continue
				}
				seen[r] = true
				if at, err := face.GlyphIndex(&buffer, r); err != nil || at == 0 {
					missing = append(missing, r)
				}
			}
		}
	}
	return slices.Clip(missing), nil
}
