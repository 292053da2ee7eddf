package store

import "regexp"

const (
	onlyRecords = "查询只能读取记录"
	noFiles     = "查询不得读写文件："
)

// tableFunctions are those a query may read from besides the records: they make
// rows of what they are given and reach for nothing.
var tableFunctions = []string{"range", "generate_series", "unnest"}

// ofFiles are the table functions of which it says more that they read files.
var ofFiles = regexp.MustCompile(`^(read_.*|parquet_.*|glob|sniff_csv)$`)

func tableFunction(name string) string {
	why := onlyRecords + "，不能用表函数 " + name + "；可用 range、generate_series、unnest"
	if ofFiles.MatchString(name) {
		return noFiles + why
	}
	return why
}

// ofEngine are the tables of the engine's catalogue, and the store's own.
var ofEngine = regexp.MustCompile(`^(duckdb_.*|pragma_.*|sqlite_.*|pg_.*|_refused)$`)

// reaching are the functions that look at, or change, something besides the
// records: settings, variables, the catalogue, the log, the connection, files.
var reaching = regexp.MustCompile(`^(getenv|current_setting|getvariable|write_log|stats|version|nextval|currval|setseed|` +
	`current_(catalog|connection_id|database|query|query_id|role|schema|schemas|transaction_id|user)|txid_current|session_user|user|` +
	`in_search_path|pg_.*|has_.*_privilege|inet_.*|(col|obj|shobj)_description|` +
	`json_serialize_.*|json_deserialize_.*|json_execute_.*|(read|parquet)_.*|glob|sniff_csv|query|query_table)$`)

// refused are the functions whose results are not exact, or not the same twice.
var refused = map[string]string{
	"/": inexact, "avg": inexact, "mean": inexact, "median": inexact, "stddev": inexact, "sqrt": inexact, "pow": inexact, "power": inexact, "^": inexact,
	"approx_count_distinct": approximate, "approx_quantile": approximate, "approx_top_k": approximate, "reservoir_quantile": approximate,
	"list_approx_count_distinct": approximate,
	"random":                     unrepeatable, "uuid": unrepeatable, "uuidv4": unrepeatable, "uuidv7": unrepeatable, "gen_random_uuid": unrepeatable,
	"now": unrepeatable, "today": unrepeatable, "transaction_timestamp": unrepeatable, "get_current_time": unrepeatable,
	"get_current_timestamp": unrepeatable, "current_date": unrepeatable, "current_time": unrepeatable,
	"current_timestamp": unrepeatable, "localtime": unrepeatable, "localtimestamp": unrepeatable,
	"current_localtime": unrepeatable, "current_localtimestamp": unrepeatable,
	"to_timestamp": unrepeatable, "make_timestamptz": unrepeatable, // in the time zone of the computer
}

const (
	inexact      = "结果是浮点数，不精确；比率请用“a / b”的写法由两个数字相除"
	approximate  = "结果是近似值，不精确"
	unrepeatable = "每次结果不同，同样的记录会得出不同的数字"
)
