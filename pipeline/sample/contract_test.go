package sample

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

type schema struct {
	Name   string
	Fields []struct {
		Name, Title, Type string
		Constraints       struct {
			Required bool
			Enum     []string
		}
	}
	PrimaryKey  []string
	ForeignKeys []struct {
		Fields    []string
		Reference struct {
			Resource string
			Fields   []string
		}
	}
}

func readSchemas(t *testing.T) map[string]schema {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", "data", "contract", "*.json"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no contract: %v", err)
	}
	out := map[string]schema{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var s schema
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[s.Name] = s
	}
	return out
}

// checkContract holds rows to types, required fields, enumerations, keys and foreign keys.
func checkContract(t *testing.T, schemas map[string]schema, what string, rows map[string][][]string) {
	t.Helper()
	for _, s := range sets {
		sc := schemas[s.name]
		if len(rows[s.name]) == 0 {
			t.Errorf("%s %s: no rows", what, s.name)
		}
		for i, row := range rows[s.name] {
			for j, f := range sc.Fields {
				cell := row[j]
				if cell == "" {
					if f.Constraints.Required {
						t.Errorf("%s %s row %d: no %s", what, s.name, i+1, f.Name)
					}
					continue
				}
				if enum := f.Constraints.Enum; enum != nil && !slices.Contains(enum, cell) {
					t.Errorf("%s %s row %d: %s %q", what, s.name, i+1, f.Name, cell)
				}
				if !isOfType(cell, f.Type) {
					t.Errorf("%s %s row %d: %s %q is no %s", what, s.name, i+1, f.Name, cell, f.Type)
				}
			}
		}
		keys := keysOf(s.name, sc.PrimaryKey, rows)
		if len(keys) != len(rows[s.name]) {
			t.Errorf("%s %s: %d keys for %d rows", what, s.name, len(keys), len(rows[s.name]))
		}
		for _, fk := range sc.ForeignKeys {
			there := keysOf(fk.Reference.Resource, fk.Reference.Fields, rows)
			for k := range keysOf(s.name, fk.Fields, rows) {
				if k != "" && !there[k] {
					t.Errorf("%s %s: %v %q is not in %s", what, s.name, fk.Fields, k, fk.Reference.Resource)
				}
			}
		}
	}
}

func isOfType(cell, kind string) bool {
	var err error
	switch kind {
	case "integer":
		_, err = strconv.Atoi(cell)
	case "number":
		_, err = strconv.ParseFloat(cell, 64)
	case "date":
		_, err = time.Parse(time.DateOnly, cell)
	case "boolean":
		return cell == "是" || cell == "否"
	}
	return err == nil
}

func keysOf(name string, fields []string, rows map[string][][]string) map[string]bool {
	out := map[string]bool{}
	for _, row := range rows[name] {
		var k []string
		for _, f := range fields {
			k = append(k, row[columnAt(name, f)])
		}
		out[strings.Join(k, "|")] = true
	}
	return out
}

func columnAt(name, field string) int {
	at := slices.IndexFunc(setNamed(name).columns, func(c column) bool { return c.name == field })
	if at < 0 {
		panic(name + " has no column " + field)
	}
	return at
}
