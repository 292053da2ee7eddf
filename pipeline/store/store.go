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
	"os"
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
	if err := os.MkdirAll(s.outFolder(), 0o700); err != nil {
		s.Close()
		return nil, fmt.Errorf("临时文件夹建不了：%w", err)
	}
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

// Seal ends the loading: it takes every access to files and settings from the
// engine, and only then makes the views, in whatever order they need one another.
func (s *Store) Seal(ctx context.Context, views []queries.View) error {
	var own []string
	for _, parts := range s.parts {
		for _, p := range parts {
			own = append(own, literal(p.path))
		}
	}
	for _, setting := range []string{
		"SET allowed_paths = [" + strings.Join(own, ", ") + "]", // the records themselves
		"SET allowed_directories = [" + literal(s.outFolder()) + "]",
		"SET enable_external_access = false", "SET lock_configuration = true",
	} {
		if _, err := s.conn.ExecContext(ctx, setting); err != nil {
			return fmt.Errorf("数据库封闭：%w", err)
		}
	}
	if err := s.makeViews(ctx); err != nil {
		return err
	}
	return s.define(ctx, views)
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
	for _, v := range views {
		if err := s.admitText(ctx, "查询正文", v.SQL, v.File, v.Line); err != nil {
			return err
		}
	}
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
