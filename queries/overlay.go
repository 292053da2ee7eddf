package queries

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Overlay is the set with the files of a folder laid over it: the same id
// replaces, by kind, and a new one is added. A file that would not be read is
// an error, for it would change nothing and look as if it did.
func (s Set) Overlay(fsys fs.FS, folder string) (Set, error) {
	own, faults := read(fsys, folder)
	stray, err := strays(fsys)
	if err != nil {
		faults = append(faults, fmt.Errorf("%s：%w", folder, err))
	}
	for _, name := range stray {
		faults = append(faults, fmt.Errorf("%s:1: 放错了地方，读不到；应放在 figures、tables、checks 或 views 里", path.Join(folder, name)))
	}
	laid := Set{
		Texts:   maps.Clone(s.Texts),
		Figures: lay(s.Figures, own.Figures, func(f Figure) string { return f.ID }),
		Tables:  lay(s.Tables, own.Tables, func(t Table) string { return t.ID }),
		Checks:  lay(s.Checks, own.Checks, func(c Check) string { return c.ID }),
		Views:   lay(s.Views, own.Views, func(v View) string { return v.ID }),
	}
	maps.Copy(laid.Texts, own.Texts)
	laid.sort()
	if len(faults) == 0 {
		faults = laid.faults()
	}
	return laid, errors.Join(faults...)
}

func lay[T any](under, over []T, id func(T) string) []T {
	laid := slices.Clone(under)
	for _, item := range over {
		if at := slices.IndexFunc(laid, func(t T) bool { return id(t) == id(item) }); at >= 0 {
			laid[at] = item
			continue
		}
		laid = append(laid, item)
	}
	return laid
}

// strays are the query files that stand where none is read.
func strays(fsys fs.FS) (stray []string, err error) {
	err = fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		folder, base := path.Split(name)
		if err != nil || entry.IsDir() || strings.ToLower(path.Ext(base)) != ".sql" || strings.HasPrefix(base, ".") {
			return err
		}
		if path.Ext(base) != ".sql" || !slices.Contains(kinds, strings.TrimSuffix(folder, "/")) {
			stray = append(stray, name)
		}
		return nil
	})
	return stray, err
}

// Changes are definitions of one set that another has under the same id and
// defines otherwise.
type Changes struct {
	Figures []Figure
	Parts   []Figure // what ratios among Figures are made of and is not among them
	Tables  []Table
}

// SameFigure tells whether another set defines the figure of an id so that it comes
// out alike; true where either has none.
func (s Set) SameFigure(other Set, id string) bool {
	f, here := s.Figure(id)
	then, there := other.Figure(id)
	return !here || !there || s.ofFigure(f) == other.ofFigure(then)
}

// SameTable is likewise for a table.
func (s Set) SameTable(other Set, t, then Table) bool { return s.ofTable(t) == other.ofTable(then) }

// Words are the names and words in a figure's SQL and in the views that it uses.
func (s Set) Words(f Figure) []string {
	return strings.Split(s.statement(f.SQL+" "+f.Value, map[string]bool{}), "\x00")
}

// Otherwise are the definitions of the other set by which a figure, or a table
// that is compared, comes out in another way than by this one. Claims, which name
// the things of their year, are left alone.
func (s Set) Otherwise(other Set) Changes {
	var c Changes
	for _, f := range s.Figures {
		if then, ok := other.Figure(f.ID); ok && f.Claim == "" && s.ofFigure(f) != other.ofFigure(then) {
			c.Figures = append(c.Figures, then)
		}
	}
	for _, f := range c.Figures {
		for _, id := range []string{f.Numerator, f.Denominator} {
			part, ok := other.Figure(id)
			same := func(f Figure) bool { return f.ID == id }
			if ok && !slices.ContainsFunc(c.Figures, same) && !slices.ContainsFunc(c.Parts, same) {
				c.Parts = append(c.Parts, part)
			}
		}
	}
	for _, t := range s.Tables {
		at := slices.IndexFunc(other.Tables, func(o Table) bool { return o.ID == t.ID })
		if at >= 0 && t.Compare && s.ofTable(t) != other.ofTable(other.Tables[at]) {
			c.Tables = append(c.Tables, other.Tables[at])
		}
	}
	return c
}

// ofFigure is all that a figure's value depends on: two figures of one
// definition have the same text, however they are named, worded and set.
func (s Set) ofFigure(f Figure) string {
	if f.Numerator == "" {
		return s.statement(f.Value, nil) + "\x01" + s.statement(f.SQL, map[string]bool{})
	}
	above, _ := s.Figure(f.Numerator)
	below, _ := s.Figure(f.Denominator)
	return s.ofFigure(above) + "\x02" + s.ofFigure(below)
}

// ofTable is likewise for a table; what is divided by what in it counts too.
func (s Set) ofTable(t Table) string {
	text := s.statement(t.WholeSQL(), map[string]bool{})
	for _, c := range t.Columns {
		if c.Format == Ratio || c.Format == Share {
			text += "\x01" + c.Numerator + "/" + c.Denominator
		}
	}
	return text
}

var token = regexp.MustCompile(`(?s)'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|[\p{L}\p{N}_]+|\s+|.`)

// statement is SQL without its blanks and comments, and the views it uses behind it.
func (s Set) statement(sql string, followed map[string]bool) string {
	var text, views strings.Builder
	for _, word := range token.FindAllString(sql, -1) {
		if strings.TrimSpace(word) == "" || strings.HasPrefix(word, "--") || strings.HasPrefix(word, "/*") {
			continue
		}
		if word[0] != '\'' {
			word = strings.ToLower(strings.Trim(word, `"`))
		}
		text.WriteString(word + "\x00")
		at := slices.IndexFunc(s.Views, func(v View) bool { return v.ID == word })
		if followed != nil && at >= 0 && !followed[word] {
			followed[word] = true
			views.WriteString("\x03" + s.statement(s.Views[at].SQL, followed))
		}
	}
	return text.String() + views.String()
}
