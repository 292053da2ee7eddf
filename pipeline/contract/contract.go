// Package contract holds what a year's records must look like: the record sets
// with their typed fields, and the settings of the year. It turns rows of text
// into typed values and lists all that is wrong with them; it does not look
// from one row to another (the store does).
package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Contract is the record sets of a year, sorted by name.
type Contract struct {
	Sets  []Set
	Texts map[string]string // the files as they stand, by their name: proposals.json
}

// Set describes one record set: a Frictionless Table Schema with a name.
type Set struct {
	Name        string       `json:"name"`
	Title       string       `json:"title"`
	Description string       `json:"description"`
	Fields      []Field      `json:"fields"`
	PrimaryKey  []string     `json:"primaryKey"`
	ForeignKeys []ForeignKey `json:"foreignKeys"`
	File        string       `json:"-"` // the file that declares it
}

// Field is one column of a record set.
type Field struct {
	Name        string      `json:"name"`
	Title       string      `json:"title"` // the header on the office's form
	Type        Type        `json:"type"`
	Description string      `json:"description"`
	Aliases     []string    `json:"aliases"` // other headers that mean the same
	Private     bool        `json:"private"` // leaves in no output
	Constraints Constraints `json:"constraints"`
}

// Constraints are the rules for one cell.
type Constraints struct {
	Required bool     `json:"required"`
	Enum     []string `json:"enum"`
	Minimum  *int64   `json:"minimum"`

	// WithinYears is how many years a date may be away from the year of the report
	// before it is taken for a slip; 0 for any.
	WithinYears int `json:"withinYears"`
}

// ForeignKey says that Fields must name a row of another set.
type ForeignKey struct {
	Fields    []string  `json:"fields"`
	Reference Reference `json:"reference"`
}

// Reference is where a ForeignKey leads.
type Reference struct {
	Set    string   `json:"resource"`
	Fields []string `json:"fields"`
}

// Type is what a cell holds.
type Type string

// The types of a field. A Number is an exact decimal with two places.
const (
	String  Type = "string"
	Integer Type = "integer"
	Number  Type = "number"
	Date    Type = "date"
	Boolean Type = "boolean"
)

// Title is the type as the reader knows it.
func (t Type) Title() string {
	return map[Type]string{String: "文本", Integer: "整数", Number: "金额（两位小数）", Date: "日期", Boolean: "是/否"}[t]
}

// Set finds a record set by its name.
func (c Contract) Set(name string) (Set, bool) {
	for _, s := range c.Sets {
		if s.Name == name {
			return s, true
		}
	}
	return Set{}, false
}

// Field finds a field by its name.
func (s Set) Field(name string) (Field, bool) {
	for _, f := range s.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Load reads every *.json of the folder. An error names the file and, where it
// is known, the line.
func Load(fsys fs.FS, folder string) (Contract, error) {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return Contract{}, err
	}
	if len(names) == 0 {
		return Contract{}, fmt.Errorf("%s：没有记录约定（*.json），请用 workreport init 生成", folder)
	}
	c := Contract{Texts: map[string]string{}}
	texts := map[string][]byte{}
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return Contract{}, err
		}
		file := path.Join(folder, name)
		set, err := parseSet(text, file)
		if err != nil {
			return Contract{}, err
		}
		texts[set.Name] = text
		c.Texts[name] = string(text)
		c.Sets = append(c.Sets, set)
	}
	slices.SortFunc(c.Sets, func(a, b Set) int { return strings.Compare(a.Name, b.Name) })
	titles := map[string]string{}
	for _, set := range c.Sets {
		if other, taken := titles[set.Title]; taken {
			return Contract{}, faultAt(texts[set.Name], set.File, `"title"`, "名称“%s”已经是 %s 的", set.Title, other)
		}
		titles[set.Title] = set.Name
		if err := c.checkReferences(set, texts[set.Name]); err != nil {
			return Contract{}, err
		}
	}
	return c, nil
}

// maxSchema bounds the size of one schema file.
const maxSchema = 1 << 20

func parseSet(text []byte, file string) (Set, error) {
	if len(text) > maxSchema {
		return Set{}, fmt.Errorf("%s：记录约定超过 1 MB，不像是约定文件", file)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	set := Set{File: file}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&set); err != nil {
		return Set{}, fmt.Errorf("%s:%d: 记录约定读不懂：%s", file, errorLine(text, decoder, err), err)
	}
	if want := strings.TrimSuffix(path.Base(file), ".json"); set.Name != want {
		return Set{}, faultAt(text, file, `"name"`, "记录名 %q 应与文件名一致，写作 %q", set.Name, want)
	}
	if set.Title == "" || set.Description == "" || len(set.Fields) == 0 || len(set.PrimaryKey) == 0 {
		return Set{}, faultAt(text, file, `"name"`, "title、description、fields、primaryKey 缺一不可")
	}
	return set, checkFields(set, text)
}

var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func checkFields(set Set, text []byte) error {
	if !identifier.MatchString(set.Name) || set.Name == "edition" {
		return faultAt(text, set.File, `"name"`, "记录名 %q 只能用小写英文字母、数字和下划线，且不能是 edition", set.Name)
	}
	headers := map[string]string{}
	for _, f := range set.Fields {
		at := fmt.Sprintf("%q", f.Name)
		switch {
		case !identifier.MatchString(f.Name):
			return faultAt(text, set.File, at, "字段名 %q 只能用小写英文字母、数字和下划线", f.Name)
		case f.Title == "" || f.Description == "":
			return faultAt(text, set.File, at, "字段 %s 缺 title（表头）或 description（说明）", f.Name)
		case f.Type.Title() == "":
			return faultAt(text, set.File, at, "字段 %s 的类型 %q 不认识，可用 string、integer、number、date、boolean", f.Name, f.Type)
		case len(f.Constraints.Enum) > 0 && f.Type != String:
			return faultAt(text, set.File, at, "字段 %s：只有文本字段才能有可选值（enum）", f.Name)
		case f.Constraints.WithinYears != 0 && (f.Type != Date || f.Private || f.Constraints.WithinYears < 0):
			return faultAt(text, set.File, at, "字段 %s：只有公开的日期字段才能有 withinYears，且是正整数", f.Name)
		}
		for _, header := range f.Headers() {
			if other, taken := headers[fold(header)]; taken && other != f.Name {
				return faultAt(text, set.File, at, "表头“%s”既指 %s 又指 %s", header, other, f.Name)
			}
			headers[fold(header)] = f.Name
		}
	}
	for _, key := range set.PrimaryKey {
		if f, ok := set.Field(key); !ok || f.Private {
			return faultAt(text, set.File, `"primaryKey"`, "主键 %s 不是本表的字段，或不公开", key)
		}
	}
	return nil
}

func (c Contract) checkReferences(set Set, text []byte) error {
	for _, key := range set.ForeignKeys {
		target, ok := c.Set(key.Reference.Set)
		if !ok {
			return faultAt(text, set.File, `"foreignKeys"`, "外键所指的记录 %q 没有约定", key.Reference.Set)
		}
		if len(key.Fields) == 0 || len(key.Fields) != len(key.Reference.Fields) {
			return faultAt(text, set.File, `"foreignKeys"`, "外键两边的字段数不等")
		}
		for i, name := range key.Fields {
			from, ok := set.Field(name)
			to, found := target.Field(key.Reference.Fields[i])
			if !ok || !found || from.Type != to.Type || from.Private || to.Private {
				return faultAt(text, set.File, `"foreignKeys"`, "外键 %s → %s.%s：字段不存在、类型不同或不公开", name, target.Name, key.Reference.Fields[i])
			}
		}
	}
	return nil
}

func (s Set) hasPrivate() bool {
	return slices.ContainsFunc(s.Fields, func(f Field) bool { return f.Private })
}

// Headers are all the column headings that mean the field.
func (f Field) Headers() []string {
	return append([]string{f.Name, f.Title}, f.Aliases...)
}

// faultAt is an error at the first line of the file that holds the words.
func faultAt(text []byte, file, words, format string, values ...any) error {
	line := 1
	if at := bytes.Index(text, []byte(words)); at >= 0 {
		line += bytes.Count(text[:at], []byte("\n"))
	}
	return fmt.Errorf("%s:%d: %s", file, line, fmt.Sprintf(format, values...))
}

func errorLine(text []byte, decoder *json.Decoder, err error) int {
	offset := decoder.InputOffset()
	switch err := err.(type) {
	case *json.SyntaxError:
		offset = err.Offset
	case *json.UnmarshalTypeError:
		offset = err.Offset
	}
	return 1 + bytes.Count(text[:min(offset, int64(len(text)))], []byte("\n"))
}
