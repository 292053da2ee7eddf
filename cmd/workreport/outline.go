package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"workreport/pipeline/draft"
	"workreport/pipeline/outline"
)

// firstDraft writes a first draft of the report, and says what the checker makes
// of each number in it. It writes over no file: a draft there may hold a
// drafter's work.
func firstDraft(ctx context.Context, a arguments, out, errs io.Writer) error {
	if there, err := os.Lstat(a.output); err == nil && there.Mode().IsRegular() {
		return usageError{fmt.Sprintf("%s 已经有了，里面可能有改过的稿子，不会覆盖；请换一个文件名", a.output)}
	}
	if a.edition != "" && a.data != "" {
		return usageError{"--edition 和 --data 只能用一个：用已发布的一期的数字，或用现在的记录"}
	}
	options, e, err := a.against(ctx)
	if err != nil {
		return err
	}
	if options.Against == "" {
		return errors.New("还没有已发布的数字，写不出初稿；请先运行 workreport run，或用 --data 指明记录所在的文件夹")
	}
	o := outline.Of(options.Catalogue)
	if len(o.Fragments) == 0 {
		return fmt.Errorf("%s：没有一个要引用的数字有数据，写不出初稿", options.Against)
	}
	var content bytes.Buffer
	if err := written(o, a.output, &content); err != nil {
		return err
	}
	doubts, err := o.Prove(ctx, cmp.Or(a.output, "初稿.txt"), content.Bytes(), options)
	if err != nil {
		return err
	}
	if a.output == "" {
		_, err = out.Write(content.Bytes())
		out = errs
	} else {
		err = writeBeside(a.output, "", func(w io.Writer) error { _, err := w.Write(content.Bytes()); return err })
		if err == nil && len(doubts) == 0 {
			a.remember(a.output, content.Bytes(), e, true)
		}
	}
	if err == nil {
		printOutline(out, a.output, options.Against, o, doubts)
	}
	return err
}

// written writes an outline in the form that the file's name asks for.
func written(o outline.Outline, name string, w io.Writer) error {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".docx":
		return o.DOCX(w)
	case ".md":
		return o.Markdown(w)
	}
	return o.Text(w)
}

// printOutline says what an outline holds, and what is left to do in it.
func printOutline(out io.Writer, name, from string, o outline.Outline, doubts []outline.Doubt) {
	if name != "" {
		fmt.Fprintf(out, "初稿    %s\n", name)
	}
	fmt.Fprintf(out, "依据    %s\n", from)
	if len(doubts) == 0 {
		fmt.Fprintf(out, "数字    %d 个，用核对稿子的办法逐个核对过：每一个都认得出是哪个数字，都相符\n", len(o.Fragments))
	} else {
		fmt.Fprintf(out, "数字    %d 个；核对时认不准的 %d 处：\n", len(o.Fragments), len(doubts))
	}
	for _, d := range doubts {
		fmt.Fprintf(out, "  %s  %s\n      %s\n", d.Number, d.Sentence, d.Why)
		if d.Decision != "" {
			fmt.Fprintf(out, "      认定：%s\n", d.Decision)
		}
	}
	if len(doubts) > 0 {
		fmt.Fprintf(out, "  认定的办法：在年份文件夹的 %s 里照上面的样子加一行（语句,编号,说明）；或者改查询里的表述（says），写得完整些\n", draft.BindingsFile)
	}
	if o.Blanks > 0 {
		fmt.Fprintf(out, "待补    写着《×××》的 %d 处，请换成名称\n", o.Blanks)
	}
	if n := len(o.Missing); n > 0 {
		fmt.Fprintf(out, "缺数    %d 个数字还没有数据，没有写进正文，列在文末\n", n)
	}
}
