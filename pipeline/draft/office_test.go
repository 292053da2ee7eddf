package draft

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Office is what LibreOffice makes of a document with tracked changes.
type Office struct {
	Inserted, Deleted int
	Accepted, Refused string
}

// InOffice opens documents in LibreOffice through its API, accepts all changes,
// and refuses them.
func InOffice(t *testing.T, files ...[]byte) []Office {
	t.Helper()
	const python = "/usr/bin/python3" // the one that Debian's python3-uno is for
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("soffice is not installed")
	}
	if exec.Command(python, "-c", "import uno").Run() != nil {
		t.Skip("python3-uno is not installed")
	}
	script, _ := filepath.Abs("testdata/office/changes.py")
	folder := t.TempDir()
	arguments := []string{script, filepath.Join(folder, "settings")}
	for i, content := range files {
		file := filepath.Join(folder, fmt.Sprintf("%d.docx", i))
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, file)
	}
	out, err := exec.Command(python, arguments...).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var list []Office
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return list
}

// TestFullDocumentInOffice refreshes a draft full of everything: refused in
// LibreOffice it is the old one, accepted it has the new numbers and else the old text.
func TestFullDocumentInOffice(t *testing.T) {
	comment := regexp.MustCompile(`<w:commentRange[^>]*>|<w:r><w:commentReference[^>]*></w:r>`) // LibreOffice 7.4 ends on it, refreshed or not
	before := wordFile(t, comment.ReplaceAllString(fullBody, ""), fullParts)
	after := refreshed(t, "draft.docx", before, options(), revision).Content
	got := InOffice(t, before, after)
	if got[1].Refused != got[0].Refused {
		t.Errorf("refused it reads\n%s\nwas\n%s", got[1].Refused, got[0].Refused)
	}
	want := strings.NewReplacer("282件", "228件", "讲党课9次", "讲党课8次", "协商61次", "协商16次", "矛盾72件", "矛盾27件", "讲党课18次", "讲党课8次",
		"协商15次", "协商16次", "\n281\n", "\n228\n", "讲党课5次", "讲党课8次", "讲党课4次", "讲党课8次").Replace(got[0].Accepted)
	if got[1].Accepted != want || want == got[0].Accepted {
		t.Errorf("accepted it reads\n%s\nwant\n%s", got[1].Accepted, want)
	}
}
