// Package form makes a new office's folder: the contract and queries to change,
// the settings of a year, and an empty record file for every set. It writes
// only what is not there yet.
package form

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"workreport/pipeline/contract"
)

// Office writes the folder of a new office, which must not exist or be empty:
//
//	contract/*.json   what each record set must look like
//	queries/…         how each figure, table and check is computed, but for the claims of the sample report
//	<year>/           settings, and a workbook with drop-down lists for every record set
//	空白CSV/          the same forms as CSV, for whoever exports from another system
func Office(folder string, year int, contracts, queries fs.FS, c contract.Contract) error {
	entries, err := os.ReadDir(folder)
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%s：文件夹不是空的；请换一个新文件夹，已有的文件不会被改动", folder)
	}
	year4 := filepath.Join(folder, fmt.Sprint(year))
	blanks := filepath.Join(folder, "空白CSV")
	for _, f := range []string{year4, blanks} {
		if err := os.MkdirAll(f, 0o755); err != nil {
			return err
		}
	}
	if err := os.CopyFS(filepath.Join(folder, "contract"), contracts); err != nil {
		return err
	}
	if err := copyQueries(filepath.Join(folder, "queries"), queries); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(year4, contract.EditionFile), []byte(settings(year)), 0o644); err != nil {
		return err
	}
	for _, set := range c.Sets {
		if err := os.WriteFile(filepath.Join(blanks, set.Title+".csv"), []byte(blankCSV(set)), 0o644); err != nil {
			return err
		}
		if err := writeWorkbook(filepath.Join(year4, set.Title+".xlsx"), set); err != nil {
			return fmt.Errorf("%s.xlsx：%w", set.Title, err)
		}
	}
	return nil
}

// copyQueries leaves out the claims (imp_*): they are the words of one report.
func copyQueries(folder string, queries fs.FS) error {
	return fs.WalkDir(queries, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), "imp_") {
			return err
		}
		text, err := fs.ReadFile(queries, name)
		if err != nil {
			return err
		}
		to := filepath.Join(folder, filepath.FromSlash(name))
		return errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, text, 0o644))
	})
}

// blankCSV is a header row that Excel opens as UTF-8.
func blankCSV(set contract.Set) string {
	var titles []string
	for _, f := range set.Fields {
		titles = append(titles, f.Title)
	}
	return "\ufeff" + strings.Join(titles, ",") + "\r\n"
}

// settings is a first edition.toml for a year whose report goes to a session in
// the spring after it.
func settings(year int) string {
	return fmt.Sprintf(`# 本年度报告的设置。井号后面是说明。
year = %[1]d
organisation = "政协××县委员会"   # 单位全称
session = "×届×次会议"            # 报告提交的会议
session_date = %[2]d-04-20        # 会议第一天
proposal_session = "×届×次"       # 本年度计数的提案届次，与提案表的“届次”一致
status = "草案"                   # 草案、送审稿……印在附录封面
notice = ""                       # 要印在每份文件第一页的话，没有就留空
cut_off = %[2]d-04-10             # 截止日：这天以后发生的不计

# 时段：两头的日子都算。查询里用 year_first、year_last 这样的列名。
[windows.year]
title = "全年"
first = %[1]d-01-01
last = %[1]d-12-31

[windows.session]
title = "×届×次会议以来"
first = %[1]d-05-01
last = %[2]d-04-10

[rounding]
policy = "half_up"     # half_up 四舍五入；half_even 四舍六入五成双（GB/T 8170）
percent_places = 2     # 百分数最多几位小数

[tolerances]           # 没有标准规定的概数，允许偏离百分之几
about = 5              # 约、左右
nearly = 10            # 近

[guard]
moved = 50             # 一个数字比上一期（没有上一期就比上年）变动超过百分之几，就要有人确认

[unattended]
at = "06:00"           # 无人值守的运行：会议前一天的这个时刻
on_failure = []        # 失败时运行的命令，如 ["/usr/local/bin/报警", "工作报告"]；不经过 shell，没有就留空
`, year, year+1)
}
