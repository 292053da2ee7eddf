package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"workreport/queries"
)

// statements are what no query file may have done; OUT is a folder that must
// stay empty, PART a file of the run's own records.
var statements = []string{
	"COPY things TO 'OUT/things.csv'", "COPY (SELECT 1) TO 'OUT/one.parquet' (FORMAT parquet)", "COPY (SELECT 1 AS no) TO 'PART' (FORMAT parquet)",
	"COPY things FROM '/etc/passwd'", "EXPORT DATABASE 'OUT/all'", "IMPORT DATABASE 'OUT'",
	"INSTALL httpfs", "LOAD httpfs", "FORCE INSTALL spatial", "ATTACH 'OUT/other.duckdb'", "ATTACH ':memory:' AS other", "DETACH records", "USE main",
	"SET enable_external_access = true", "SET memory_limit = '1GB'", "RESET memory_limit", "SET VARIABLE x = 1",
	"PRAGMA database_list", "PRAGMA enable_profiling", "PRAGMA profiling_output = 'OUT/profile'",
	"INSERT INTO _refused VALUES (1, 2)", "INSERT INTO edition SELECT * FROM edition", "UPDATE edition SET year = 1999", "DELETE FROM edition", "TRUNCATE edition",
	"DROP VIEW things", "DROP TABLE edition", "ALTER TABLE edition ADD COLUMN x INTEGER", "CREATE TABLE x AS SELECT 1", "CREATE OR REPLACE VIEW things AS SELECT 1",
	"CREATE MACRO count(x) AS 42", "CREATE SECRET (TYPE s3)", "CREATE SEQUENCE x", "CREATE TYPE x AS ENUM ('a')",
	"CALL pragma_version()", "CHECKPOINT", "VACUUM", "ANALYZE", "BEGIN", "ROLLBACK", "PREPARE x AS SELECT 1", "EXECUTE x", "EXPLAIN ANALYZE SELECT 1",
	"COMMENT ON TABLE edition IS 'x'", "SELECT 1 INTO x",
}

// around are ways to have a statement done beside a SELECT: % stands for it.
var around = []string{
	"%", "%;", "SELECT * FROM things; %", "%; SELECT * FROM things", "SELECT 1 AS x) AS x; %; SELECT * FROM (SELECT 1 AS x",
	"SELECT 1 AS x) AS x; % --", "SELECT 1 AS x) AS x; % /*", "SELECT 1 AS x -- ;\n; %", "SELECT 1 /* ' */; %", "SELECT '--'; %; SELECT '--'", "SELECT $$ ; $$; %",
	"SELECT 1;\u00a0%", "SELECT 1\n;\r\n%\n;", "(SELECT 1); %", "WITH x AS (%) SELECT * FROM x", "SELECT * FROM (%)", "SELECT (%)", "SELECT 1 UNION ALL (%)", "\\%", "%\x00", "SELECT 1\x00; %",
}

// readings are SELECTs that reach for something besides the records.
var readings = []string{
	"SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM READ_TEXT('/etc/passwd')", `SELECT * FROM "Read_Text"('/etc/passwd')`, "FROM read_blob('/etc/passwd')",
	"SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM read_csv_auto('/etc/passwd')", "SELECT * FROM read_json('/etc/passwd')", "SELECT * FROM read_parquet('PART')",
	"SELECT * FROM parquet_scan('PART')", "SELECT * FROM parquet_metadata('PART')", "SELECT * FROM parquet_schema('PART')", "SELECT * FROM sniff_csv('/etc/passwd')",
	"SELECT * FROM glob('/etc/*')", "SELECT * FROM '/etc/passwd'", "SELECT * FROM 'PART'", `SELECT * FROM "/etc/passwd" AS "{"`, "FROM 'x.csv'", "TABLE 'x.parquet'", "SELECT * FROM 'https://example.org/x.csv'",
	"SELECT * FROM main.read_text('/etc/passwd')", "SELECT * FROM system.main.read_text('/etc/passwd')", "SELECT * FROM things, LATERAL (SELECT * FROM read_text(no))",
	"SELECT * FROM query('SELECT 1')", "SELECT * FROM query_table('things')", "SELECT * FROM json_execute_serialized_sql('{}')", "SELECT * FROM sql_auto_complete('S')",
	"SELECT * FROM duckdb_settings()", "SELECT * FROM duckdb_secrets()", "SELECT * FROM duckdb_tables", "SELECT * FROM main.duckdb_tables", "SELECT * FROM system.main.duckdb_tables",
	"SELECT * FROM pragma_version()", "SELECT * FROM pragma_storage_info('edition')", "SELECT * FROM enable_logging()", "SELECT * FROM checkpoint()", "SELECT * FROM force_checkpoint()",
	"SELECT * FROM which_secret('x', 's3')", "SELECT * FROM duckdb_logs()", "SELECT * FROM truncate_duckdb_logs()", "SELECT * FROM test_all_types()", "SELECT * FROM repeat(1, 2)",
	"SELECT * FROM information_schema.tables", "SELECT * FROM pg_catalog.pg_class", "SELECT * FROM pg_class", "SELECT * FROM sqlite_master", "SELECT * FROM SQLITE_MASTER", "SELECT * FROM _refused", `SELECT * FROM "_Refused"`,
	"SHOW TABLES", "SHOW ALL TABLES", "DESCRIBE things", "SUMMARIZE things", "SHOW DATABASES", "SELECT * FROM (DESCRIBE things)", "SELECT * FROM (SHOW TABLES)",
	"SELECT current_setting('temp_directory') AS x", "SELECT main.current_setting('temp_directory') AS x", "SELECT Current_Setting('temp_directory') AS x", "SELECT getvariable('x') AS x", "SELECT getenv('HOME') AS x",
	"SELECT nextval('x') AS x", "SELECT txid_current() AS x", "SELECT version() AS x", "SELECT write_log('x') AS x", "SELECT current_query() AS x", "SELECT pg_get_viewdef(1) AS x",
	"SELECT json_serialize_plan('SELECT 1') AS x", "SELECT current_database() AS x", "SELECT setseed(0.5) AS x", "SELECT stats(no) AS x FROM things",
	"SELECT list_transform(['x'], y -> current_setting(y)) AS x", "SELECT [current_setting(y) for y in ['x']] AS x",
}

// within are the places of a SELECT inside another.
var within = []string{
	"%", "WITH x AS (%) SELECT * FROM x", "SELECT * FROM (%) AS x", "SELECT no FROM things WHERE EXISTS (%)", "SELECT (SELECT count(*) FROM (%) AS x) AS n", "SELECT 1 AS x UNION ALL (%)",
	"SELECT no FROM things ORDER BY (SELECT count(*) FROM (%) AS x)", "SELECT CASE WHEN EXISTS (%) THEN 1 END AS x", "SELECT sum(1) FILTER (WHERE EXISTS (%)) AS x FROM things", "/* x */ % -- x",
}

// places put a text of a query file where each kind of file has it.
var places = map[string]func(text string) Query{
	"figure": func(text string) Query {
		return Query{Before: "SELECT count(*) AS value FROM (", Body: text, After: ") AS records", Expression: "count(*)"}
	},
	"value": func(text string) Query {
		return Query{Before: "SELECT " + text + " AS value FROM (", Body: "SELECT *\nFROM things", After: ") AS records", Expression: text}
	},
	"table": func(text string) Query {
		return Query{Before: "WITH records AS (SELECT * FROM things)", Body: text, Subquery: "SELECT * FROM things"}
	},
	"records": func(text string) Query {
		return Query{Before: "WITH records AS (" + text + ")", Body: "SELECT *\nFROM records", Subquery: text}
	},
	"key": func(text string) Query {
		return Query{Before: "SELECT * FROM (", Body: "SELECT *\nFROM things", After: ") AS records ORDER BY " + text}
	},
	"check": func(text string) Query { return Query{Body: text} },
}

var clearly = regexp.MustCompile(`^q\.sql:(7|8|9|1[0-9]): .*(查询只能读取记录|本身不是一条完整的 SELECT|合起来不是|含有看不见的控制字符|“value:”应是一个值的算式)`)

// harmless are the engine's words about a text that is not the statement it looks
// like: CHECKPOINT in place of a value is a column, ATTACH before a text a type.
var harmless = regexp.MustCompile(`^q\.sql:(7|9|1[01]): (没有这一列|没有这个表、视图或函数：Catalog Error: Type with name)`)

// TestNothingGetsThrough tries, in every text that a query file has, all that a
// query must not do, in many disguises, and looks at what is left.
func TestNothingGetsThrough(t *testing.T) {
	ctx := context.Background()
	s := open(t, three)
	if err := s.Seal(ctx, nil); err != nil {
		t.Fatal(err)
	}
	unharmed := witness(t, s)
	out := t.TempDir()
	fill := strings.NewReplacer("OUT", out, "PART", s.parts["things"][0].path)
	var texts []string
	for _, wrap := range around {
		for _, statement := range statements {
			texts = append(texts, strings.ReplaceAll(wrap, "%", fill.Replace(statement)))
		}
	}
	for _, wrap := range within {
		for _, reading := range readings {
			texts = append(texts, strings.ReplaceAll(wrap, "%", fill.Replace(reading)))
		}
	}
	texts = append(texts, "", " ", "-- x", "/* x", "SELECT 1 /*", "SELECT 1 AS x) --", ") AS x, (SELECT 1", "SELECT 1 AS x) AS y, (SELECT 2", "SELECT '", `SELECT "`, "SELECT $$")
	tried := 0
	for _, text := range texts {
		for name, place := range places {
			q := place(text)
			q.File, q.HeadLine, q.Line = "q.sql", 7, 9
			if q.Expression == "" && name == "value" || q.Subquery == "" && name == "records" || strings.TrimSpace(text) == "" && name == "key" {
				continue
			}
			tried++
			_, err := s.Query(ctx, q)
			if err != nil && harmless.MatchString(err.Error()) {
				continue
			}
			if err == nil || !clearly.MatchString(err.Error()) {
				t.Errorf("%s %q: got %v", name, text, err)
			}
			if _, err := s.Sources(ctx, q); err == nil {
				t.Errorf("%s %q: sources found", name, text)
			}
		}
		tried++
		view := queries.View{ID: "x", SQL: text, File: "q.sql", Line: 9}
		if err := s.Redefine(ctx, []queries.View{view}); err == nil || !clearly.MatchString(err.Error()) && !harmless.MatchString(err.Error()) {
			t.Errorf("view %q: got %v", text, err)
		}
	}
	t.Logf("%d texts", tried)
	unharmed()
	if entries, _ := os.ReadDir(out); len(entries) > 0 {
		t.Errorf("written: %v", entries)
	}
}

// witness remembers the files and tables of a store and tells later whether they
// are as they were.
func witness(t *testing.T, s *Store) func() {
	look := func() string {
		var seen []string
		for _, query := range []string{
			"SELECT count(*) FROM things", "SELECT count(*) FROM _refused", "SELECT year FROM edition", "SELECT count(*) FROM duckdb_tables()",
			"SELECT count(*) FROM duckdb_views() WHERE NOT internal", "SELECT count(*) FROM duckdb_databases()", "SELECT hash(string_agg(name || value, ' ' ORDER BY name)) % 1000000 FROM duckdb_settings()",
			"SELECT count(*) FROM duckdb_functions() WHERE NOT internal", "SELECT count(*) FROM duckdb_sequences()", "SELECT count(*) FROM duckdb_variables()",
		} {
			n, err := numbers(context.Background(), s.pool, query)
			if err != nil {
				t.Fatal(query, err)
			}
			seen = append(seen, fmt.Sprint(query, n))
		}
		files, _ := filepath.Glob(filepath.Join(s.folder, "*.parquet"))
		for _, name := range files {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			seen = append(seen, fmt.Sprintf("%s %x", name, sha256.Sum256(content)))
		}
		return strings.Join(seen, "\n")
	}
	before := look()
	return func() {
		t.Helper()
		if after := look(); after != before {
			t.Errorf("before:\n%s\nafter:\n%s", before, after)
		}
	}
}

// TestViewsAreAdmittedAtTheSeal seals with views that would write.
func TestViewsAreAdmittedAtTheSeal(t *testing.T) {
	out := t.TempDir()
	for _, text := range []string{
		"SELECT 1; COPY (SELECT 1) TO '" + out + "/x.csv'; SELECT 1", "SELECT 1; ATTACH '" + out + "/x.duckdb'", "SELECT * FROM read_text('/etc/passwd')", "SELECT\n*\nFROM '/etc/passwd'",
	} {
		s := open(t, three)
		err := s.Seal(context.Background(), []queries.View{{ID: "fine", SQL: "SELECT * FROM things"}, {ID: "x", SQL: text, File: "views/x.sql", Line: 3}})
		line := 3 + strings.Count(text, "\n")
		if err == nil || !strings.HasPrefix(err.Error(), fmt.Sprintf("views/x.sql:%d: 查询", line)) {
			t.Errorf("%s: got %v", text, err)
		}
	}
	if entries, _ := os.ReadDir(out); len(entries) > 0 {
		t.Errorf("written: %v", entries)
	}
}

// TestLockHoldsWithoutTheDoor has the engine itself refuse what the door would.
func TestLockHoldsWithoutTheDoor(t *testing.T) {
	s := open(t, three)
	if err := s.Seal(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	for _, statement := range []string{
		"SELECT * FROM read_text('/etc/passwd')", "COPY (SELECT 1) TO '" + out + "/x.csv'", "EXPORT DATABASE '" + out + "/all'", "ATTACH '" + out + "/x.duckdb'", "INSTALL httpfs", "LOAD httpfs",
		"SET enable_external_access = true", "SET allowed_directories = ['/']", "SET lock_configuration = false", "SET temp_directory = '" + out + "'", "SELECT * FROM glob('/etc/*')",
		"COPY (SELECT 1) TO '" + s.outFolder() + "/../../x.csv'",
	} {
		if _, err := s.pool.ExecContext(context.Background(), statement); err == nil {
			t.Errorf("%s was done", statement)
		}
	}
	if entries, _ := os.ReadDir(out); len(entries) > 0 {
		t.Errorf("written: %v", entries)
	}
}

// TestWhatQueriesMay proves that the door is no narrower than it must be.
func TestWhatQueriesMay(t *testing.T) {
	s := open(t, three)
	if err := s.Seal(context.Background(), []queries.View{{ID: "named", SQL: "SELECT * FROM things -- all"}}); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"SELECT no FROM things -- it's /* all", "/* ; */ SELECT ';' AS x", "SELECT $$;$$ AS x", "(SELECT no FROM main.things)", "VALUES (1), (2)", "FROM Named SELECT no", "SELECT count(*) AS n FROM range(3)",
		"SELECT x FROM unnest([1, 2]) AS t(x)", "SELECT generate_series AS x FROM generate_series(1, 3)", "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < 3) SELECT n FROM x",
		`WITH "按 月" AS (SELECT 1 AS n) SELECT n FROM "按 月"`, "SELECT year FROM edition", "SELECT '/etc/passwd' AS x", "SELECT 'SELECT * FROM read_text(''/etc/passwd'')' AS x", "SELECT no AS version FROM things", "SELECT 1 AS x;",
	} {
		if _, err := s.Query(context.Background(), Query{Body: text, File: "q.sql", Line: 1}); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if _, err := s.Sources(context.Background(), Query{Body: text, File: "q.sql", Line: 1}); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, value := range []string{"count(*)", "sum(amount)", "max(amount) - min(amount)", "count(*) FILTER (WHERE day IS NULL)", "(SELECT count(*) FROM named)", "coalesce(sum(amount), 0)", "count(DISTINCT (no, day))"} {
		q := Query{Before: "SELECT " + value + " AS value FROM (", Body: "SELECT * FROM things", After: ") AS records", Expression: value}
		if _, err := s.Query(context.Background(), q); err != nil {
			t.Errorf("%s: %v", value, err)
		}
	}
}

// TestValueIsOneValue holds “value:” to be one value that is computed from the rows.
func TestValueIsOneValue(t *testing.T) {
	s := open(t, three)
	for _, value := range []string{
		"count(*) FROM (SELECT 1) AS x; COPY (SELECT 1) TO '/tmp/x'; SELECT count(*)", "count(*), count(*)", "1), (2", "*", "COLUMNS(*)", "count(COLUMNS(*))", "count(*) AS x", "count(*) --", "count(*) /*",
		"1 AS value FROM things UNION ALL SELECT 2", "count(*) FROM things", "1 WHERE true", "SELECT 1", "1 LIMIT 1", "count(*) ORDER BY 1", "DISTINCT 1", "1 UNION SELECT 2", "",
	} {
		q := Query{Before: "SELECT " + value + " AS value, count(*) AS every FROM (", Body: "SELECT * FROM things", After: ") AS records", File: "q.sql", Line: 9, HeadLine: 7, Expression: value}
		if _, err := s.Query(context.Background(), q); err == nil || !strings.HasPrefix(err.Error(), "q.sql:7: ") {
			t.Errorf("%q: got %v", value, err)
		}
	}
}

// TestEngineHasNothingElse holds the lists against the catalogue of the engine
// that is linked: all that is not the same twice, every table, every table function.
func TestEngineHasNothingElse(t *testing.T) {
	s := open(t, three)
	names := func(query string) (list []string) {
		rows, err := s.pool.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			list = append(list, name)
		}
		return list
	}
	for _, name := range names("SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate') AND (stability <> 'CONSISTENT' OR has_side_effects)") {
		if name != "error" && refused[name] == "" && !reaching.MatchString(name) {
			t.Errorf("function %s is let through", name)
		}
	}
	for _, name := range names("SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro')") {
		p, err := s.parse(context.Background(), "SELECT * FROM "+quoted(name)+"('x')")
		if free := name == "range" || name == "generate_series" || name == "unnest"; err != nil || (p.forbidden == nil) != free {
			t.Errorf("table function %s: %v, %v", name, p.forbidden, err)
		}
	}
	for _, name := range names("SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE internal") {
		for _, name := range []string{name, "system." + name, strings.TrimPrefix(strings.TrimPrefix(name, "main."), "pg_catalog.")} {
			if p, err := s.parse(context.Background(), "SELECT * FROM "+name); err != nil || p.forbidden == nil {
				t.Errorf("table %s is let through, %v", name, err)
			}
		}
	}
}

// TestDoubts adds to what is refused for not being exact, or not the same twice.
func TestDoubts(t *testing.T) {
	s := open(t, three)
	view := queries.View{ID: "sampled", SQL: "SELECT *\nFROM things USING SAMPLE 1", File: "views/sampled.sql", Line: 3}
	if err := s.Seal(context.Background(), []queries.View{view}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"SELECT no\nFROM things WHERE day < CURRENT_DATE":                     "q.sql:6: 查询用了 current_date：每次结果不同",
		"SELECT count(*) AS n FROM things TABLESAMPLE 10%":                    "q.sql:5: 查询用了 SAMPLE：每次结果不同",
		"SELECT no FROM SAMPLED":                                              "views/sampled.sql:3: 查询用了 SAMPLE：每次结果不同",
		"SELECT approx_count_distinct(no) AS n FROM things":                   "q.sql:5: 查询用了 approx_count_distinct：结果是近似值",
		"SELECT CAST(sum(amount) * 1.1e0 AS DECIMAL(9,2)) AS n FROM things":   "q.sql:5: 查询转成了 DOUBLE",
		"SELECT CAST(list_sum(CAST([1] AS DOUBLE[])) AS BIGINT) AS n":         "q.sql:5: 查询转成了 DOUBLE",
		"SELECT no FROM things WHERE day < CAST('2021-01-01' AS TIMESTAMPTZ)": "q.sql:5: 查询转成了 TIMESTAMP WITH TIME ZONE",
	} {
		_, err := s.Sources(context.Background(), Query{Body: text, File: "q.sql", Line: 5})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}
