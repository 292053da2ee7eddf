package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"workreport/pipeline/change"
	"workreport/pipeline/contract"
	"workreport/pipeline/edition"
)

// alteredEditions are editions that are no longer what was published.
type alteredEditions struct{ count int }

func (a alteredEditions) Error() string {
	return fmt.Sprintf("有 %d 处不是发布时的样子，不能作依据；请用 workreport rollback 退回完好的一期，或重新运行 workreport run", a.count)
}

// fillPublished takes the last year that has published something where none was named.
func (a *arguments) fillPublished() error {
	if a.year != 0 {
		return nil
	}
	years := edition.Years(a.out)
	if len(years) == 0 {
		return fmt.Errorf("%s：还没有发布过任何一期；请先运行 workreport run，或用 --out 指明文件夹", a.out)
	}
	a.year = years[len(years)-1]
	return nil
}

// editions are the editions of the year, which has at least one.
func (a *arguments) editions() ([]edition.Edition, error) {
	if err := a.fillPublished(); err != nil {
		return nil, err
	}
	all, err := edition.List(a.out, a.year)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s：%d 年还没有发布过；请先运行 workreport run", a.out, a.year)
	}
	return all, err
}

// named are the editions that the operands name: folders, wherever they lie, or
// editions of the year.
func (a *arguments) named() (list []edition.Edition, err error) {
	for _, name := range a.rest {
		e, err := edition.Open(name)
		if err != nil {
			if err := a.fillPublished(); err != nil {
				return nil, err
			}
			if e, _, err = edition.Find(a.out, a.year, name); err != nil {
				return nil, err
			}
		}
		list = append(list, e)
	}
	return list, nil
}

// verdict is what verify says of one edition.
type verdict struct {
	Name    string   `json:"name"`
	Files   int      `json:"files"`
	Altered []string `json:"altered"`
}

// verify holds every file of the editions against the manifests.
func verify(_ context.Context, a arguments, out, _ io.Writer) error {
	var all []edition.Edition
	var err error
	link := ""
	if len(a.rest) == 1 {
		all, err = a.named()
	} else if all, err = a.editions(); err == nil {
		link = edition.CurrentFault(a.out, a.year)
	}
	if err != nil {
		return err
	}
	verdicts, wrong := []verdict{}, 0
	for _, e := range all {
		v := verdict{e.Name, len(e.Manifest.Outputs) + 1, append([]string{}, e.Altered()...)}
		verdicts, wrong = append(verdicts, v), wrong+len(v.Altered)
	}
	if link != "" {
		wrong++
	}
	missing := append([]string{}, edition.Missing(all)...)
	wrong += len(missing)
	if a.json {
		err = writeJSON(out, map[string]any{"year": a.year, "current": link, "editions": verdicts, "missing": missing})
	} else {
		printVerdicts(out, verdicts, link)
		for _, name := range missing {
			fmt.Fprintf(out, "不见了  %s\n", name)
		}
	}
	if err == nil && wrong > 0 {
		err = alteredEditions{wrong}
	}
	return err
}

func printVerdicts(out io.Writer, verdicts []verdict, link string) {
	for _, v := range verdicts {
		if len(v.Altered) == 0 {
			fmt.Fprintf(out, "完好    %s  %d 个文件\n", v.Name, v.Files)
			continue
		}
		fmt.Fprintf(out, "有改动  %s\n", v.Name)
		for _, line := range v.Altered {
			fmt.Fprintf(out, "        %s\n", line)
		}
	}
	if link != "" {
		fmt.Fprintf(out, "链接    %s\n", link)
	}
}

func writeJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// entry is a line of the history.
type entry struct {
	Number  int       `json:"number"`
	Name    string    `json:"name"`
	Time    time.Time `json:"time"`
	Digest  string    `json:"digest"`
	Records int       `json:"records"`
	Current bool      `json:"current"`
	Changed []string  `json:"changed"`
}

// history lists the editions of a year, the newest first, and what changed in each.
func history(_ context.Context, a arguments, out, _ io.Writer) error {
	all, err := a.editions()
	if err != nil {
		return err
	}
	var entries []entry
	for _, e := range all {
		m := e.Manifest
		records := 0
		for _, n := range m.Records {
			records += n
		}
		entries = append(entries, entry{m.Number, e.Name, m.Time, m.Digest, records, e.Current, append([]string{}, changedSince(all, e)...)})
	}
	slices.Reverse(entries)
	if a.json {
		return writeJSON(out, entries)
	}
	fmt.Fprintf(out, "%d 年已发布的各期\n", a.year)
	rows := [][]string{{"", "期", "时间", "数字编号", "记录", "名称", "改动"}}
	for _, e := range entries {
		mark := ""
		if e.Current {
			mark = "→"
		}
		rows = append(rows, []string{mark, fmt.Sprint(e.Number), clock(e.Time), edition.Short(e.Digest), fmt.Sprint(e.Records), e.Name, strings.Join(e.Changed, "；")})
	}
	printTable(out, rows)
	fmt.Fprint(out, "→ 是当前的一期；workreport diff 列出两期之间改动的数字和记录\n")
	return nil
}

// clock is a time as the machine's clock shows it.
func clock(t time.Time) string { return t.Local().Format("2006-01-02 15:04:05") }

// mostNamed is how many figures and files a line of the history names.
const mostNamed = 3

// changedSince says in short what changed from the edition that was current when
// this one was published.
func changedSince(all []edition.Edition, e edition.Edition) []string {
	if e.Fault != nil {
		return []string{"清单读不懂，这一期已损坏"}
	}
	if e.Manifest.Previous == "" {
		return []string{"第一次发布"}
	}
	at := slices.IndexFunc(all, func(o edition.Edition) bool { return o.Name == e.Manifest.Previous })
	if at < 0 {
		return []string{"上一期已删去"}
	}
	before := all[at]
	was, err := change.Figures(before)
	is, fault := change.Figures(e)
	if err != nil || fault != nil {
		return []string{"有文件被改动，见 workreport verify"}
	}
	var said []string
	if figures := figuresChanged(was, is); len(figures) > 0 {
		said = append(said, fmt.Sprintf("数字 %d 个：%s", len(figures), strings.Join(figures[:min(mostNamed, len(figures))], "、")))
	}
	if files := inputsChanged(before.Manifest, e.Manifest); len(files) > 0 {
		more := ""
		if len(files) > mostNamed {
			more = fmt.Sprintf("等 %d 个", len(files))
		}
		said = append(said, "文件："+contract.Printable(strings.Join(files[:min(mostNamed, len(files))], "、"))+more)
	}
	if len(said) == 0 {
		return []string{"数字没有变"}
	}
	return said
}

func figuresChanged(was, is []change.Published) (list []string) {
	for _, f := range is {
		at := slices.IndexFunc(was, func(o change.Published) bool { return o.ID == f.ID })
		switch {
		case at < 0:
			list = append(list, f.Title+"（新）")
		case was[at].Value != f.Value || was[at].Unit != f.Unit:
			old, now := was[at].Quoted, f.Quoted
			if old == now { // 4000余万元 stands for many values
				old, now = was[at].Value+was[at].Unit, f.Value+f.Unit
			}
			list = append(list, fmt.Sprintf("%s %s→%s", f.Title, old, now))
		}
	}
	for _, f := range was {
		if !slices.ContainsFunc(is, func(o change.Published) bool { return o.ID == f.ID }) {
			list = append(list, f.Title+"（删）")
		}
	}
	return list
}

// inputsChanged names the files that are other: records, settings, queries, contract.
func inputsChanged(was, is edition.Manifest) (list []string) {
	hashes := map[string]string{}
	for _, f := range was.Inputs {
		hashes[f.Path] = f.SHA256
	}
	for _, f := range is.Inputs {
		if hashes[f.Path] != f.SHA256 {
			list = append(list, f.Path)
		}
		delete(hashes, f.Path)
	}
	for _, f := range was.Inputs {
		if _, gone := hashes[f.Path]; gone {
			list = append(list, f.Path+"（删）")
		}
	}
	return list
}

// rollback makes an earlier edition current again.
func rollback(_ context.Context, a arguments, out, _ io.Writer) error {
	if err := a.fillPublished(); err != nil {
		return err
	}
	name := ""
	if len(a.rest) == 1 {
		name = a.rest[0]
	}
	from, to, err := edition.Rollback(a.out, a.year, name)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d 年当前的一期由第 %d 期改回第 %d 期：%s\n", a.year, from.Manifest.Number, to.Manifest.Number, to.Folder)
	fmt.Fprint(out, "没有重新计算，也没有删去任何一期；再运行 workreport run 会按现在的记录发布新的一期（无人值守的运行不会，除非 --accept）\n")
	return nil
}
