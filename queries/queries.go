// Package queries holds the definitions of everything the report counts: one
// SQL file a figure, a table, a check or a shared view, each under a strict
// header that says what it is. It parses the headers and knows nothing of data.
package queries

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

//go:embed figures/*.sql tables/*.sql checks/*.sql views/*.sql
var files embed.FS

// Embedded is the folder of queries in the program.
func Embedded() fs.FS { return files }

// maxFile bounds the size of one query file, in bytes.
const maxFile = 1 << 20

// Load reads the folders figures, tables, checks and views. All that is wrong
// is in the error, a line each, with file and line; folder is the name of fsys
// in those lines.
func Load(fsys fs.FS, folder string) (Set, error) {
	set, faults := read(fsys, folder)
	if len(set.Figures) == 0 && len(faults) == 0 {
		return Set{}, fmt.Errorf("%s：没有 figures/*.sql，请用 workreport init 生成查询文件", folder)
	}
	set.sort()
	faults = append(faults, set.faults()...)
	return set, errors.Join(faults...)
}

// kinds are the folders of a folder of queries.
var kinds = []string{"figures", "tables", "checks", "views"}

// read reads what is there, each file by itself.
func read(fsys fs.FS, folder string) (set Set, faults []error) {
	set.Texts = map[string]string{}
	read := func(kind string, add func(file) error) {
		names, err := fs.Glob(fsys, kind+"/*.sql")
		if err != nil {
			faults = append(faults, err)
		}
		for _, name := range names {
			f, err := parse(fsys, name, path.Join(folder, name))
			set.Texts[name] = f.text
			if err == nil {
				err = add(f)
			}
			if err != nil {
				faults = append(faults, err)
			}
		}
	}
	read("figures", func(f file) error { return collect(&set.Figures, f, figure) })
	read("tables", func(f file) error { return collect(&set.Tables, f, table) })
	read("checks", func(f file) error { return collect(&set.Checks, f, check) })
	read("views", func(f file) error { return collect(&set.Views, f, view) })
	return set, faults
}

func collect[T any](list *[]T, f file, read func(file) (T, error)) error {
	item, err := read(f)
	if err == nil {
		*list = append(*list, item)
	}
	return err
}

func (s *Set) sort() {
	slices.SortFunc(s.Figures, func(a, b Figure) int { return cmp.Or(a.Order-b.Order, strings.Compare(a.ID, b.ID)) })
	slices.SortFunc(s.Tables, func(a, b Table) int { return cmp.Or(a.Order-b.Order, strings.Compare(a.ID, b.ID)) })
	slices.SortFunc(s.Checks, func(a, b Check) int { return cmp.Or(a.Order-b.Order, strings.Compare(a.ID, b.ID)) })
	slices.SortFunc(s.Views, func(a, b View) int { return strings.Compare(a.ID, b.ID) })
}

// faults are the mistakes that only all the files together show.
func (s Set) faults() []error {
	var faults []error
	seen := map[string]string{}
	name := func(id, file string) {
		if other, twice := seen[id]; twice {
			faults = append(faults, fmt.Errorf("%s:1: %s 已经在 %s 里定义", file, id, other))
		}
		seen[id] = file
	}
	for _, f := range s.Figures {
		name(f.ID, f.File)
	}
	for _, t := range s.Tables {
		name(t.ID, t.File)
		if t.ID == TrendID {
			faults = append(faults, fmt.Errorf("%s:1: %s 是程序自己的历年数字表，请换一个编号", t.File, t.ID))
		}
	}
	for _, c := range s.Checks {
		name(c.ID, c.File)
	}
	for _, f := range s.Figures {
		for _, part := range []string{f.Numerator, f.Denominator} {
			if whole, ok := s.Figure(part); part != "" && (!ok || whole.SQL == "") {
				faults = append(faults, fmt.Errorf("%s:%d: 比率引用的数字 %s 不存在，或本身也是比率", f.File, f.ValueLine, part))
			}
		}
	}
	return faults
}

// Figure finds a figure by its id.
func (s Set) Figure(id string) (Figure, bool) {
	for _, f := range s.Figures {
		if f.ID == id {
			return f, true
		}
	}
	return Figure{}, false
}

// file is one query file taken apart: header lines and body.
type file struct {
	name   string // as messages give it
	text   string
	kind   string // the first header key: figure, table, check, view
	id     string
	header []line
	sql    string
	first  int // line of the file on which sql begins
}

type line struct {
	key, value string
	number     int
}

// goOn adds what stands on the next line: words follow directly, SQL keeps its lines.
func (l *line) goOn(more string) {
	if l.key == "records" {
		l.value += "\n" + more
		return
	}
	l.value += strings.TrimSpace(more)
}

func (f file) fault(number int, format string, values ...any) error {
	return fmt.Errorf("%s:%d: %s", f.name, number, fmt.Sprintf(format, values...))
}

var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

var headerLine = regexp.MustCompile(`^-- ([a-z_]+): *(.*\S)\s*$`)

// parse splits a file into its header, the comment lines at its top, and its
// body. A header line is "-- key: value"; "--" and three blanks go on with the
// value of the line before.
func parse(fsys fs.FS, name, shown string) (file, error) {
	f := file{name: shown}
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return f, err
	}
	if len(text) > maxFile {
		return f, f.fault(1, "超过 1 MB，不像是查询文件")
	}
	f.text = string(text)
	lines := strings.Split(strings.TrimPrefix(f.text, "\ufeff"), "\n")
	body := 0
	for body < len(lines) {
		l := strings.TrimRight(lines[body], "\r ")
		if !strings.HasPrefix(l, "--") {
			break
		}
		body++
		if more, ok := strings.CutPrefix(l, "--   "); ok && len(f.header) > 0 {
			f.header[len(f.header)-1].goOn(more)
			continue
		}
		if strings.ContainsFunc(l, func(r rune) bool { return unicode.IsControl(r) && r != '\t' }) {
			return f, f.fault(body, "文件头含有看不见的控制字符")
		}
		parts := headerLine.FindStringSubmatch(l)
		if parts == nil {
			return f, f.fault(body, "文件头应是“-- 键: 值”，这一行不是：%s", l)
		}
		f.header = append(f.header, line{parts[1], parts[2], body})
	}
	if len(f.header) == 0 {
		return f, f.fault(1, "缺文件头，第一行应是“-- figure: 编号”一类")
	}
	f.kind, f.id = f.header[0].key, f.header[0].value
	f.header = f.header[1:]
	for body < len(lines) && strings.TrimSpace(lines[body]) == "" {
		body++
	}
	f.sql, f.first = strings.TrimRight(strings.Join(lines[body:], "\n"), " \r\n\t"), body+1
	if at := strings.Index(f.sql, ";"); at >= 0 {
		return f, f.fault(f.first+strings.Count(f.sql[:at], "\n"), "查询里不能有分号，一个文件只写一条 SELECT")
	}
	if !identifier.MatchString(f.id) {
		return f, f.fault(1, "编号 %q 只能用小写英文字母、数字和下划线", f.id)
	}
	if want := strings.TrimSuffix(path.Base(name), ".sql"); f.id != want {
		return f, f.fault(1, "编号 %s 应与文件名一致，写作 %s", f.id, want)
	}
	return f, nil
}
