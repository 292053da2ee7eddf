package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestNothingIsPublished changes the records or queries of the hand-worked year
// so that the run must refuse, and looks that it wrote nothing.
func TestNothingIsPublished(t *testing.T) {
	const members = "委员编号,党派,状态,任职日期\nA,中共,在任,2021-05-12\n"
	for name, c := range map[string]struct {
		files  map[string]string
		remove string
		broken bool
		want   string
	}{
		"a set is missing":        {map[string]string{"members.csv": members}, "proposals.csv", true, "缺“提案”的记录（proposals.csv 或 提案.xlsx）"},
		"no settings":             {map[string]string{"members.csv": members}, "edition.toml", false, "edition.toml：没有这个设置文件"},
		"no records at all":       {nil, "", true, "没有一条可用的记录"},
		"a cell is wrong":         {map[string]string{"members.csv": members + "B,中共,在职,2021-05-12\n"}, "", true, "members.csv 第3行“状态”：“在职” 不在可选值之内；是不是“在任”？可填：在任、离任"},
		"a key is repeated":       {map[string]string{"members.csv": members + members[strings.Index(members, "\n")+1:]}, "", true, "第3行“委员编号”：“A” 与 members.csv 第2行重复"},
		"a reference is unknown":  {map[string]string{"members.csv": members, "appointments.csv": "编号,委员编号,受聘职务,受聘日期\n1,Z,监督员,2021-01-01\n"}, "", true, "“Z” 在“委员”里没有"},
		"a check is broken":       {map[string]string{"members.csv": members + "B,中共,离任,2021-05-12\n"}, "", true, "第3行：“B，离任” 委员状态与离任日期一致"},
		"a file is unknown":       {map[string]string{"members.csv": members, "提案二.csv": "a,b\n"}, "", true, "提案二.csv：文件名（或表名）不是约定的记录"},
		"no heading":              {map[string]string{"members.csv": members, "proposals.csv": "2021年提案登记表,,\n甲,乙\n"}, "", true, "proposals.csv 第1行：这里及以下几行都不像表头，没有一列是约定的"},
		"a quote that never ends": {map[string]string{"members.csv": members, "proposals.csv": "届次,案号,时段,案由,提案者类型,类别,收到日期,审查结果,审查日期\n\"七届\n"}, "", true, "proposals.csv 第2行：这一行的引号不成对；请检查引号"},
		"a control character":     {map[string]string{"members.csv": members + "B\x1b[31m,中共,在任,2021-05-12\n"}, "", true, "members.csv 第3行“委员编号”：“B [31m” 含有看不见的控制字符"},
		"an old workbook":         {map[string]string{"members.csv": members, "提案.xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00"}, "", true, "提案.xls：是旧格式的工作簿（.xls、.et）；请在 Excel 或 WPS 里打开，另存为 .xlsx"},
	} {
		t.Run(name, func(t *testing.T) {
			folder, out := records(t, c.files), t.TempDir()
			if c.remove != "" {
				if err := os.Remove(filepath.Join(folder, "2021", c.remove)); err != nil {
					t.Fatal(err)
				}
			}
			_, err := Run(context.Background(), Options{Year: 2021, Data: folder, Out: out, Now: time.Unix(0, 0), Progress: func(string) {}})
			var broken Broken
			if err == nil || errors.As(err, &broken) != c.broken {
				t.Fatalf("got %v", err)
			}
			said := err.Error()
			for _, p := range broken.Problems {
				said += "\n" + p.String()
			}
			if !strings.Contains(said, c.want) {
				t.Errorf("said:\n%s\nwant %s", said, c.want)
			}
			if left, _ := filepath.Glob(filepath.Join(out, "2021", "editions", "*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			if left, _ := filepath.Glob(filepath.Join(out, "2021", ".[^l]*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}
