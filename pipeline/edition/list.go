package edition

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Edition is a published edition.
type Edition struct {
	Name     string // of its folder
	Folder   string
	Current  bool
	Manifest Manifest
	Fault    error // why the manifest could not be read

	whole bool // the manifest is, to the byte, what was written
}

// Open reads the manifest of an edition in a folder.
func Open(folder string) (Edition, error) {
	if target, err := filepath.EvalSymlinks(folder); err == nil {
		folder = target
	}
	e := Edition{Name: filepath.Base(folder), Folder: folder}
	e.Manifest, e.whole, e.Fault = readManifest(folder)
	return e, e.Fault
}

// List is the editions of a year, the first published first; none where nothing
// was published yet.
func List(out string, year int) ([]Edition, error) { return list(yearFolder(out, year)) }

func list(folder string) ([]Edition, error) {
	entries, err := os.ReadDir(filepath.Join(folder, editions))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s：%w", folder, err)
	}
	current, _ := os.Readlink(filepath.Join(folder, currentLink))
	var all []Edition
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		name := filepath.Join(editions, entry.Name())
		if unseen(folder, entry.Name()) && current != name {
			continue
		}
		e, err := Open(filepath.Join(folder, name))
		if errors.Is(err, fs.ErrNotExist) && current != name && !nameForm.MatchString(entry.Name()) {
			continue // not an edition
		}
		e.Name, e.Folder, e.Current = entry.Name(), filepath.Join(folder, name), current == name
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b Edition) int {
		return cmp.Or(a.Manifest.Number-b.Manifest.Number, strings.Compare(a.Name, b.Name))
	})
	return all, nil
}

// nameForm is how the folders of editions are named: time, then digest.
var nameForm = regexp.MustCompile(`^\d{8}T\d{6}-[0-9a-f]{12}`)

// unseen tells whether an edition is being put in place, or was when its run was killed.
func unseen(folder, name string) bool {
	_, err := os.Lstat(filepath.Join(folder, pointing+name))
	return err == nil
}

// Find is one edition of a year: the current one for "", else one by its number,
// the beginning of its name or digest, or the path of a folder. ok is false where
// a year has published nothing yet; an edition that was asked for and is not
// there is an error.
func Find(out string, year int, name string) (e Edition, ok bool, err error) {
	all, err := List(out, year)
	if err != nil {
		return e, false, err
	}
	if name == "" {
		at := slices.IndexFunc(all, func(e Edition) bool { return e.Current })
		if at < 0 {
			return e, false, nil
		}
		return all[at], true, nil
	}
	var found []Edition
	for _, e := range all {
		number := strconv.Itoa(e.Manifest.Number)
		if e.Name == name || number == name || name == currentLink && e.Current {
			return e, true, nil
		}
		if len(name) >= 4 && (strings.HasPrefix(e.Name, name) || strings.HasPrefix(e.Manifest.Digest, strings.ToLower(name))) {
			found = append(found, e)
		}
	}
	if len(found) == 1 {
		return found[0], true, nil
	}
	if len(found) > 1 {
		return e, false, fmt.Errorf("“%s”可以是 %d 期中的任何一期；请写全名称，或写期号，见 workreport history", name, len(found))
	}
	if e, err := Open(name); err == nil {
		return e, true, nil
	}
	return e, false, fmt.Errorf("没有“%s”这一期；已发布的各期见 workreport history --year %d", name, year)
}

// Years are the years that have a published edition, the earliest first.
func Years(out string) []int {
	var years []int
	entries, _ := os.ReadDir(out)
	for _, entry := range entries {
		if year, err := strconv.Atoi(entry.Name()); err == nil {
			if _, ok, _ := Find(out, year, ""); ok {
				years = append(years, year)
			}
		}
	}
	slices.Sort(years)
	return years
}

// Missing are the editions that another says it came after, that are gone though
// an older one still stands: keeping only the newest takes away the oldest.
func Missing(all []Edition) (names []string) {
	for i, e := range all {
		before := e.Manifest.Previous
		if before == "" || i == 0 || slices.ContainsFunc(all, func(o Edition) bool { return o.Name == before }) {
			continue
		}
		names = append(names, before)
	}
	return slices.Compact(names)
}

// CurrentFault says what is wrong with the link to the current edition, "" where
// it leads to one of the year's.
func CurrentFault(out string, year int) string {
	link := filepath.Join(yearFolder(out, year), currentLink)
	info, err := os.Lstat(link)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "没有 current 链接"
	case err != nil:
		return "current 链接读不了：" + err.Error()
	case info.Mode()&fs.ModeSymlink == 0:
		return "current 不是链接（也许是复制时变成了文件夹）"
	}
	if _, ok, _ := Find(out, year, ""); !ok {
		target, _ := os.Readlink(link)
		return "current 指向 " + target + "，那里没有已发布的一期"
	}
	return ""
}

// Rollback makes an earlier edition current again, "" for the one before the
// current one, and hands back both. It builds nothing and takes nothing away.
func Rollback(out string, year int, name string) (from, to Edition, err error) {
	folder := yearFolder(out, year)
	if _, err := os.Stat(folder); err != nil {
		return from, to, fmt.Errorf("%s：%d 年还没有发布过", out, year)
	}
	free, err := hold(folder)
	if err != nil {
		return from, to, err
	}
	defer free()
	from, ok, err := Find(out, year, "")
	if err == nil && !ok && name == "" {
		err = fmt.Errorf("%s：%s", folder, CurrentFault(out, year))
	}
	if err != nil {
		return from, to, err
	}
	if to, err = target(out, year, name, from); err != nil {
		return from, to, err
	}
	if altered := to.Altered(); len(altered) > 0 {
		return from, to, fmt.Errorf("%s 发布以后被改动了（%s），没有退回", to.Folder, strings.Join(altered, "；"))
	}
	link := filepath.Join(folder, returning+to.Name)
	step()
	if err := os.Symlink(filepath.Join(editions, to.Name), link); err != nil {
		return from, to, unwritable(folder, err)
	}
	step()
	if err := os.Rename(link, filepath.Join(folder, currentLink)); err != nil {
		return from, to, unwritable(folder, err)
	}
	step()
	return from, to, syncFolder(folder)
}

func target(out string, year int, name string, from Edition) (to Edition, err error) {
	all, err := List(out, year)
	if err != nil {
		return to, err
	}
	if name != "" {
		if to, _, err = Find(out, year, name); err != nil {
			return to, err
		}
		if !slices.ContainsFunc(all, func(e Edition) bool { return e.Name == to.Name }) {
			return to, fmt.Errorf("%s 不是 %d 年的一期，不能退回", name, year)
		}
		if to.Name == from.Name {
			return to, fmt.Errorf("%s 就是当前的一期", to.Name)
		}
		return to, nil
	}
	at := slices.IndexFunc(all, func(e Edition) bool { return e.Name == from.Name })
	if at < 1 {
		return to, fmt.Errorf("当前的一期 %s 是最早的，没有更早的一期可退", from.Name)
	}
	return all[at-1], nil
}

// Keep takes away the oldest editions of the year until no more than so many are
// left. The current one always stays, and what is not an edition is not touched.
func (d *Draft) Keep(most int) (removed []string, err error) {
	all, err := list(d.year)
	if err != nil {
		return nil, err
	}
	over := len(all) - most
	for _, e := range all {
		if over <= 0 {
			break
		}
		if e.Current || e.Fault != nil {
			continue
		}
		if err := remove(d.year, e.Name); err != nil {
			return removed, fmt.Errorf("%s 删不了：%w", e.Folder, err)
		}
		removed = append(removed, e.Name)
		over--
	}
	return removed, nil
}
