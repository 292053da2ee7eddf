// Package scratch hands out folders for what a process needs only while it runs,
// under the system's folder for such files. A process that is killed leaves its
// own behind; the next one clears them away.
package scratch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/gofrs/flock"
)

// Folder is a folder private to this process.
type Folder struct {
	Path string
	lock *flock.Flock
}

const (
	prefix   = "workreport-" // the number of the process follows
	lockFile = "in-use"      // held for as long as the process lives
)

var sweeping sync.Once

// New makes a folder, and before the first clears away those of dead processes.
func New() (Folder, error) {
	sweeping.Do(sweep)
	const attempts = 10 // another process may take a folder for a dead one's before it is locked
	for range attempts {
		path, err := os.MkdirTemp("", fmt.Sprintf("%s%d-*", prefix, os.Getpid()))
		if err != nil {
			return Folder{}, fmt.Errorf("临时文件夹建不了，请检查磁盘空间和环境变量 TMPDIR：%w", err)
		}
		lock := flock.New(filepath.Join(path, lockFile))
		if held, err := lock.TryLock(); err == nil && held {
			if _, err := os.Stat(lock.Path()); err == nil {
				return Folder{path, lock}, nil
			}
		}
		if err := errors.Join(lock.Close(), os.RemoveAll(path)); err != nil {
			return Folder{}, fmt.Errorf("临时文件夹 %s：%w", path, err)
		}
	}
	return Folder{}, fmt.Errorf("临时文件夹建不了：%s", os.TempDir())
}

// Remove takes the folder away with all that is in it.
func (f Folder) Remove() error { return errors.Join(os.RemoveAll(f.Path), f.lock.Close()) }

// Alive tells whether a process of this program has the number; another that has
// got it since does not count.
func Alive(process int) bool {
	command, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", process))
	return err == nil && strings.Contains(string(command), "workreport")
}

// sweep takes away the folders whose lock nobody holds, and empty ones of processes
// that ended before they had one. What it may not touch, of other users, it leaves.
func sweep() {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	for _, path := range left {
		var process int
		fmt.Sscanf(filepath.Base(path), prefix+"%d-", &process)
		if process > 0 && !Alive(process) {
			os.Remove(path) // which takes away nothing but an empty folder
		}
		lock := flock.New(filepath.Join(path, lockFile), flock.SetFlag(os.O_RDWR))
		if free, err := lock.TryLock(); err == nil && free {
			os.RemoveAll(path)
		}
		lock.Close()
	}
}
