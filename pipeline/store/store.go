// Package store keeps a year's typed records in Parquet files private to the
// run, and answers queries over them, by DuckDB, with Arrow records. Every row
// knows its _file, _sheet and _row. It refuses floating-point results: a figure
// is exact.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/marcboeker/go-duckdb/v2"

	"workreport/pipeline/contract"
	"workreport/queries"
)

// Store is an open database with the tables of a contract.
type Store struct {
	contract contract.Contract
	views    map[string]queries.View
	pool     *sql.DB
	conn     *sql.Conn
	folder   string

	mutex   sync.Mutex         // over what follows: files are loaded side by side
	made    int                // parts begun so far
	parts   map[string][]*part // by the name of their set
	refused map[int]bool       // numbers of the parts with rows taken out
}

// options keep the engine from fetching or loading anything at run time.
const options = "?autoinstall_known_extensions=false&autoload_known_extensions=false&allow_community_extensions=false&preserve_insertion_order=true"

// MemoryLimit bounds what the engine holds in memory; the rest is spilled.
const MemoryLimit = "800MB"

// Open makes a database in the folder, which must be private to the run, with
// an empty view for each record set and the table edition. What the contract
// marks private has no column: no query can bring it out.
func Open(ctx context.Context, folder string, c contract.Contract, e contract.Edition) (*Store, error) {
	connector, err := duckdb.NewConnector(filepath.Join(folder, fmt.Sprintf("records-%d.duckdb", e.Year))+options, nil)
	if err != nil {
		return nil, fmt.Errorf("数据库打不开：%w", err)
	}
	pool := sql.OpenDB(connector)
	conn, err := pool.Conn(ctx)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("数据库打不开：%w", err)
	}
	s := &Store{contract: c, views: map[string]queries.View{}, pool: pool, conn: conn, folder: folder,
		parts: map[string][]*part{}, refused: map[int]bool{}}
	statements := append([]string{
		"SET temp_directory = " + literal(filepath.Join(folder, "spill")),
		"SET memory_limit = " + literal(MemoryLimit),
		"CREATE TABLE _refused (part INTEGER, row BIGINT)",
	}, editionTable(e)...)
	for _, statement := range statements {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			s.Close()
			return nil, fmt.Errorf("数据库建表：%w", err)
		}
	}
	return s, s.makeViews(ctx)
}

// Close lets go of the database; its file stays in the folder.
func (s *Store) Close() error {
	return errors.Join(s.conn.Close(), s.pool.Close())
}

// moneyDigits is how many digits a Number has.
const moneyDigits = 18

func sqlType(t contract.Type) string {
	switch t {
	case contract.Integer:
		return "BIGINT"
	case contract.Number:
		return fmt.Sprintf("DECIMAL(%d,%d)", moneyDigits, contract.MoneyPlaces)
	case contract.Date:
		return "DATE"
	case contract.Boolean:
		return "BOOLEAN"
	}
	return "VARCHAR"
}

// editionTable is the one-row table by which queries see the settings of the year.
func editionTable(e contract.Edition) []string {
	names := []string{"year BIGINT", "proposal_session VARCHAR", "cut_off DATE"}
	values := []string{strconv.Itoa(e.Year), literal(e.ProposalSession), "DATE " + literal(e.CutOff.Format("2006-01-02"))}
	for _, w := range e.Windows {
		names = append(names, w.Name+"_first DATE", w.Name+"_last DATE")
		values = append(values, "DATE "+literal(w.First.Format("2006-01-02")), "DATE "+literal(w.Last.Format("2006-01-02")))
	}
	return []string{
		"CREATE TABLE edition (" + strings.Join(names, ", ") + ")",
		"INSERT INTO edition VALUES (" + strings.Join(values, ", ") + ")",
	}
}

// Seal ends the loading: it makes the views, in whatever order they need one
// another, and takes every access to files and settings from the engine.
func (s *Store) Seal(ctx context.Context, views []queries.View) error {
	if err := s.makeViews(ctx); err != nil {
		return err
	}
	if err := s.define(ctx, views); err != nil {
		return err
	}
	var own []string
	for _, parts := range s.parts {
		for _, p := range parts {
			own = append(own, literal(p.path))
		}
	}
	for _, setting := range []string{
		"SET allowed_paths = [" + strings.Join(own, ", ") + "]", // the records themselves
		"SET enable_external_access = false", "SET lock_configuration = true",
	} {
		if _, err := s.conn.ExecContext(ctx, setting); err != nil {
			return fmt.Errorf("数据库封闭：%w", err)
		}
	}
	return nil
}

// Redefine puts other views in the place of those that Seal made.
func (s *Store) Redefine(ctx context.Context, views []queries.View) error {
	for _, name := range slices.Sorted(maps.Keys(s.views)) {
		if _, err := s.conn.ExecContext(ctx, "DROP VIEW "+quoted(name)); err != nil {
			return fmt.Errorf("数据库视图：%w", err)
		}
		delete(s.views, name)
	}
	return s.define(ctx, views)
}

func (s *Store) define(ctx context.Context, views []queries.View) error {
	waiting := slices.Clone(views)
	for len(waiting) > 0 {
		var still []queries.View
		var last error
		for _, v := range waiting {
			create := fmt.Sprintf("CREATE VIEW %s AS\n%s", quoted(v.ID), v.SQL)
			if _, err := s.conn.ExecContext(ctx, create); err != nil {
				still, last = append(still, v), locate(err, v.File, v.Line, 1, v.Line)
				continue
			}
			s.views[v.ID] = v
		}
		if len(still) == len(waiting) {
			return last
		}
		waiting = still
	}
	return nil
}

// Sources are the titles of the record sets a query reads, views followed,
// in the order of their names. It is an error for the query to compute with
// floats on the way, or with anything that is not the same twice.
func (s *Store) Sources(ctx context.Context, q Query) ([]string, error) {
	found := map[string]bool{}
	parts := []string{q.Body} // which must be whole by itself
	if q.Before != "" {
		parts = append(parts, q.SQL())
	}
	for _, part := range parts {
		if err := s.follow(ctx, part, found); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", q.File, q.Line, err)
		}
	}
	var titles []string
	for _, set := range s.contract.Sets {
		if found[set.Name] {
			titles = append(titles, set.Title)
		}
	}
	return titles, nil
}

var (
	tableName    = regexp.MustCompile(`"type":"BASE_TABLE"[^{}]*"table_name":"([^"]+)"`)
	functionName = regexp.MustCompile(`"function_name":"([^"]+)"|"column_names":\["((?:current|local)_?(?:date|time|timestamp))"\]`)
	floatCast    = regexp.MustCompile(`"cast_type":\{"id":"(DOUBLE|FLOAT)"`)
)

// refused are the functions whose results are not exact, or not the same twice.
var refused = map[string]string{
	"/": inexact, "avg": inexact, "mean": inexact, "median": inexact, "stddev": inexact, "sqrt": inexact, "pow": inexact, "power": inexact, "^": inexact,
	"random": unrepeatable, "uuid": unrepeatable, "gen_random_uuid": unrepeatable, "now": unrepeatable, "today": unrepeatable,
	"get_current_timestamp": unrepeatable, "current_date": unrepeatable, "current_time": unrepeatable,
	"current_timestamp": unrepeatable, "localtime": unrepeatable, "localtimestamp": unrepeatable, "getenv": unrepeatable,
}

const (
	inexact      = "结果是浮点数，不精确；比率请用“a / b”的写法由两个数字相除"
	unrepeatable = "每次结果不同，同样的记录会得出不同的数字"
)

// follow reads the engine's own parse of the query: it finds the tables, and
// refuses what would not be exact or not be the same twice.
func (s *Store) follow(ctx context.Context, query string, found map[string]bool) error {
	var tree string
	if err := s.pool.QueryRowContext(ctx, "SELECT CAST(json_serialize_sql("+literal(query)+") AS VARCHAR)").Scan(&tree); err != nil {
		return fmt.Errorf("查找数据来源：%w", err)
	}
	if strings.HasPrefix(tree, `{"error":true`) {
		return fmt.Errorf("查询正文本身不是一条完整的 SELECT")
	}
	for _, match := range functionName.FindAllStringSubmatch(tree, -1) {
		name := match[1] + match[2] // the day of the run parses as a column
		if why, ok := refused[name]; ok {
			return fmt.Errorf("查询用了 %s：%s", name, why)
		}
	}
	if match := floatCast.FindStringSubmatch(tree); match != nil {
		return fmt.Errorf("查询转成了 %s：%s", match[1], inexact)
	}
	for _, match := range tableName.FindAllStringSubmatch(tree, -1) {
		name := match[1]
		view, isView := s.views[name]
		if isView && !found[name] {
			found[name] = true
			if err := s.follow(ctx, view.SQL, found); err != nil {
				return err
			}
		}
		found[name] = true
	}
	return nil
}

var errorLine = regexp.MustCompile(`(?s)^(.*?)\s*\n\nLINE (\d+):`)

// locate gives an engine's error the line of the query file it is about: line n
// of the statement is line bodyLine+n-1-before of the file, where before lines
// come in front of the body; anything in front of it is headLine.
func locate(err error, file string, bodyLine, before, headLine int) error {
	message, line := strings.TrimSpace(err.Error()), bodyLine
	if parts := errorLine.FindStringSubmatch(message); parts != nil {
		n, _ := strconv.Atoi(parts[2])
		message = parts[1]
		if line = bodyLine + n - 1 - before; n <= before {
			line = headLine
		}
	}
	message = strings.Join(strings.Fields(message), " ")
	return fmt.Errorf("%s:%d: %s%s", file, line, hint(message), message)
}

// hint says in Chinese what kind of mistake the engine's message is about.
func hint(message string) string {
	for _, h := range [][2]string{
		{"Parser Error", "语法有误："},
		{"Catalog Error", "没有这个表、视图或函数："},
		{"Referenced column", "没有这一列："},
		{"does not have a column", "没有这一列："},
		{"Conversion Error", "数据类型转换不了："},
		{"Permission Error", "查询不得读写文件："},
	} {
		if strings.Contains(message, h[0]) {
			return h[1]
		}
	}
	return "查询执行不了："
}

func quoted(name string) string  { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
