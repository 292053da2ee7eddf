// Package edition puts a run's files in place whole or not at all: they are
// built in a private folder, listed in a manifest with their hashes, and made
// current by one atomic step. Nothing else touches what was published.
package edition

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// ManifestFile is the name of the manifest in an edition.
const ManifestFile = "manifest.json"

// File is one file with its size in bytes and its SHA-256 in hex.
type File struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Manifest says what an edition was made from and what it holds.
type Manifest struct {
	Year     int               `json:"year"`
	Digest   string            `json:"digest"` // SHA-256 over paths and hashes of the data files; the documents carry it
	Time     time.Time         `json:"time"`
	Versions map[string]string `json:"versions"`
	Records  map[string]int    `json:"records"` // rows loaded of each record set
	Inputs   []File            `json:"inputs"`
	Outputs  []File            `json:"outputs"`
}

// Published is where an edition stands.
type Published struct {
	Current  string // out/2021/current
	Folder   string // out/2021/editions/…
	Digest   string
	New      bool // false where the files are the same as those published before
	Manifest Manifest
}

// Draft is an edition being built.
type Draft struct {
	Folder string // write the files here
	year   string // out/2021
	digest string
}

// Begin makes the private folder for a new edition of a year.
func Begin(out string, year int) (*Draft, error) {
	folder := filepath.Join(out, fmt.Sprint(year))
	if err := os.MkdirAll(filepath.Join(folder, "editions"), 0o755); err != nil {
		return nil, fmt.Errorf("输出文件夹建不了：%w", err)
	}
	private, err := os.MkdirTemp(folder, ".building-*")
	if err != nil {
		return nil, fmt.Errorf("输出文件夹写不了：%w", err)
	}
	return &Draft{Folder: private, year: folder}, nil
}

// Digest is the digest of the files written so far: the data, before the
// documents that carry it.
func (d *Draft) Digest() (string, error) {
	files, err := hashAll(d.Folder)
	d.digest = digest(files)
	return d.digest, err
}

// Short is a digest as folders are named and people compare it.
func Short(digest string) string { return digest[:12] }

// Discard takes away what was not published.
func (d *Draft) Discard() error { return os.RemoveAll(d.Folder) }

// Publish completes the manifest, makes the files durable and the edition
// current. Where the current edition holds the same files it stays as it is.
func (d *Draft) Publish(m Manifest) (Published, error) {
	link := filepath.Join(d.year, "current")
	if info, err := os.Lstat(link); err == nil && info.Mode()&fs.ModeSymlink == 0 {
		return Published{}, fmt.Errorf("%s 不是本程序建立的链接（也许是复制时变成了文件夹）；请把它移走或改名后再运行", link)
	}
	outputs, err := hashAll(d.Folder)
	if err != nil {
		return Published{}, err
	}
	m.Outputs, m.Digest = outputs, cmp.Or(d.digest, digest(outputs))
	p := Published{Current: link, Digest: m.Digest, Manifest: m}
	if standing, ok := intact(p.Current); ok && slices.Equal(standing.Outputs, m.Outputs) {
		target, err := os.Readlink(p.Current)
		p.Folder, p.Manifest = filepath.Join(d.year, target), standing
		return p, errors.Join(err, d.Discard())
	}
	if err := d.write(m); err != nil {
		return Published{}, err
	}
	name := filepath.Join("editions", m.Time.Format("20060102T150405")+"-"+Short(m.Digest))
	p.Folder, p.New = filepath.Join(d.year, name), true
	if err := os.Rename(d.Folder, p.Folder); err != nil {
		if twin, ok := intact(p.Folder); !ok || !slices.Equal(twin.Outputs, m.Outputs) { // another run made the same this second
			return Published{}, fmt.Errorf("放不进输出文件夹：%w", err)
		}
	}
	return p, errors.Join(syncFolder(filepath.Join(d.year, "editions")), point(d.year, name))
}

func (d *Draft) write(m Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(d.Folder, ManifestFile), append(text, '\n'), 0o644); err != nil {
		return err
	}
	if err := os.Chmod(d.Folder, 0o755); err != nil {
		return err
	}
	return filepath.WalkDir(d.Folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncFolder(path)
	})
}

// point makes current lead to the edition, by a rename that readers see as one step.
func point(year, name string) error {
	temporary := filepath.Join(year, ".current-"+filepath.Base(name))
	if err := os.Symlink(name, temporary); err != nil {
		return fmt.Errorf("指向新一期：%w", err)
	}
	if err := os.Rename(temporary, filepath.Join(year, "current")); err != nil {
		return errors.Join(fmt.Errorf("指向新一期：%w", err), os.Remove(temporary))
	}
	return syncFolder(year)
}

// syncFolder makes a file or folder durable.
func syncFolder(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// intact reads the manifest of a published edition; false where there is none,
// or where the files are no longer those it lists.
func intact(folder string) (Manifest, bool) {
	var m Manifest
	text, err := os.ReadFile(filepath.Join(folder, ManifestFile))
	if err != nil || json.Unmarshal(text, &m) != nil {
		return m, false
	}
	files, err := hashAll(folder)
	files = slices.DeleteFunc(files, func(f File) bool { return f.Path == ManifestFile })
	return m, err == nil && slices.Equal(files, m.Outputs)
}

func hashAll(folder string) ([]File, error) {
	root := os.DirFS(folder)
	var files []File
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		file, err := Hash(root, path)
		files = append(files, file)
		return err
	})
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files, err
}

// Hash reads a file through.
func Hash(fsys fs.FS, path string) (File, error) {
	file, err := fsys.Open(path)
	if err != nil {
		return File{}, err
	}
	defer file.Close()
	h := sha256.New()
	size, err := io.Copy(h, file)
	return File{Path: path, Size: size, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}

func digest(files []File) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s  %s\n", f.SHA256, f.Path)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Find is the folder of a published edition: the current one for "", else one by
// its name under editions, or by a path. ok is false where a year has published
// nothing yet; an edition that was asked for and is not there is an error.
func Find(out string, year int, name string) (folder string, ok bool, err error) {
	if name == "" {
		folder = filepath.Join(out, fmt.Sprint(year), "current")
		_, err := os.Stat(filepath.Join(folder, ManifestFile))
		return folder, err == nil, nil
	}
	for _, folder := range []string{filepath.Join(out, fmt.Sprint(year), "editions", name), name} {
		if _, err := os.Stat(filepath.Join(folder, ManifestFile)); err == nil {
			return folder, true, nil
		}
	}
	return "", false, fmt.Errorf("没有“%s”这一期；已发布的各期在 %s", name, filepath.Join(out, fmt.Sprint(year), "editions"))
}

// Read is one file of a published edition, held against its manifest.
func Read(folder, name string) ([]byte, error) {
	var m Manifest
	text, err := os.ReadFile(filepath.Join(folder, ManifestFile))
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		return nil, fmt.Errorf("%s 读不懂：%w", filepath.Join(folder, ManifestFile), err)
	}
	at := slices.IndexFunc(m.Outputs, func(f File) bool { return f.Path == name })
	if at < 0 {
		return nil, fmt.Errorf("%s 里没有 %s，是较早的版本发布的；请重新运行 workreport run", folder, name)
	}
	content, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		return nil, fmt.Errorf("%s：%w", filepath.Join(folder, name), err)
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != m.Outputs[at].SHA256 {
		return nil, fmt.Errorf("%s 发布以后被改动了，不能作依据；请重新运行 workreport run", filepath.Join(folder, name))
	}
	return content, nil
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
