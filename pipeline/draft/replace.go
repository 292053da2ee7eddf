package draft

import (
	"errors"
	"io"
	"time"
)

// Replacement is what a passage of a draft is to be replaced by.
type Replacement struct {
	From, To int // bytes of Text.String
	With     string
}

// Revision says how passages are replaced: as tracked changes that a person
// accepts or refuses, where the format has them, or plainly.
type Revision struct {
	Author string
	Date   time.Time
	Plain  bool
}

// fixed says in Chinese why a passage is not to be replaced, "" where it may be.
func (t Text) fixed(from, to int) string {
	if t.book != nil {
		return t.book.fixed(from, to)
	}
	return ""
}

// Replace writes a copy of the draft with the passages replaced, sorted and
// none overlapping, each one that is not fixed. All else stays as it is.
func (t Text) Replace(w io.Writer, list []Replacement, how Revision) error {
	if t.book != nil {
		return t.book.replace(w, list)
	}
	return errors.New("这种文件改不了；请另存为 .docx 或 .txt")
}
