package draft

import (
	"encoding/xml"
	"strings"
)

// control is a content control: why it is not to be written in, "" where it may
// be, and whether tracked changes in it go wrong. LibreOffice 7.4 shows those in
// controls of whole paragraphs and cells and in controls of plain text as text,
// deleted and inserted side by side.
type control struct {
	fixed     string
	untracked bool
}

// control notes a property of the innermost content control.
func (p *partReader) control(e xml.StartElement) {
	n := len(p.controls)
	if n == 0 {
		return
	}
	switch c := &p.controls[n-1]; {
	case e.Name.Local == "text":
		c.untracked = true
	case e.Name.Local == "dataBinding":
		c.fixed = "在绑定了数据的内容控件里，打开时会被数据盖掉"
	case strings.Contains(strings.ToLower(attribute(e, "val")), "content"):
		c.fixed = "在锁定的内容控件里"
	}
}

// fixed says why text that stands here is not to be written anew, "" where it may be.
func (p *partReader) fixed() string {
	for _, c := range p.controls {
		if c.fixed != "" {
			return c.fixed
		}
	}
	switch {
	case p.tracked > 0:
		return "在修订标记里，请先接受或拒绝这处修订"
	case p.simple > 0, len(p.fields) > 0:
		return "在域（目录、引用、链接等）或注音里，请在 Word 里改"
	}
	return ""
}
