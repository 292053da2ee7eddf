package main

import (
	"flag"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
)

func flags(list ...func(*flag.FlagSet, *arguments)) func(*flag.FlagSet, *arguments) {
	return func(set *flag.FlagSet, a *arguments) {
		for _, add := range list {
			add(set, a)
		}
	}
}

func yearFlag(set *flag.FlagSet, a *arguments) {
	set.Func("year", "`年份`；不写就用记录里最近的一年（init 用今年，sample 必须写）", func(text string) (err error) {
		if a.year, err = strconv.Atoi(text); err != nil || a.year < 1949 || a.year > 2999 {
			return fmt.Errorf("年份应是四位数")
		}
		return nil
	})
}

func dataFlag(set *flag.FlagSet, a *arguments) {
	set.StringVar(&a.data, "data", a.data, "记录所在的`文件夹`，其中一年一个文件夹")
}

func recordsFlag(set *flag.FlagSet, a *arguments) {
	a.data = ""
	set.StringVar(&a.data, "data", "", "按这个`文件夹`里现在的记录；不写就按已发布的数字")
}

func editionFlag(set *flag.FlagSet, a *arguments) {
	set.StringVar(&a.edition, "edition", "", "按已发布的哪一`期`；不写就按当前的一期")
}

func checkFlags(set *flag.FlagSet, a *arguments) {
	jsonFlag(set, a)
	set.StringVar(&a.html, "html", "", "另写一个网页`文件`：稿子原文，每个数字标出颜色和依据")
	set.StringVar(&a.docx, "docx", "", "另写一份 Word `文件`：稿子的副本，在有问题的数字上加批注")
}

func refreshFlags(set *flag.FlagSet, a *arguments) {
	carryFlags(set, a)
	set.StringVar(&a.since, "since", "", "改动清单从哪一`期`算起；不写就从这份稿子上次核对无误的一期")
	set.BoolVar(&a.closer, "closer", false, "概数仍相符、但有更接近写法的，也改：200余条改成280余条")
}

func carryFlags(set *flag.FlagSet, a *arguments) {
	jsonFlag(set, a)
	set.StringVar(&a.output, "o", "", "新稿的`文件`名；不写就只列出，不写文件")
	set.BoolVar(&a.accept, "accept", false, "直接改，不留修订标记")
}

func outputFlag(set *flag.FlagSet, a *arguments) {
	set.Func("o", "写成的`文件`：.docx、.txt 或 .md；已有的文件不会覆盖", func(name string) error {
		if ext := strings.ToLower(filepath.Ext(name)); ext != ".docx" && ext != ".txt" && ext != ".md" {
			return fmt.Errorf("文件名要以 .docx、.txt 或 .md 结尾")
		}
		a.output = name
		return nil
	})
}

func jsonFlag(set *flag.FlagSet, a *arguments) {
	set.BoolVar(&a.json, "json", false, "结果写成 JSON，供别的程序读")
}

func htmlFlag(set *flag.FlagSet, a *arguments) {
	set.StringVar(&a.html, "html", "", "另写一个网页`文件`")
}

func templateFlag(set *flag.FlagSet, a *arguments) {
	set.StringVar(&a.template, "template", "", "附录的 Word 文件套用这个 Word `文件`的样式和页脚")
}

func pdfFlag(set *flag.FlagSet, a *arguments) {
	set.BoolVar(&a.pdf, "pdf", false, "另把图页和附录打印成 PDF（要装有 Chromium 或 LibreOffice）")
}

func publishFlags(set *flag.FlagSet, a *arguments) {
	set.BoolVar(&a.unattended, "unattended", false, "无人值守：和以前发布的相比有疑问就不发布；失败时运行设置里的 on_failure；不在终端时输出 JSON 日志")
	set.BoolVar(&a.accept, "accept", false, "已核对过：有疑问的也发布，并记入清单")
	set.Func("keep", "最多保留多少`期`，更早的删去；不写就全部保留", func(text string) (err error) {
		if a.keep, err = strconv.Atoi(text); err != nil || a.keep < 1 {
			return fmt.Errorf("应是不小于 1 的整数")
		}
		return nil
	})
}

func outFlag(set *flag.FlagSet, a *arguments) {
	set.Func("out", "写出结果的`文件夹`（默认 out）", func(text string) error {
		if a.out = text; text == "" {
			return fmt.Errorf("不能为空")
		}
		return nil
	})
}

func queriesFlag(set *flag.FlagSet, a *arguments) {
	set.StringVar(&a.queries, "queries", "", "查询`文件夹`；不写就用记录文件夹里的 queries，再没有就用程序自带的")
}

func formatFlag(set *flag.FlagSet, a *arguments) {
	set.Func("format", "`格式`：table、csv 或 json", func(text string) error {
		if text != "table" && text != "csv" && text != "json" {
			return fmt.Errorf("格式只能是 table、csv 或 json")
		}
		a.format = text
		return nil
	})
}

func scaleFlag(set *flag.FlagSet, a *arguments) {
	set.IntVar(&a.scale, "scale", a.scale, "`倍数`：样例一年的多少倍")
}

func allowFlag(set *flag.FlagSet, a *arguments) {
	set.Func("allow-rejected", "最多允许拒收（含重复）多少`行`（默认 0）；有拒收的，每份文件首页都会写明", func(text string) (err error) {
		if a.allowRejected, err = strconv.Atoi(text); err != nil || a.allowRejected < 0 {
			return fmt.Errorf("应是不小于 0 的整数")
		}
		return nil
	})
}
