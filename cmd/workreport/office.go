package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"workreport/data"
	"workreport/pipeline/contract"
	"workreport/pipeline/form"
	"workreport/pipeline/sample"
	"workreport/queries"
)

func makeSample(_ context.Context, a arguments, out, _ io.Writer) error {
	if a.year == 0 {
		return usageError{"workreport sample 要用 --year 写明年份"}
	}
	if err := sample.Write(a.rest[0], a.year, a.scale); err != nil {
		return err
	}
	fmt.Fprintf(out, "虚构的 %d 年样例记录（%d 倍）写在 %s\n", a.year, a.scale, a.rest[0])
	return nil
}

func initOffice(_ context.Context, a arguments, out, _ io.Writer) error {
	if a.year == 0 {
		a.year = time.Now().Year()
	}
	c, err := contract.Load(data.Contract(), "data/contract")
	if err != nil {
		return err
	}
	folder := a.rest[0]
	if err := form.Office(folder, a.year, data.Contract(), queries.Embedded(), c); err != nil {
		return err
	}
	year := fmt.Sprint(a.year)
	fmt.Fprintf(out, "新文件夹已建好：%s\n", folder)
	printTable(out, [][]string{
		{"  " + filepath.Join(year, contract.EditionFile), "先改这里：单位、会议、届次、截止日、时段"},
		{"  " + filepath.Join(year, "*.xlsx"), fmt.Sprintf("%d 种记录的空白表格，直接填写；没有发生的留空，不要删", len(c.Sets))},
		{"  空白CSV", "同样的表格，供从别的系统导出的人用；填好后放进 " + year},
		{"  contract", "记录约定：要加一列，改这里的 .json"},
		{"  queries", "数字、统计表和检查的定义：要加一个数字，加一个 .sql"},
	})
	fmt.Fprintf(out, "填好后运行：workreport run --data %s --year %d\n", folder, a.year)
	return nil
}
