package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// parsed is what the engine's own parser finds in a text of a query file.
type parsed struct {
	tables    []string   // what it reads, in small letters
	forbidden *objection // why it may not be run at all
	unsound   *objection // why its results would not be exact, or not the same twice
	single    bool       // it is SELECT and one value, from nothing
}

// objection is what is wrong with a text, and at which byte of it.
type objection struct {
	at  int
	why string
}

// parses remembers what was found in each text; it is the same for every year.
var parses sync.Map

// parse has the engine take a text apart without running any of it.
func (s *Store) parse(ctx context.Context, text string) (parsed, error) {
	if known, ok := parses.Load(text); ok {
		return known.(parsed), nil
	}
	if at := strings.IndexByte(text, 0); at >= 0 { // where the engine would end the text
		return parsed{forbidden: &objection{at, "含有看不见的控制字符，请删去"}}, nil
	}
	var tree string
	if err := s.pool.QueryRowContext(ctx, "SELECT CAST(json_serialize_sql("+literal(text)+") AS VARCHAR)").Scan(&tree); err != nil {
		return parsed{}, fmt.Errorf("查询语句解析不了：%w", err)
	}
	p, err := readTree(tree, len(text))
	if err != nil {
		return parsed{}, err
	}
	parses.Store(text, p)
	return p, nil
}

// incomplete is said of a text that is not exactly one SELECT.
const incomplete = "本身不是一条完整的 SELECT"

func readTree(tree string, length int) (parsed, error) {
	var answer struct {
		Error      bool   `json:"error"`
		Kind       string `json:"error_type"`
		Message    string `json:"error_message"`
		Position   string `json:"position"`
		Statements []any  `json:"statements"`
	}
	decoder := json.NewDecoder(strings.NewReader(tree))
	decoder.UseNumber() // a place that is not known is 2⁶⁴−1
	if err := decoder.Decode(&answer); err != nil {
		return parsed{}, fmt.Errorf("查询语句的解析结果读不懂：%w", err)
	}
	at, _ := strconv.Atoi(answer.Position)
	switch {
	case answer.Error && answer.Kind == "parser":
		return parsed{forbidden: &objection{at, incomplete + "，语法有误：" + answer.Message}}, nil
	case answer.Error:
		return parsed{forbidden: &objection{0, incomplete + "：查询只能读取记录，不能写文件、改动记录、更改设置、装载扩展或连接别的数据库"}}, nil
	case len(answer.Statements) != 1:
		return parsed{forbidden: &objection{0, fmt.Sprintf("%s：写了 %d 条语句，应只写一条", incomplete, len(answer.Statements))}}, nil
	}
	w := walk{length: length}
	w.node(answer.Statements[0])
	slices.Sort(w.tables)
	p := parsed{tables: slices.Compact(w.tables), forbidden: first(w.forbidden), unsound: first(w.unsound)}
	p.single = !w.star && single(answer.Statements[0])
	return p, nil
}

// first is the objection that a reader of the text comes to first.
func first(faults []objection) *objection {
	if len(faults) == 0 {
		return nil
	}
	f := slices.MinFunc(faults, func(a, b objection) int { return cmp.Or(a.at-b.at, strings.Compare(a.why, b.why)) })
	return &f
}

// single tells whether a statement is SELECT and one value, from nothing.
func single(statement any) bool {
	node := at(at(statement), "node")
	values, _ := node["select_list"].([]any)
	return node["type"] == "SELECT_NODE" && len(values) == 1 && at(node, "from_table")["type"] == "EMPTY" &&
		node["where_clause"] == nil && node["having"] == nil && node["qualify"] == nil
}

// at is the object that a path leads to, an empty one where there is none.
func at(node any, path ...string) map[string]any {
	object, _ := node.(map[string]any)
	for _, key := range path {
		object, _ = object[key].(map[string]any)
	}
	return object
}

// walk goes through the tree of a statement.
type walk struct {
	length    int
	tables    []string
	forbidden []objection
	unsound   []objection
	star      bool // there is a * or COLUMNS, which may be any number of values
}

func (w *walk) node(node any) {
	switch node := node.(type) {
	case []any:
		for _, child := range node {
			w.node(child)
		}
	case map[string]any:
		w.object(node)
		for _, child := range node {
			w.node(child)
		}
	}
}

func (w *walk) object(node map[string]any) {
	switch node["type"] {
	case "BASE_TABLE":
		w.table(node)
	case "TABLE_FUNCTION":
		if name := text(at(node, "function"), "function_name"); !slices.Contains(tableFunctions, name) {
			w.forbid(at(node, "function"), tableFunction(name))
		}
	case "SHOW_REF":
		w.forbid(node, onlyRecords+"，不能用 DESCRIBE、SHOW、SUMMARIZE")
	case "STAR":
		w.star = true
	}
	if name := text(node, "function_name"); name != "" {
		w.function(node, name)
	}
	switch names, _ := node["column_names"].([]any); {
	case len(names) == 1: // the day of the run parses as a column
		w.function(node, strings.ToLower(fmt.Sprint(names[0])))
	case node["class"] == "CONSTANT":
		w.kind(node, at(node, "value", "type"))
	case node["cast_type"] != nil:
		w.kind(node, at(node, "cast_type"))
	case node["sample"] != nil:
		w.doubt(node, "查询用了 SAMPLE："+unrepeatable)
	}
}

func (w *walk) forbid(node map[string]any, why string) {
	w.forbidden = append(w.forbidden, objection{w.place(node), why})
}

func (w *walk) doubt(node map[string]any, why string) {
	w.unsound = append(w.unsound, objection{w.place(node), why})
}

// place is where a node stands in the text, its beginning where that is not known.
func (w *walk) place(node map[string]any) int {
	number, _ := node["query_location"].(json.Number)
	if at, err := strconv.Atoi(number.String()); err == nil && at < w.length {
		return at
	}
	return 0
}

func text(node map[string]any, key string) string {
	value, _ := node[key].(string)
	return strings.ToLower(value)
}

func (w *walk) table(node map[string]any) {
	catalog, schema, name := text(node, "catalog_name"), text(node, "schema_name"), text(node, "table_name")
	switch {
	case strings.ContainsAny(name, `./\:*?`):
		w.forbid(node, fmt.Sprintf("%s%s，“%s”不是记录", noFiles, onlyRecords, name))
	case catalog != "" || schema != "" && schema != "main" || ofEngine.MatchString(name):
		w.forbid(node, fmt.Sprintf("%s，不能读数据库自己的 %s", onlyRecords, strings.TrimLeft(catalog+"."+schema+"."+name, ".")))
	}
	w.tables = append(w.tables, name)
}

func (w *walk) function(node map[string]any, name string) {
	if reaching.MatchString(name) && node["column_names"] == nil {
		w.forbid(node, onlyRecords+"，不能用函数 "+name)
	}
	why, ok := refused[name]
	if ok && (node["column_names"] == nil || why == unrepeatable) {
		w.doubt(node, "查询用了 "+name+"："+why)
	}
}

// kind looks at the type that something is written in or turned into.
func (w *walk) kind(node, kind map[string]any) {
	name, _ := kind["id"].(string)
	switch {
	case name == "DOUBLE" || name == "FLOAT":
		w.doubt(node, "查询转成了 "+name+"："+inexact)
	case strings.HasSuffix(name, "WITH TIME ZONE"):
		w.doubt(node, "查询转成了 "+name+"："+unrepeatable)
	}
	if child := at(kind, "type_info", "child_type"); child != nil {
		w.kind(node, child)
	}
}
