package appendix

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Microsoft's validator finds what makes Word and Excel offer to repair a file.
func TestOfficeAccepts(t *testing.T) {
	validator, _ := filepath.Abs("../../charts/assets/node_modules/.bin/ooxml-validator")
	if _, err := os.Stat(validator); err != nil {
		t.Skip("ooxml-validator is not installed: npm ci in charts/assets")
	}
	for name, d := range map[string]Document{"sample": sample(), "hostile": hostile(), "awkward": awkward(), "empty": {}, "template": withTemplate(t)} {
		for _, form := range forms[:2] {
			file := filepath.Join(t.TempDir(), name+"."+form.name)
			if err := os.WriteFile(file, written(t, form.write, d), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(validator, file).Output()
			var verdict struct{ OK bool }
			if json.Unmarshal(out, &verdict) != nil || !verdict.OK {
				t.Errorf("%s.%s: %v\n%s", name, form.name, err, out)
			}
		}
	}
}

func TestOfficeLaysOut(t *testing.T) {
	for _, tool := range []string{"soffice", "pdfinfo", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	for _, form := range forms[:2] {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "a."+form.name), written(t, form.write, sample()), 0o600); err != nil {
			t.Fatal(err)
		}
		run := func(tool string, args ...string) string {
			cmd := exec.Command(tool, args...)
			cmd.Dir = dir
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(tool, err)
			}
			return string(out)
		}
		run("soffice", "-env:UserInstallation=file://"+dir+"/office", "--headless", "--convert-to", "pdf", "a."+form.name)
		pages := 0
		_, after, _ := strings.Cut(run("pdfinfo", "a.pdf"), "Pages:")
		if fmt.Sscan(after, &pages); pages == 0 {
			t.Errorf("%s has no pages", form.name)
		}
		text := strings.ReplaceAll(run("pdftotext", "a.pdf", "-"), " ", "")
		if flat := strings.Join(strings.Fields(text), ""); !strings.Contains(flat, "立案提案228件") {
			t.Errorf("the PDF of the %s lacks 立案提案228件:\n%s", form.name, text)
		}
	}
}
