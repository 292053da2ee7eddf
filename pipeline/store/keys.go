package store

import (
	"context"
	"fmt"
	"strings"

	"workreport/pipeline/contract"
)

// maxShown bounds how many broken keys of one kind are listed one by one.
const maxShown = 10000

// Repeated lists every row but the first of each key, by place.
func (s *Store) Repeated(ctx context.Context) ([]contract.Problem, error) {
	return s.bySet(func(set contract.Set) ([]contract.Problem, error) {
		unique, err := s.unique(ctx, set)
		if err != nil || unique {
			return nil, err
		}
		return s.repeated(ctx, set)
	})
}

// manyKeys is how many keys are held against one another at a time.
const manyKeys = 10_000_000

// unique tells whether no two rows of a set have the same key. Equal keys have
// equal hashes, so as many hashes as rows are proof; a large set is looked at in
// parts, each with the keys of some hashes, so that none needs much memory.
func (s *Store) unique(ctx context.Context, set contract.Set) (bool, error) {
	rows, err := numbers(ctx, s.pool, "SELECT count(*) FROM "+quoted(set.Name))
	if err != nil {
		return false, err
	}
	parts := rows[0]/manyKeys + 1
	for part := range parts {
		twice, err := numbers(ctx, s.pool, fmt.Sprintf(
			"SELECT count(*) - count(DISTINCT key) FROM (SELECT hash(%s) AS key FROM %s) AS keys WHERE key %% %d = %d",
			columns(set.PrimaryKey), quoted(set.Name), parts, part))
		if err != nil || twice[0] > 0 {
			return false, err
		}
	}
	return true, nil
}

// Dangling lists the rows whose reference no row of the other set answers to.
func (s *Store) Dangling(ctx context.Context) ([]contract.Problem, error) {
	return s.bySet(func(set contract.Set) (problems []contract.Problem, err error) {
		for _, key := range set.ForeignKeys {
			more, err := s.dangling(ctx, set, key)
			if err != nil {
				return nil, err
			}
			problems = append(problems, more...)
		}
		return problems, nil
	})
}

// Astray lists, as warnings, the dates that are more years away from the year of
// the report than their field allows: a slip of the pen, more often than not.
func (s *Store) Astray(ctx context.Context) ([]contract.Problem, error) {
	return s.bySet(func(set contract.Set) (problems []contract.Problem, err error) {
		for _, f := range set.Fields {
			if f.Constraints.WithinYears == 0 {
				continue
			}
			query := fmt.Sprintf(`
				SELECT CAST(%[1]s AS VARCHAR), _file, _sheet, _row, false, '' FROM %[2]s CROSS JOIN edition
				WHERE %[1]s NOT BETWEEN make_date(edition.year - %[3]d, 1, 1) AND make_date(edition.year + %[3]d, 12, 31)
				ORDER BY _file, _sheet, _row LIMIT %[4]d`,
				quoted(set.Name)+"."+quoted(f.Name), quoted(set.Name), f.Constraints.WithinYears, maxShown)
			more, err := s.keyProblems(ctx, query, set, []string{f.Name}, contract.Warn, func(bool, string) (string, string) {
				return "离本年度太远", "请核对是不是写错了年份"
			})
			if err != nil {
				return nil, err
			}
			problems = append(problems, more...)
		}
		return problems, nil
	})
}

func (s *Store) bySet(check func(contract.Set) ([]contract.Problem, error)) ([]contract.Problem, error) {
	var problems []contract.Problem
	for _, set := range s.contract.Sets {
		more, err := check(set)
		if err != nil {
			return nil, err
		}
		problems = append(problems, more...)
	}
	return problems, nil
}

func (s *Store) repeated(ctx context.Context, set contract.Set) ([]contract.Problem, error) {
	var all []string
	for _, f := range set.Fields {
		if !f.Private {
			all = append(all, f.Name)
		}
	}
	query := fmt.Sprintf(`
		WITH keys AS (SELECT %[1]s FROM %[2]s GROUP BY %[1]s HAVING count(*) > 1),
		numbered AS (
			SELECT concat_ws('，', %[3]s) AS cell, _file, _sheet, _row, hash(%[5]s) AS content,
				row_number() OVER same AS n, first_value(hash(%[5]s)) OVER same AS first_content,
				first_value(_file || CASE WHEN _sheet = '' THEN '' ELSE '【' || _sheet || '】' END || ' 第' || _row || '行') OVER same AS first_place
			FROM %[2]s JOIN keys USING (%[1]s)
			WINDOW same AS (PARTITION BY %[1]s ORDER BY length(_file), _file, _sheet, _row)) -- proposals.csv before proposals-2.csv
		SELECT cell, _file, _sheet, _row, content = first_content, first_place FROM numbered WHERE n > 1 ORDER BY _file, _sheet, _row LIMIT %[4]d`,
		columns(set.PrimaryKey), quoted(set.Name), texts(set.PrimaryKey), maxShown, columns(all))
	return s.keyProblems(ctx, query, set, set.PrimaryKey, contract.Reject, func(same bool, first string) (string, string) {
		switch {
		case same && len(all) < len(set.Fields):
			return "与 " + first + "重复，公开的各列都相同", "请核对是不是同一条，删去重复的一行，或改正编号"
		case same:
			return "与 " + first + "重复，整行相同", "请删去重复的一行，或改正编号"
		}
		return "与 " + first + "重复，内容不同", "请核对哪一行对，删去另一行，或改正编号"
	})
}

// dangling lists the rows whose key no row of the other set has; a key with a
// blank part refers to nothing.
func (s *Store) dangling(ctx context.Context, set contract.Set, key contract.ForeignKey) ([]contract.Problem, error) {
	target, _ := s.contract.Set(key.Reference.Set)
	from, to := columns(key.Fields), columns(key.Reference.Fields)
	filled := strings.ReplaceAll(from, ",", " IS NOT NULL AND") + " IS NOT NULL"
	known := strings.ReplaceAll(to, ",", " IS NOT NULL AND") + " IS NOT NULL"
	query := fmt.Sprintf(`
		SELECT concat_ws('，', %s) AS cell, _file, _sheet, _row, false, '' FROM %s
		WHERE %s AND (%s) NOT IN (SELECT (%s) FROM %s WHERE %s)
		ORDER BY _file, _sheet, _row LIMIT %d`,
		texts(key.Fields), quoted(set.Name), filled, from, to, quoted(target.Name), known, maxShown)
	return s.keyProblems(ctx, query, set, key.Fields, contract.Reject, func(bool, string) (string, string) {
		return "在“" + target.Title + "”里没有", "请改正，或在“" + target.Title + "”里补上这一条"
	})
}

func (s *Store) keyProblems(ctx context.Context, query string, set contract.Set, fields []string, severity contract.Severity, words func(same bool, first string) (rule, remedy string)) ([]contract.Problem, error) {
	rows, err := s.pool.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("核对“%s”的编号：%w", set.Title, err)
	}
	defer rows.Close()
	var problems []contract.Problem
	for rows.Next() {
		p := contract.Problem{Severity: severity}
		var same bool
		var first string
		if err := rows.Scan(&p.Value, &p.File, &p.Sheet, &p.Row, &same, &first); err != nil {
			return nil, err
		}
		p.Rule, p.Remedy = words(same, first)
		p.Column = s.columnTitles(set, p, fields)
		problems = append(problems, p)
	}
	if len(problems) == maxShown {
		problems = append(problems, contract.Problem{File: set.Title, Rule: fmt.Sprintf("这一类问题只列出前 %d 处", maxShown), Severity: severity})
	}
	return problems, rows.Err()
}

// columnTitles names fields as the file of the problem does.
func (s *Store) columnTitles(set contract.Set, p contract.Problem, fields []string) string {
	var titles []string
	for _, part := range s.parts[set.Name] {
		if part.reading != nil && part.reading.Sheet.File == p.File && part.reading.Sheet.Name == p.Sheet {
			for _, name := range fields {
				titles = append(titles, part.reading.ColumnTitle(name))
			}
			break
		}
	}
	return strings.Join(titles, "，")
}

func columns(names []string) string {
	var list []string
	for _, name := range names {
		list = append(list, quoted(name))
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
