// Package edition puts a run's files in place whole or not at all: they are
// built in a private folder, listed in a sealed manifest with their hashes, made
// durable, and made current by one atomic step. Nothing else touches what was
// published. It lists the editions of a year, proves them, and points back.
package edition

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// Manifest says what an edition was made from and what it holds.
type Manifest struct {
	Number    int               `json:"number"`             // of the editions of the year, from 1; clocks may jump, this does not
	Previous  string            `json:"previous"`           // the edition that was current before, "" for none
	Year      int               `json:"year"`               //
	Digest    string            `json:"digest"`             // SHA-256 over paths and hashes of the files that are no documents; the documents carry it
	Time      time.Time         `json:"time"`               //
	Versions  map[string]string `json:"versions"`           // of the program, Go, DuckDB
	Settings  map[string]string `json:"settings"`           // of the command line
	Records   map[string]int    `json:"records"`            // rows loaded of each record set
	Accepted  []string          `json:"accepted,omitempty"` // what the guard found and a person let pass
	Inputs    []File            `json:"inputs"`             // records, settings, queries, contract
	Outputs   []File            `json:"outputs"`            // every file of the edition but this one
	Documents []string          `json:"documents"`          // the outputs that carry the digest
	Seal      string            `json:"seal"`               // SHA-256 of this file with no seal in it
}

// Published is where an edition stands.
type Published struct {
	Current  string // out/2021/current
	Folder   string // out/2021/editions/…
	Digest   string
	New      bool // false where the files are the same as those published before
	Manifest Manifest
	Altered  []string // what was altered in the edition that stood before
	Backward bool     // the clock shows an earlier time than when the one before was published
	Removed  []string // editions that were more than were to be kept
	Notes    []string // what could not be done after it stood, a line each
}

// Draft is an edition being built. While it is open, no other run can write to
// the year.
type Draft struct {
	Folder  string // write the files here
	year    string // out/2021
	digest  string
	numbers []string // the files that the digest is over
	free    func() error
}

// step is told before each change to the folder of a year; tests end the process there.
var step = func() {}

// Begin locks a year's folder, clears away what runs that were killed have left,
// and makes the private folder for a new edition.
func Begin(out string, year int) (*Draft, error) {
	folder := yearFolder(out, year)
	free, err := hold(folder)
	if err != nil {
		return nil, err
	}
	step()
	private, err := os.MkdirTemp(folder, building+"*")
	if err != nil {
		return nil, errors.Join(unwritable(folder, err), free())
	}
	return &Draft{Folder: private, year: folder, free: free}, nil
}

func yearFolder(out string, year int) string { return filepath.Join(out, fmt.Sprint(year)) }

// unwritable says why nothing can be written to a folder.
func unwritable(folder string, err error) error {
	if errors.Is(err, syscall.EROFS) || errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%s：输出文件夹只读，写不了；请检查权限，或用 --out 换一个：%w", folder, err)
	}
	return fmt.Errorf("%s：输出文件夹写不了：%w", folder, err)
}

// Digest is the digest of the files written so far: the data, before the
// documents that carry it.
func (d *Draft) Digest() (string, error) {
	files, err := hashAll(d.Folder)
	d.digest, d.numbers = digest(files), paths(files)
	return d.digest, err
}

// Discard takes away what was not published, and lets other runs go on.
func (d *Draft) Discard() error {
	err := os.RemoveAll(d.Folder)
	if d.free != nil {
		err = errors.Join(err, d.free())
		d.free = nil
	}
	return err
}

// Publish completes and seals the manifest, makes the files durable and the
// edition current. Where the current edition was made from the same inputs and
// holds the same files it stays as it is.
func (d *Draft) Publish(m Manifest) (Published, error) {
	p := Published{Current: filepath.Join(d.year, currentLink)}
	if info, err := os.Lstat(p.Current); err == nil && info.Mode()&fs.ModeSymlink == 0 {
		return p, fmt.Errorf("%s 不是本程序建立的链接（也许是复制时变成了文件夹）；请把它移走或改名后再运行", p.Current)
	}
	outputs, err := hashAll(d.Folder)
	if err != nil {
		return p, unwritable(d.year, err)
	}
	m.Outputs, m.Digest, m.Documents = outputs, cmp.Or(d.digest, digest(outputs)), d.documents(outputs)
	p.Digest = m.Digest
	all, err := list(d.year)
	if err != nil {
		return p, err
	}
	var before Edition
	if at := slices.IndexFunc(all, func(e Edition) bool { return e.Current }); at >= 0 {
		before = all[at]
		p.Altered = before.Altered()
		p.Backward = m.Time.Before(before.Manifest.Time)
		if len(p.Altered) == 0 && slices.Equal(before.Manifest.Outputs, m.Outputs) && slices.Equal(before.Manifest.Inputs, m.Inputs) {
			p.Folder, p.Manifest, p.Backward = before.Folder, before.Manifest, false
			return p, nil
		}
	}
	if before.Name == "" && len(all) > 0 {
		before = all[len(all)-1] // the link is lost, what was published is not
	}
	m.Previous, m.Number = before.Name, 1
	for _, e := range all {
		m.Number = max(m.Number, e.Manifest.Number+1)
	}
	name := d.freeName(m)
	p.Folder, p.New = filepath.Join(d.year, editions, name), true
	if p.Manifest, err = d.seal(m); err != nil {
		return p, unwritable(d.year, err)
	}
	if err := d.place(name); err != nil {
		return p, unwritable(d.year, err)
	}
	if err := syncFolder(d.year); err != nil {
		p.Notes = append(p.Notes, fmt.Sprintf("已发布，但 %s 没有确认写到磁盘（%v）；断电可能退回上一期", d.year, err))
	}
	return p, nil
}

// documents are the outputs that were written after the digest was taken.
func (d *Draft) documents(outputs []File) []string {
	documents := []string{}
	for _, path := range paths(outputs) {
		if d.digest != "" && !slices.Contains(d.numbers, path) {
			documents = append(documents, path)
		}
	}
	return documents
}

// freeName is the time and the digest; where the clock has been there before, a
// number tells the two apart.
func (d *Draft) freeName(m Manifest) string {
	name := nameOf(m)
	for n := 2; ; n++ {
		if _, err := os.Lstat(filepath.Join(d.year, editions, name)); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		name = fmt.Sprintf("%s-%d", nameOf(m), n)
	}
}

func nameOf(m Manifest) string { return m.Time.UTC().Format("20060102T150405") + "-" + Short(m.Digest) }

// seal writes the manifest and makes every file durable.
func (d *Draft) seal(m Manifest) (Manifest, error) {
	m, text := m.sealed()
	if err := os.WriteFile(filepath.Join(d.Folder, ManifestFile), text, 0o644); err != nil {
		return m, err
	}
	return m, filepath.WalkDir(d.Folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o644)
		if entry.IsDir() {
			mode = 0o755
		}
		return errors.Join(os.Chmod(path, mode), syncFolder(path))
	})
}

// place moves the folder among the editions and makes it current. The link that
// will be current is there first: found by the next run, it says which edition a
// run that was killed had put in place and nobody has seen.
func (d *Draft) place(name string) error {
	link := filepath.Join(d.year, pointing+name)
	step()
	if err := os.Symlink(filepath.Join(editions, name), link); err != nil {
		return err
	}
	step()
	if err := os.Rename(d.Folder, filepath.Join(d.year, editions, name)); err != nil {
		return errors.Join(err, os.Remove(link))
	}
	step()
	if err := errors.Join(syncFolder(filepath.Join(d.year, editions)), syncFolder(d.year)); err != nil {
		return err
	}
	step()
	err := os.Rename(link, filepath.Join(d.year, currentLink))
	step()
	return err
}

// syncFolder makes a file or folder durable.
func syncFolder(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
