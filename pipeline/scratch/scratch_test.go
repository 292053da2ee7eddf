package scratch

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// TestMain is, where it is told to be, a process that is killed with a folder in its hands.
func TestMain(m *testing.M) {
	if os.Getenv("SCRATCH_KILLED") == "" {
		os.Exit(m.Run())
	}
	f, err := New()
	if err != nil || os.WriteFile(filepath.Join(f.Path, "records"), []byte("x"), 0o644) != nil {
		os.Exit(1)
	}
	syscall.Kill(os.Getpid(), syscall.SIGKILL)
}

// TestWhatTheKilledLeave wants folders of dead processes away, those of living
// ones and of strangers untouched.
func TestWhatTheKilledLeave(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	alive, err := New()
	if err != nil {
		t.Fatal(err)
	}
	stranger := filepath.Join(os.TempDir(), "workreport-stranger")
	if err := os.Mkdir(stranger, 0o755); err != nil {
		t.Fatal(err)
	}
	dead := exec.Command(os.Args[0])
	dead.Env = append(os.Environ(), "SCRATCH_KILLED=1")
	if err := dead.Run(); err == nil {
		t.Fatal("it was not killed")
	}
	unlocked := filepath.Join(os.TempDir(), "workreport-999999999-1") // killed before it had its lock
	if err := os.Mkdir(unlocked, 0o700); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*")); len(left) != 4 {
		t.Fatalf("before the sweep: %v", left)
	}
	sweep()
	for _, path := range []string{alive.Path, stranger} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
	if err := alive.Remove(); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*")); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}
