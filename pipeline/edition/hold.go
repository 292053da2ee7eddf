package edition

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// What stands in the folder of a year. Names with a dot are of runs at work, or
// of runs that were killed.
const (
	editions    = "editions"
	currentLink = "current"
	lockFile    = ".lock"
	building    = ".building-" // a private folder
	pointing    = ".current-"  // a link that is about to be current
	returning   = ".rollback-" // likewise, to an edition that was published before
	leaving     = ".gone-"     // an edition on its way out
)

// Busy is the error of a year that another run is writing to.
type Busy struct{ Folder, Holder string }

func (b Busy) Error() string {
	return fmt.Sprintf("%s：另一次运行正在写这个文件夹（%s），这一次没有运行；请等它结束", b.Folder, b.Holder)
}

// hold makes and locks a year's folder and clears away what killed runs have left
// in it. The lock goes with the process, however that ends.
func hold(folder string) (free func() error, err error) {
	if err := os.MkdirAll(filepath.Join(folder, editions), 0o755); err != nil {
		return nil, unwritable(folder, err)
	}
	path := filepath.Join(folder, lockFile)
	lock := flock.New(path, flock.SetPermissions(0o644))
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // a look at the lock holds it for a moment
	defer cancel()
	held, err := lock.TryLockContext(ctx, 20*time.Millisecond)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return nil, unwritable(folder, err)
	}
	if !held {
		holder, _ := os.ReadFile(path)
		return nil, Busy{folder, strings.TrimSpace(string(holder))}
	}
	if err := sweep(folder); err != nil {
		return nil, errors.Join(fmt.Errorf("%s：上次中断的运行留下的文件清理不了：%w", folder, err), lock.Close())
	}
	if err := os.WriteFile(path, fmt.Appendf(nil, "进程 %d\n", os.Getpid()), 0o644); err != nil {
		return nil, errors.Join(unwritable(folder, err), lock.Close())
	}
	return lock.Close, nil
}

// Locked tells whether a run is writing to the year, and which. Where that cannot
// be seen, as for another user without a right to, it is taken to be so.
func Locked(out string, year int) (holder string, locked bool) {
	path := filepath.Join(yearFolder(out, year), lockFile)
	if _, err := os.Stat(path); err != nil {
		return "", false
	}
	lock := flock.New(path, flock.SetFlag(os.O_RDONLY))
	defer lock.Close()
	if free, _ := lock.TryRLock(); free {
		return "", false
	}
	text, _ := os.ReadFile(path)
	return strings.TrimSpace(string(text)), true
}

// sweep clears away what killed runs have left. An edition that was in place but
// never current is none: nobody has seen it, and the run that made it did not end.
func sweep(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	current, _ := os.Readlink(filepath.Join(folder, currentLink))
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if name, unseen := strings.CutPrefix(entry.Name(), pointing); unseen && current != filepath.Join(editions, name) {
			if err := remove(folder, name); err != nil {
				return err
			}
		}
		if isLeft(entry.Name()) {
			step()
			if err := os.RemoveAll(path); err != nil {
				return err
			}
		}
	}
	return nil
}

func isLeft(name string) bool {
	for _, prefix := range []string{building, pointing, returning, leaving} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// remove takes an edition out of a year: out of sight by one step, then away.
func remove(folder, name string) error {
	gone := filepath.Join(folder, leaving+name)
	step()
	err := os.Rename(filepath.Join(folder, editions, name), gone)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	step()
	return errors.Join(syncFolder(folder), os.RemoveAll(gone))
}
