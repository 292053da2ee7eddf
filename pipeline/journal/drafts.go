package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	Digest  string    `json:"digest"`            // of the edition
	Written bool      `json:"written,omitempty"` // the program wrote it; without an edition it does not agree with one
}

// KeepChecked remembers a draft. Of one that the program wrote, the year's folder
// may not be there yet; one that was checked was so against an edition in it.
func KeepChecked(out string, year int, c Checked) error {
	c.Time, c.Draft = c.Time.UTC(), filepath.Base(c.Draft)
	line, err := json.Marshal(c)
	if err != nil {
		return err
	}
	folder := filepath.Join(out, fmt.Sprint(year))
	if c.Written {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	return appendLine(folder, DraftsFile, oldDraftsFile, append(line, '\n'))
}

// LastChecked is what was last kept of a draft with this content or, where there
// is none, of one with this file name. Known is false where there is neither.
func LastChecked(out string, year int, draft, sha256 string) (last Checked, known bool, err error) {
	all, err := drafts(out, year)
	same := false
	for _, c := range all {
		switch content := c.SHA256 == sha256; {
		case c.Edition == "":
		case content:
			last, known, same = c, true, true
		case !same && c.Draft == filepath.Base(draft):
			last, known = c, true
		}
	}
	return last, known, err
}

// Wrote tells whether a file with this content is as the program wrote it.
func Wrote(out string, year int, sha256 string) bool {
	all, err := drafts(out, year)
	return err == nil && slices.ContainsFunc(all, func(c Checked) bool { return c.Written && c.SHA256 == sha256 })
}

// drafts is all that is kept, in the order in which it was written, since clocks
// may jump. A line that cannot be read is passed over.
func drafts(out string, year int) (list []Checked, err error) {
	for _, name := range []string{oldDraftsFile, DraftsFile} {
		text, err := os.ReadFile(filepath.Join(out, fmt.Sprint(year), name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for line := range bytes.Lines(text) {
			var c Checked
			if json.Unmarshal(line, &c) == nil {
				list = append(list, c)
			}
		}
	}
	return list, nil
}
