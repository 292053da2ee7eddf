package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"workreport/pipeline/draft"
	"workreport/pipeline/edition"
)

// refresh writes the current figures into a draft.
func refresh(ctx context.Context, a arguments, out, errs io.Writer) error {
	name := a.rest[0]
	if err := a.checkOutput(name); err != nil {
		return err
	}
	content, text, err := openDraft(name, a.in)
	if err != nil {
		return err
	}
	o, err := against(ctx, a)
	if err != nil {
		return err
	}
	if o.Against == "" {
		return errors.New("没有已发布的数字可以写进稿子；先运行 workreport run，或用 --data 按现在的记录写")
	}
	how, err := a.revision(o.Catalogue.Year)
	if err != nil {
		return err
	}
	r, err := draft.Refresh(ctx, name, text, o, how, a.closer)
	if err != nil {
		return fmt.Errorf("%s：%w", shownName(name), err)
	}
	_ = content
	if a.output != "" {
		if err := writeBeside(a.output, name, func(w io.Writer) error { _, err := w.Write(r.Content); return err }); err != nil {
			return err
		}
	}
	if a.json {
		err = draft.RefreshedJSON(out, r)
	} else {
		printRefreshed(out, shownName(name), r, a)
	}
	if wrong := r.Unmended(); err == nil && wrong > 0 {
		err = wrongNumbers{wrong}
	}
	return err
}

// checkOutput refuses a new file that cannot be of the draft's kind.
func (a *arguments) checkOutput(name string) error {
	if a.edition != "" && a.data != "" {
		return usageError{"--edition 和 --data 只能用一个：按已发布的一期，或按现在的记录"}
	}
	from, to := strings.ToLower(filepath.Ext(name)), strings.ToLower(filepath.Ext(a.output))
	if a.output != "" && name != "-" && from != to {
		return usageError{fmt.Sprintf("%s 和稿子不是一种文件；请以 %s 结尾", a.output, from)}
	}
	return nil
}

// openDraft reads a draft.
func openDraft(name string, in io.Reader) (content []byte, text draft.Text, err error) {
	if content, err = readDraft(name, in); err != nil {
		return nil, text, err
	}
	if text, err = draft.Read(name, content); err != nil {
		err = fmt.Errorf("%s：%w", shownName(name), err)
	}
	return content, text, err
}

// revision is how numbers are replaced. Tracked changes are dated with the time
// of the figures, so that the same draft and figures give the same file: that of
// the edition, or of the records' last change.
func (a *arguments) revision(year int) (how draft.Revision, err error) {
	how = draft.Revision{Author: draft.Author, Plain: a.accept}
	if a.data == "" {
		e, _, err := edition.Find(a.out, year, a.edition)
		how.Date = e.Manifest.Time
		return how, err
	}
	err = filepath.WalkDir(filepath.Join(a.data, fmt.Sprint(year)), func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.ModTime().After(how.Date) {
			how.Date = info.ModTime()
		}
		return err
	})
	return how, err
}

// printRefreshed prints what was changed and what is left to a person.
func printRefreshed(out io.Writer, name string, r draft.Refreshed, a arguments) {
	if a.output != "" {
		name += " → " + a.output
	}
	fmt.Fprintf(out, "%s\n对照    %s\n", name, r.Before.Against)
	for _, n := range r.Before.AllNotices() {
		fmt.Fprintf(out, "注意    %s\n", n)
	}
	printChangesOf(out, r, a)
	if r.Diff != "" {
		fmt.Fprintf(out, "\n%s", r.Diff)
	}
	printLeft(out, r.Left)
	fmt.Fprintf(out, "\n合计    改了 %d 处，没有改的 %d 处（其中不对的 %d 处）\n", len(r.Changes), len(r.Left), r.Unmended())
	if a.output == "" {
		fmt.Fprintln(out, "没有写文件；要写出新稿，加 -o 新稿的文件名")
	}
}

func printChangesOf(out io.Writer, r draft.Refreshed, a arguments) {
	if len(r.Changes) == 0 {
		fmt.Fprintln(out, "\n没有要改的数字")
		return
	}
	way := map[bool]string{true: "直接改", false: "修订标记，作者 " + draft.Author}[a.accept || r.Diff != ""]
	fmt.Fprintf(out, "\n改了 %d 处（%s）\n", len(r.Changes), way)
	var rows [][]string
	for _, c := range r.Changes {
		before, number, after := c.Mention(30)
		rows = append(rows, []string{"  " + c.PlaceText(), fmt.Sprintf("%s【%s→%s】%s", before, strings.Join(strings.Fields(number), ""), c.New, after), c.Basis()})
	}
	printTable(out, rows)
}

func printLeft(out io.Writer, left []draft.Finding) {
	if len(left) == 0 {
		return
	}
	fmt.Fprintf(out, "\n没有改的 %d 处，请看一看\n", len(left))
	for _, f := range left {
		before, number, after := f.Mention(66)
		fmt.Fprintf(out, "  %s  %s【%s】%s\n      %s：%s\n", f.PlaceText(), before, number, after, f.Verdict, f.Why)
		if len(f.Candidates) > 0 {
			fmt.Fprintf(out, "      认定：%s\n", f.Proposed())
		}
	}
}

var _ = bytes.NewReader
var _ = os.Stat
var _ = time.Now
