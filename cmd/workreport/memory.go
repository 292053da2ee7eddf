package main

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
)

// remember keeps which published edition a draft agreed with, so that a later
// refresh can say what has changed since. A draft that was found wrong is still
// as an earlier edition had it: remembered, it would lose what changed since that
// one. What cannot be kept, as where the folder is read-only, is no fault of the
// check.
func (a *arguments) remember(name string, content []byte, year int) {
	if name == "-" || a.data != "" {
		return
	}
	e, ok, err := edition.Find(a.out, year, a.edition)
	if err != nil || !ok {
		return
	}
	sum := sha256.Sum256(content)
	_ = journal.KeepChecked(a.out, year, journal.Checked{Time: time.Now(), Draft: name, SHA256: hex.EncodeToString(sum[:]),
		Edition: e.Name, Digest: e.Manifest.Digest})
}
