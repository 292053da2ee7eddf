package draft

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var revision = Revision{Author: Author, Date: time.Date(2022, 4, 1, 8, 0, 0, 0, time.UTC)}

// refreshed writes the figures of options() into a draft.
func refreshed(t testing.TB, name string, content []byte, how Revision) Refreshed {
	t.Helper()
	text, err := Read(name, content)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Refresh(t.Context(), name, text, options(), how, false)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r Refreshed) String() string {
	var b strings.Builder
	for _, c := range r.Changes {
		fmt.Fprintf(&b, "%s %s→%s\n", c.PlaceText(), c.Shown(), c.New)
	}
	for _, f := range r.Left {
		fmt.Fprintf(&b, "left %s %s %s：%s\n", f.PlaceText(), f.Shown(), f.Verdict, f.Why)
	}
	return b.String()
}

func TestRefreshOfAHardDocument(t *testing.T) {
	before := wordFile(t, hardBody, map[string]string{"word/footnotes.xml": footnotes})
	r := refreshed(t, "draft.docx", before, revision)
	t.Log(r.String())
	is := partsOf(t, r.Content)
	t.Log(is["word/document.xml"])
	t.Log(is["word/footnotes.xml"])
	accepted(t, "refreshed", r.Content)
	r = refreshed(t, "draft.docx", before, Revision{Plain: true})
	t.Log(partsOf(t, r.Content)["word/document.xml"])
	accepted(t, "plain", r.Content)
}
