package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"workreport/pipeline/change"
	"workreport/pipeline/contract"
	"workreport/pipeline/draft"
	"workreport/pipeline/edition"
	"workreport/pipeline/journal"
	"workreport/pipeline/signoff"
)

// smallDraft is how large a draft may be, in bytes, for time to count more than memory.
const smallDraft = 4 << 20

// refresh writes the current figures into a draft, and beside the new draft the
// list of what was changed.
func refresh(ctx context.Context, a arguments, out, errs io.Writer) error {
	name := a.rest[0]
	if a.since != "" && (a.output == "" || a.data != "") {
		return usageError{"--since 说的是改动清单从哪一期算起，要和 -o 一起用，也不能和 --data 一起用"}
	}
	content, text, err := a.open(name)
	if err == nil {
		err = a.checkOutput(name, text, a.sheetFiles()...)
	}
	if err != nil {
		return err
	}
	o, e, err := a.against(ctx)
	if err != nil {
		return err
	}
	if o.Against == "" {
		return errors.New("没有已发布的数字可以写进稿子；先运行 workreport run，或用 --data 按现在的记录写")
	}
	how, err := a.revision(e)
	if err != nil {
		return err
	}
	if len(content) < smallDraft {
		debug.SetGCPercent(400) // the engine, for which memory is spared, is done
	}
	r, err := draft.Refresh(ctx, name, text, o, how, a.closer)
	if err != nil {
		return fmt.Errorf("%s：%w", shownName(name), err)
	}
	if err := a.putRefreshed(ctx, name, content, r, e, o.Catalogue.Organisation); err != nil {
		return err
	}
	lines, err := r.Diff(shownName(name), cmp.Or(a.output, shownName(name)))
	switch {
	case err != nil:
		return err
	case a.json:
		err = draft.RefreshedJSON(out, r, lines)
	default:
		printRefreshed(out, shownName(name), r, lines, a)
	}
	if wrong := r.Unmended(); err == nil && wrong > 0 {
		err = wrongNumbers{wrong}
	}
	return err
}

// checkOutput refuses a new file that is not of the draft's kind, or that is none
// to be written, and the files that come with it.
func (a *arguments) checkOutput(name string, text draft.Text, more ...string) error {
	if a.output == "" {
		return nil
	}
	from, to, kind := strings.ToLower(filepath.Ext(name)), strings.ToLower(filepath.Ext(a.output)), text.Extension()
	switch document := slices.Contains([]string{".docx", ".docm", ".doc", ".wps", ".xlsx", ".xlsm", ".xls", ".et", ".pdf", ".html", ".htm"}, to); {
	case kind != "" && to != kind && to != from:
		return usageError{fmt.Sprintf("%s 和稿子不是一种文件；文件名请以 %s 结尾", a.output, kind)}
	case kind == "" && document:
		return usageError{fmt.Sprintf("%s 和稿子不是一种文件：稿子是文本；文件名请以 %s 结尾", a.output, cmp.Or(from, ".txt"))}
	}
	for _, file := range append([]string{a.output}, more...) {
		if err := writable(file, name); err != nil {
			return err
		}
	}
	return nil
}

// putRefreshed writes the new draft and the list of changes, where a file is named.
func (a *arguments) putRefreshed(ctx context.Context, name string, content []byte, r draft.Refreshed, e edition.Edition, organisation string) error {
	if a.output == "" {
		return nil
	}
	sheet, err := a.sheet(ctx, name, content, r, e)
	if err != nil {
		return err
	}
	sheet.Organisation = organisation
	var list, table bytes.Buffer
	if err := errors.Join(signoff.DOCX(&list, sheet), signoff.CSV(&table, sheet)); err != nil {
		return err
	}
	files := a.sheetFiles()
	return a.put(name, r.Unmended() == 0, e, output{a.output, r.Content}, output{files[0], list.Bytes()}, output{files[1], table.Bytes()})
}

// sheetFiles are the files of the list of changes.
func (a *arguments) sheetFiles() []string {
	stem := strings.TrimSuffix(a.output, filepath.Ext(a.output)) + "-改动清单"
	return []string{stem + ".docx", stem + ".csv"}
}

// output is a file to be written.
type output struct {
	path    string
	content []byte
}

// put writes files, the new draft first, and remembers that the program wrote
// them: where there is one that it did not write, or that somebody has worked on,
// none is written. That the draft agrees with the edition is remembered as well.
func (a *arguments) put(name string, agrees bool, e edition.Edition, files ...output) error {
	for _, f := range files {
		if a.edited(f.path, f.content) {
			return usageError{fmt.Sprintf("%s 已经有了，里面可能有改过的内容，不会覆盖；请换一个文件名", f.path)}
		}
	}
	for i, f := range files {
		if err := writeBeside(f.path, name, func(w io.Writer) error { _, err := w.Write(f.content); return err }); err != nil {
			return err
		}
		if i > 0 || !agrees {
			e = edition.Edition{}
		}
		a.remember(f.path, f.content, e, true)
	}
	return nil
}

// sheet is the list of what a refresh changed, with the records that moved each
// figure since the edition that the draft last agreed with.
func (a *arguments) sheet(ctx context.Context, name string, content []byte, r draft.Refreshed, e edition.Edition) (s signoff.Sheet, err error) {
	last, known, err := journal.LastChecked(a.out, a.year, name, sum(content))
	if err != nil {
		return s, err
	}
	from, words, compare, err := signoff.Since(a.out, a.year, e, a.since, last, known)
	if err != nil {
		return s, err
	}
	var changes change.Changes
	if compare && len(r.Changes) > 0 {
		if changes, err = change.Between(ctx, from, e); err != nil {
			return s, err
		}
	}
	s = signoff.Sheet{Draft: filepath.Base(shownName(name)), New: filepath.Base(a.output), Year: a.year, Against: r.Before.Against, Since: words}
	for _, c := range r.Changes {
		of := c.About()
		before, old, after := c.Mention(60)
		s.Lines = append(s.Lines, signoff.Line{Place: c.PlaceText(), Before: before, Old: strings.Join(strings.Fields(old), ""), After: after, New: c.New,
			ID: of.Spec.ID, Title: of.Spec.Title, Definition: of.Spec.Note, Causes: changes.Causes(of.Spec.ID)})
	}
	for _, f := range r.Left {
		before, number, after := f.Mention(60)
		s.Left = append(s.Left, signoff.Left{Place: f.PlaceText(), Before: before, Number: number, After: after, Why: f.Why})
	}
	return s, nil
}

// revision is how numbers are replaced. Tracked changes are dated with the time
// of the figures, so that the same draft and figures give the same file: that of
// the edition, or of the records' last change.
func (a *arguments) revision(e edition.Edition) (how draft.Revision, err error) {
	how = draft.Revision{Author: draft.Author, Plain: a.accept, Date: e.Manifest.Time}
	if a.data == "" {
		return how, nil
	}
	err = filepath.WalkDir(filepath.Join(a.data, fmt.Sprint(a.year)), func(_ string, entry fs.DirEntry, err error) error {
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
func printRefreshed(out io.Writer, name string, r draft.Refreshed, lines string, a arguments) {
	did := map[bool]string{true: "要改", false: "改了"}[a.output == ""]
	fmt.Fprintf(out, "%s\n对照    %s\n", name, r.Before.Against)
	for _, n := range r.Before.AllNotices() {
		fmt.Fprintf(out, "注意    %s\n", n)
	}
	printRenewals(out, r, did, map[bool]string{true: "直接改", false: "修订标记，作者 " + draft.Author}[a.accept || !r.Before.Text.Tracks()])
	if lines != "" {
		fmt.Fprintln(out)
	}
	for line := range strings.Lines(lines) {
		fmt.Fprintln(out, contract.Printable(strings.TrimSuffix(line, "\n")))
	}
	printLeft(out, r.Left)
	fmt.Fprintf(out, "\n合计    %s %d 处，没有改的 %d 处（其中不对的 %d 处）\n", did, len(r.Changes), len(r.Left), r.Unmended())
	if a.output == "" {
		fmt.Fprintln(out, "没有写文件；要写出新稿，加 -o 新稿的文件名")
		return
	}
	fmt.Fprintf(out, "新稿    %s\n改动清单  %s\n", a.output, strings.Join(a.sheetFiles(), "、"))
}

func printRenewals(out io.Writer, r draft.Refreshed, did, way string) {
	if len(r.Changes) == 0 {
		fmt.Fprintln(out, "\n没有要改的数字")
		return
	}
	fmt.Fprintf(out, "\n%s %d 处（%s）\n", did, len(r.Changes), way)
	var rows [][]string
	for _, c := range r.Changes {
		before, number, after := c.Mention(30)
		rows = append(rows, []string{"  " + c.PlaceText(), fmt.Sprintf("%s【%s→%s】%s", before, strings.Join(strings.Fields(number), ""), c.New, after), c.Subject()})
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
