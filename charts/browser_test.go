package charts

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestPageInBrowser opens the page from disk, as users do: the scripts run under
// the page's own policy, every chart comes alive, and nothing is complained of.
func TestPageInBrowser(t *testing.T) {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "charts.html")
	if err := os.WriteFile(file, samplePage(t), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
		"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--enable-logging=stderr", "--virtual-time-budget=5000",
		"--dump-dom", "file://"+file)
	var log strings.Builder
	command.Stderr = &log
	dom, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, "CONSOLE") {
			t.Error(line)
		}
	}
	if !strings.Contains(string(dom), `data-charts="live"`) {
		t.Error("the script of the page did not run to its end")
	}
	if alive := strings.Count(string(dom), `class="picture alive"`); alive != 8 {
		t.Errorf("%d of 8 charts are alive", alive)
	}
}
