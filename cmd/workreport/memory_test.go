package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"

	"workreport/pipeline/journal"
)

// TestCheckRemembers wants a draft remembered that agreed with a published
// edition, and none else; and no check to end otherwise for it.
func TestCheckRemembers(t *testing.T) {
	o := newOffice(t)
	o.must("run", "--year", "2021")
	const right = "争取各类项目资金4000余万元。\n"
	o.write("稿子/right.txt", right)
	o.write("wrong.txt", strings.Replace(right, "4000", "3000", 1))
	o.must("check", "稿子/right.txt", "--data", "data", "--year", "2021")
	if _, _, code := o.run("check", "wrong.txt"); code != exitWrong {
		t.Fatalf("code %d", code)
	}
	if _, err := os.Stat(o.path("out/2021/" + journal.DraftsFile)); err == nil {
		t.Error("remembers a check against records, or of a wrong draft")
	}
	o.must("check", "稿子/right.txt")
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(right)))
	last, known, err := journal.LastChecked(o.path("out"), 2021, "", sum)
	if err != nil || !known || last.Draft != "right.txt" || !strings.HasSuffix(o.status().Edition, "/"+last.Edition) || last.Digest != o.status().Digest || last.Time.IsZero() {
		t.Errorf("%+v %v %v, want %+v", last, known, err, o.status())
	}
	o.must("verify")
	o.must("history")
	o.must("run", "--year", "2021")
	o.nothingLeft()
	o.remove("out/2021/" + journal.DraftsFile)
	if err := os.Mkdir(o.path("out/2021/"+journal.DraftsFile), 0o755); err != nil { // nobody can write there, root included
		t.Fatal(err)
	}
	o.must("check", "稿子/right.txt")
}
