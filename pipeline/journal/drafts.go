package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// The files of a year's folder that remember drafts.
const (
	DraftsFile    = "drafts.jsonl"   // the newest line last
	oldDraftsFile = "drafts.1.jsonl" // what DraftsFile was before it grew too long
)

// Checked is a draft whose numbers were held against an edition.
type Checked struct {
	Time    time.Time `json:"time"`
	Draft   string    `json:"draft"`  // name of its file
	SHA256  string    `json:"sha256"` // of its content
	Edition string    `json:"edition"`
	Digest  string    `json:"digest"` // of the edition
}

// KeepChecked remembers a draft. The year's folder is there already: an edition
// that a draft can be checked against is in it.
func KeepChecked(out string, year int, c Checked) error {
	c.Time, c.Draft = c.Time.UTC(), filepath.Base(c.Draft)
	line, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return appendLine(filepath.Join(out, fmt.Sprint(year)), DraftsFile, oldDraftsFile, append(line, '\n'))
}

// LastChecked is what was last kept of a draft with this content or, where there
// is none, of one with this file name. Known is false where there is neither.
// Lines count in the order in which they were written, since clocks may jump; one
// that cannot be read is passed over.
func LastChecked(out string, year int, draft, sha256 string) (last Checked, known bool, err error) {
	var all []byte
	for _, name := range []string{oldDraftsFile, DraftsFile} {
		text, err := os.ReadFile(filepath.Join(out, fmt.Sprint(year), name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return last, false, err
		}
		all = append(append(all, text...), '\n')
	}
	same := false
	for line := range bytes.Lines(all) {
		var c Checked
		if json.Unmarshal(line, &c) != nil || c.Edition == "" {
			continue
		}
		switch content := c.SHA256 == sha256; {
		case content:
			last, known, same = c, true, true
		case !same && c.Draft == filepath.Base(draft):
			last, known = c, true
		}
	}
	return last, known, nil
}
