package appendix

import (
	"errors"
	"regexp"
	"strings"
)

var (
	styleElement = regexp.MustCompile(`(?s)<w:style\b[^>]*>.*?</w:style>`)
	styleID      = regexp.MustCompile(`w:styleId="([^"]*)"`)
	styleType    = regexp.MustCompile(`w:type="([^"]*)"`)
	styleName    = regexp.MustCompile(`<w:name w:val="([^"]*)"`)
	styleUsed    = regexp.MustCompile(`(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]*)(")`)
	styleUse     = regexp.MustCompile(`(<w:(?:basedOn|next|link) w:val=")([^"]*)(")`)
	numbering    = regexp.MustCompile(`(?s)<w:numPr>.*?</w:numPr>|<w:numPr/>`)
)

// style is one style: kind and name say which it is, in every language of Word.
type style struct{ id, kind, name, xml string }

func stylesOf(text string) []style {
	var all []style
	for _, element := range styleElement.FindAllString(text, -1) {
		all = append(all, style{first(styleID, element), first(styleType, element), strings.ToLower(first(styleName, element)), element})
	}
	return all
}

func first(pattern *regexp.Regexp, text string) string {
	if found := pattern.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

// withOwnStyles adds to a template's styles those of the appendix that it lacks,
// and says which ids of the template stand for which of the appendix. Automatic
// numbers are taken from the styles: the headings have theirs already.
func withOwnStyles(theirs string) (styles string, renamed map[string]string, err error) {
	end := strings.LastIndex(theirs, "</w:styles>")
	if end < 0 || !strings.Contains(theirs, `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`) {
		return "", nil, errors.New("word/styles.xml 读不懂；请在 Word 或 WPS 里重新另存为 .docx")
	}
	embedded, err := parts.ReadFile("parts/styles.xml")
	if err != nil {
		return "", nil, err
	}
	taken := map[string]bool{}
	theirIDs := map[[2]string]string{}
	for _, s := range stylesOf(theirs) {
		taken[s.id] = true
		theirIDs[[2]string{s.kind, s.name}] = s.id
	}
	renamed = map[string]string{}
	var missing []style
	for _, s := range stylesOf(string(embedded)) {
		id, have := theirIDs[[2]string{s.kind, s.name}]
		if !have {
			missing = append(missing, s)
			for id = s.id; taken[id]; id += "Appendix" {
			}
		}
		renamed[s.id] = id
	}
	var own strings.Builder
	for _, s := range missing {
		element := strings.Replace(strings.Replace(s.xml, ` w:default="1"`, "", 1), `w:styleId="`+s.id+`"`, `w:styleId="`+renamed[s.id]+`"`, 1)
		own.WriteString(rename(styleUse, element, renamed))
	}
	return numbering.ReplaceAllString(theirs[:end], "") + own.String() + theirs[end:], renamed, nil
}

// restyled is a part of the appendix with the styles named as in the template.
func (t *Template) restyled(part string) string {
	if t == nil {
		return part
	}
	return rename(styleUsed, part, t.renamed)
}

func rename(uses *regexp.Regexp, text string, renamed map[string]string) string {
	return uses.ReplaceAllStringFunc(text, func(use string) string {
		m := uses.FindStringSubmatch(use)
		return m[1] + renamed[m[2]] + m[3]
	})
}
