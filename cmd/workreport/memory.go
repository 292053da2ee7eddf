package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"time"

	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
)

// remember keeps which published edition a draft agrees with, so that a later
// refresh can say what has changed since; with written, that the program wrote
// it. A draft that was found wrong is still as an earlier edition had it:
// remembered, it would lose what changed since that one. What cannot be kept, as
// where the folder is read-only, is no fault of the command.
func (a *arguments) remember(name string, content []byte, e edition.Edition, written bool) {
	if name == "-" || e.Name == "" && !written {
		return
	}
	_ = journal.KeepChecked(a.out, a.year, journal.Checked{Time: time.Now(), Draft: name, SHA256: sum(content),
		Edition: e.Name, Digest: e.Manifest.Digest, Written: written})
}

func sum(content []byte) string {
	digest := sha256.Sum256(content)
	return hex.EncodeToString(digest[:])
}

// edited tells whether a file is there that the program did not write, or that
// somebody has changed since.
func (a *arguments) edited(path string, content []byte) bool {
	there, err := os.ReadFile(path)
	return err == nil && sum(there) != sum(content) && !journal.Wrote(a.out, a.year, sum(there))
}
