// Package proof reads an edition back from its private folder before it is
// published. In comes the folder and what the run computed; out comes how much
// was compared, or an error that names every file, table and row that differs. It
// computes no number itself, mends nothing, and publishes nothing.
package proof

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"workreport/pipeline/figure"
)

// Want is what the files must hold.
type Want struct {
	Folder  string // of this year's records, as messages name it
	Year    string // as intake.csv names it
	Figures []figure.Figure
	Tables  []figure.Table // every one that has a file in tables, a trend last
	Loaded  map[string]int // records of this year loaded, by record set
}

// Proof is what was compared.
type Proof struct{ Files, Numbers int }

// finding is what a file came to.
type finding struct {
	path    string
	numbers int
	faults  []string
}

func (f *finding) say(format string, values ...any) {
	f.faults = append(f.faults, f.path+" "+fmt.Sprintf(format, values...))
}

// differs says that a number or text is not the one that was computed.
func (f *finding) differs(where, got, want string) {
	f.say("%s：文件里是“%s”，算出的是“%s”", where, brief(got), brief(want))
}

func brief(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "……"
	}
	return text
}

// reader holds the content of one file to what was computed.
type reader func(f *finding, content []byte)

// Check reads every file of the folder and holds it to its kind and to what is
// wanted.
func Check(ctx context.Context, folder string, want Want) (Proof, error) {
	var p Proof
	if err := want.empty(); err != nil {
		return p, err
	}
	paths, err := filesIn(folder)
	if err != nil {
		return p, fmt.Errorf("核对写出的文件：%w", err)
	}
	readers := want.readers()
	found := make([]finding, len(paths))
	next := make(chan int)
	var work sync.WaitGroup
	for range 2 {
		work.Go(func() {
			for i := range next {
				found[i] = examine(folder, paths[i], readers)
			}
		})
	}
	for i := range paths {
		if ctx.Err() == nil {
			next <- i
		}
	}
	close(next)
	work.Wait()
	if err := ctx.Err(); err != nil {
		return p, err
	}
	var faults []string
	for path := range readers {
		if !slices.Contains(paths, path) {
			faults = append(faults, path+" 没有写出")
		}
	}
	for _, f := range found {
		p.Files, p.Numbers, faults = p.Files+1, p.Numbers+f.numbers, append(faults, f.faults...)
	}
	return p, want.refusal(faults)
}

// filesIn are the paths of all files, the largest first: two are read at a time.
func filesIn(folder string) ([]string, error) {
	sizes := map[string]int64{}
	var paths []string
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		paths, sizes[path] = append(paths, path), info.Size()
		return nil
	})
	slices.SortFunc(paths, func(a, b string) int { return cmp.Or(cmp.Compare(sizes[b], sizes[a]), strings.Compare(a, b)) })
	return paths, err
}

func examine(folder, path string, readers map[string]reader) (f finding) {
	f.path = path
	content, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path)))
	switch {
	case err != nil:
		f.say("读不出来：%v", err)
		return f
	case len(content) == 0:
		f.say("是空的")
		return f
	}
	// The libraries that read Arrow and Parquet answer some damage with a panic.
	defer func() {
		if p := recover(); p != nil {
			f.say("读不懂：%v", p)
		}
	}()
	if read, ok := readers[path]; ok {
		read(&f, content)
	} else if read, ok := kinds[filepath.Ext(path)]; ok && path != ragged {
		read(&f, content)
	}
	return f
}

// readers are the files that an edition must have, and how each is read.
func (w Want) readers() map[string]reader {
	readers := map[string]reader{
		"figures.csv": w.figuresCSV, "figures.json": w.figuresJSON, "figures.arrow": w.figuresArrow, "figures.parquet": w.figuresParquet,
		"catalogue.json": w.catalogue, "intake.csv": w.intake, "checks.csv": wellFormedCSV, "problems.csv": wellFormedCSV,
	}
	grids := make([]grid, len(w.Tables))
	for i, t := range w.Tables {
		grids[i] = gridOf(t)
		readers["tables/"+t.Spec.ID+".csv"] = grids[i].csv
		if t.Spec.Chart == nil {
			continue
		}
		drawn := grids[i]
		if t.Courses != nil {
			drawn = gridOf(t.Highlighted())
		}
		readers["charts/"+t.Spec.ID+".svg"] = drawn.picture
		readers["charts/"+t.Spec.ID+".png"] = wellFormedPNG
	}
	d := document{figures: w.Figures, grids: grids}
	readers["appendix.docx"], readers["appendix.xlsx"] = d.word, d.book
	readers["appendix.html"], readers["charts.html"] = d.page, d.charts
	return readers
}

// empty refuses a run in which nothing was computed: that is no success.
func (w Want) empty() error {
	loaded, quoted, valued := 0, false, false
	for _, n := range w.Loaded {
		loaded += n
	}
	for _, f := range w.Figures {
		if f.Kind() == "引用" {
			quoted, valued = true, valued || f.Value != nil
		}
	}
	switch {
	case loaded == 0:
		return fmt.Errorf("%s：没有一条记录入库，没有发布；请核对记录", w.Folder)
	case quoted && !valued:
		return fmt.Errorf("%s：报告引用的数字没有一个有值，没有发布；请核对记录和查询", w.Folder)
	}
	return nil
}

// refusal is the error of a run that must not publish, nil where nothing is wrong.
func (w Want) refusal(faults []string) error {
	if len(faults) == 0 {
		return nil
	}
	const most = 20
	slices.Sort(faults)
	if more := len(faults) - most; more > 0 {
		faults = append(faults[:most:most], fmt.Sprintf("……其余 %d 处略", more))
	}
	return errors.New("写出的文件没有通过自查，没有发布：\n" + strings.Join(faults, "\n") +
		"\n这是程序的错误，不是记录的错误；请把 " + w.Folder + " 里的记录和以上内容交给程序的维护人员")
}
