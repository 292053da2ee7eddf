package edition

import (
	"bytes"
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
	"strings"

	"workreport/pipeline/contract"
)

// ManifestFile is the name of the manifest in an edition.
const ManifestFile = "manifest.json"

// maxManifest bounds a manifest, in bytes.
const maxManifest = 64 << 20

// File is one file with its size in bytes and its SHA-256 in hex.
type File struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// sealed is the manifest with its seal, and its one form as a text.
func (m Manifest) sealed() (Manifest, []byte) {
	m.Seal = ""
	sum := sha256.Sum256(m.text())
	m.Seal = hex.EncodeToString(sum[:])
	return m, m.text()
}

func (m Manifest) text() []byte {
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	if err := out.Encode(m); err != nil {
		panic(err) // it holds nothing that JSON does not know
	}
	return text.Bytes()
}

// readManifest reads the manifest of an edition; whole tells whether it is, to
// the byte, what was written.
func readManifest(folder string) (m Manifest, whole bool, err error) {
	path := filepath.Join(folder, ManifestFile)
	info, err := os.Lstat(path)
	if err != nil {
		return m, false, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxManifest {
		return m, false, fmt.Errorf("%s 不是清单", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return m, false, err
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, false, fmt.Errorf("%s 读不懂：%w", path, err)
	}
	_, want := m.sealed()
	return m, bytes.Equal(text, want), nil
}

// Altered says what in the edition is no longer as it was published, by name: a
// file that was changed, is missing or was added, the manifest, the folder's name.
func (e Edition) Altered() []string {
	if errors.Is(e.Fault, fs.ErrNotExist) {
		return []string{ManifestFile + " 不见了"}
	}
	if e.Fault != nil {
		return []string{ManifestFile + " 被改动或损坏，读不懂"}
	}
	var altered []string
	if !e.whole {
		altered = append(altered, ManifestFile+" 被改动，与封条不符")
	}
	m := e.Manifest
	if e.Name != nameOf(m) && !strings.HasPrefix(e.Name, nameOf(m)+"-") {
		altered = append(altered, "文件夹的名称被改动，应是 "+nameOf(m))
	}
	numbers := slices.DeleteFunc(slices.Clone(m.Outputs), func(f File) bool { return slices.Contains(m.Documents, f.Path) })
	if e.whole && digest(numbers) != m.Digest {
		altered = append(altered, ManifestFile+" 里的数据编号与文件不符")
	}
	found, strange, err := walk(e.Folder)
	if err != nil {
		return append(altered, "读不下去："+err.Error())
	}
	for _, path := range strange {
		altered = append(altered, path+" 是多出来的，或不是普通的文件")
	}
	for _, path := range found {
		at := slices.IndexFunc(m.Outputs, func(f File) bool { return f.Path == path })
		if at < 0 {
			altered = append(altered, path+" 是多出来的")
			continue
		}
		switch now, err := Hash(os.DirFS(e.Folder), path); {
		case err != nil:
			altered = append(altered, path+" 打不开")
		case now != m.Outputs[at]:
			altered = append(altered, fmt.Sprintf("%s 被改动（发布时 %d 字节，现在 %d 字节）", path, m.Outputs[at].Size, now.Size))
		}
	}
	for _, f := range m.Outputs {
		if !slices.Contains(found, f.Path) {
			altered = append(altered, f.Path+" 不见了")
		}
	}
	for i, line := range altered {
		altered[i] = contract.Printable(line)
	}
	return altered
}

// walk finds the files of an edition but the manifest, and what is not a file and
// not a folder that holds one.
func walk(folder string) (files, strange []string, err error) {
	folders := map[string]bool{}
	err = fs.WalkDir(os.DirFS(folder), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			folders[path] = true
		case !entry.Type().IsRegular():
			strange = append(strange, path)
		case path != ManifestFile:
			files = append(files, path)
		}
		return nil
	})
	for _, path := range files {
		for at := filepath.Dir(path); folders[at]; at = filepath.Dir(at) {
			delete(folders, at)
		}
	}
	delete(folders, ".")
	for path := range folders {
		strange = append(strange, path)
	}
	slices.Sort(strange)
	return files, strange, err
}

func hashAll(folder string) ([]File, error) {
	names, strange, err := walk(folder)
	if err == nil && len(strange) > 0 {
		err = fmt.Errorf("%s 不是普通的文件", filepath.Join(folder, strange[0]))
	}
	if err != nil {
		return nil, err
	}
	files := make([]File, len(names))
	for i, name := range names {
		if files[i], err = Hash(os.DirFS(folder), name); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files, nil
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

// HashOf is the File that a text would be.
func HashOf(path string, text []byte) File {
	sum := sha256.Sum256(text)
	return File{Path: path, Size: int64(len(text)), SHA256: hex.EncodeToString(sum[:])}
}

// Short is a digest as folders are named and people compare it.
func Short(digest string) string { return digest[:min(12, len(digest))] }

func digest(files []File) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s  %s\n", f.SHA256, f.Path)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func paths(files []File) []string {
	var list []string
	for _, f := range files {
		list = append(list, f.Path)
	}
	return list
}

// Has tells whether an edition was published with a file.
func (e Edition) Has(name string) bool {
	return slices.ContainsFunc(e.Manifest.Outputs, func(f File) bool { return f.Path == name })
}

// Read is one file of an edition, held against its manifest.
func (e Edition) Read(name string) ([]byte, error) {
	if e.Fault != nil {
		return nil, e.Fault
	}
	at := slices.IndexFunc(e.Manifest.Outputs, func(f File) bool { return f.Path == name })
	if at < 0 {
		return nil, fmt.Errorf("%s 里没有 %s，是较早的版本发布的；请重新运行 workreport run", e.Folder, name)
	}
	path := filepath.Join(e.Folder, filepath.FromSlash(name))
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("不是普通的文件")
	}
	if err != nil {
		return nil, fmt.Errorf("%s：%w", path, err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s：%w", path, err)
	}
	if HashOf(name, content) != e.Manifest.Outputs[at] {
		return nil, fmt.Errorf("%s 发布以后被改动了，不能作依据；请重新运行 workreport run", path)
	}
	return content, nil
}
