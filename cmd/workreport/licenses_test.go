package main

import (
	"debug/buildinfo"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestLicensesOfEveryModule: every module that a build of the program says it
// is made of, and what is embedded, has a notice in full.
func TestLicensesOfEveryModule(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "workreport")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := buildinfo.ReadFile(binary)
	if err != nil || len(info.Deps) < 20 {
		t.Fatal(info, err)
	}
	out, err := exec.Command(binary, "licenses").Output()
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, part := range strings.Split(string(out), "\n"+strings.Repeat("=", 79)+"\n")[1:] {
		head, text, _ := strings.Cut(part, "\n")
		_, text, _ = strings.Cut(text, strings.Repeat("-", 79)+"\n")
		parts[head] = text
	}
	want := []string{"echarts 5.6.0", "zrender 5.6.1", "tslib 2.3.0", "@expo-google-fonts/noto-sans-sc 0.4.3",
		"@resvg/resvg-wasm 2.6.2", "Go 标准库 " + info.GoVersion}
	for _, m := range info.Deps {
		want = append(want, m.Path+" "+m.Version)
	}
	for _, head := range want {
		if len(parts[head]) < 300 {
			t.Errorf("%s has no notice", head)
		}
		if !strings.Contains(string(out), "\n"+head) {
			t.Errorf("%s is not listed", head)
		}
	}
	for _, phrase := range []string{"Mozilla Public License Version 2.0", "SIL OPEN FONT LICENSE", "git@github.com:yisibl/resvg-js.git", "MPL-2.0"} {
		if !strings.Contains(string(out), phrase) {
			t.Errorf("%q is not there", phrase)
		}
	}
	if !strings.HasPrefix(string(out), "workreport 含有下列第三方软件和字体") {
		t.Errorf("begins with %q", string(out)[:60])
	}
}
