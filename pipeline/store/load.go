package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"math/big"
	"strings"

	"github.com/marcboeker/go-duckdb/v2"

	"workreport/pipeline/contract"
)

// Load appends the rows of a reading to the table of its set.
func (s *Store) Load(ctx context.Context, reading *contract.Reading) error {
	return s.conn.Raw(func(connection any) error {
		appender, err := duckdb.NewAppenderFromConn(connection.(driver.Conn), "", reading.Set.Name)
		if err != nil {
			return fmt.Errorf("%s：写入数据库：%w", reading.Account.File, err)
		}
		err = appendRows(ctx, appender, reading)
		if closing := appender.Close(); err == nil {
			err = closing
		}
		return err
	})
}

func appendRows(ctx context.Context, appender *duckdb.Appender, reading *contract.Reading) error {
	for row := range reading.Rows() {
		if err := ctx.Err(); err != nil {
			return err
		}
		values := make([]driver.Value, 0, len(row.Values)+3)
		for i, v := range row.Values {
			if !reading.Set.Fields[i].Private {
				values = append(values, cell(v))
			}
		}
		values = append(values, row.Place.File, row.Place.Sheet, int64(row.Place.Row))
		if err := appender.AppendRow(values...); err != nil {
			return fmt.Errorf("%s 第%d行：写入数据库：%w", row.Place.File, row.Place.Row, err)
		}
	}
	return nil
}

func cell(value any) driver.Value {
	if cents, ok := value.(*big.Int); ok {
		return duckdb.Decimal{Width: 18, Scale: contract.MoneyPlaces, Value: cents}
	}
	return value
}

// maxShown bounds how many broken keys of one kind are listed one by one.
const maxShown = 10000

// Problems are the keys that are not unique and the references that lead
// nowhere, over all files of the year.
func (s *Store) Problems(ctx context.Context) ([]contract.Problem, error) {
	var problems []contract.Problem
	for _, set := range s.contract.Sets {
		repeated, err := s.repeated(ctx, set)
		if err != nil {
			return nil, err
		}
		problems = append(problems, repeated...)
		for _, key := range set.ForeignKeys {
			dangling, err := s.dangling(ctx, set, key)
			if err != nil {
				return nil, err
			}
			problems = append(problems, dangling...)
		}
	}
	return problems, nil
}

// repeated lists every row but the first of each key, by place.
func (s *Store) repeated(ctx context.Context, set contract.Set) ([]contract.Problem, error) {
	key := columns("", set.PrimaryKey)
	query := fmt.Sprintf(`
		WITH keys AS (SELECT %[1]s FROM %[2]s GROUP BY %[1]s HAVING count(*) > 1),
		numbered AS (
			SELECT concat_ws('，', %[3]s) AS cell, _file, _sheet, _row,
				row_number() OVER (PARTITION BY %[1]s ORDER BY _file, _sheet, _row) AS n,
				first_value(_file || ' 第' || _row || '行') OVER (PARTITION BY %[1]s ORDER BY _file, _sheet, _row) AS first_place
			FROM %[2]s JOIN keys USING (%[1]s))
		SELECT cell, _file, _sheet, _row, first_place FROM numbered WHERE n > 1 ORDER BY _file, _sheet, _row LIMIT %[4]d`,
		key, quoted(set.Name), texts(set.PrimaryKey), maxShown)
	return s.keyProblems(ctx, query, set, set.PrimaryKey, func(first string) (string, string) {
		return "与 " + first + "重复", "请删去重复的一行，或改正编号"
	})
}

// dangling lists the rows whose key no row of the other set has; a key with a
// blank part refers to nothing.
func (s *Store) dangling(ctx context.Context, set contract.Set, key contract.ForeignKey) ([]contract.Problem, error) {
	target, _ := s.contract.Set(key.Reference.Set)
	var same, filled []string
	for i, name := range key.Fields {
		same = append(same, "other."+quoted(key.Reference.Fields[i])+" = own."+quoted(name))
		filled = append(filled, "own."+quoted(name)+" IS NOT NULL")
	}
	query := fmt.Sprintf(`
		SELECT concat_ws('，', %s) AS cell, _file, _sheet, _row, '' AS first_place FROM %s AS own
		WHERE %s AND NOT EXISTS (SELECT 1 FROM %s AS other WHERE %s)
		ORDER BY _file, _sheet, _row LIMIT %d`,
		texts(key.Fields), quoted(set.Name), strings.Join(filled, " AND "), quoted(target.Name), strings.Join(same, " AND "), maxShown)
	return s.keyProblems(ctx, query, set, key.Fields, func(string) (string, string) {
		return "在“" + target.Title + "”里没有", "请改正，或在“" + target.Title + "”里补上这一条"
	})
}

func (s *Store) keyProblems(ctx context.Context, query string, set contract.Set, fields []string, words func(first string) (rule, remedy string)) ([]contract.Problem, error) {
	rows, err := s.conn.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("核对“%s”的编号：%w", set.Title, err)
	}
	defer rows.Close()
	var titles []string
	for _, name := range fields {
		f, _ := set.Field(name)
		titles = append(titles, f.Title)
	}
	var problems []contract.Problem
	for rows.Next() {
		p := contract.Problem{Column: strings.Join(titles, "，"), Severity: contract.Reject}
		var first string
		if err := rows.Scan(&p.Value, &p.File, &p.Sheet, &p.Row, &first); err != nil {
			return nil, err
		}
		p.Rule, p.Remedy = words(first)
		problems = append(problems, p)
	}
	if len(problems) == maxShown {
		problems = append(problems, contract.Problem{File: set.Title, Rule: fmt.Sprintf("这一类问题只列出前 %d 处", maxShown), Severity: contract.Reject})
	}
	return problems, rows.Err()
}

func columns(prefix string, names []string) string {
	var list []string
	for _, name := range names {
		list = append(list, prefix+quoted(name))
	}
	return strings.Join(list, ", ")
}

func texts(names []string) string {
	var list []string
	for _, name := range names {
		list = append(list, "CAST("+quoted(name)+" AS VARCHAR)")
	}
	return strings.Join(list, ", ")
}
