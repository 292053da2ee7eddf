package pipeline

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"workreport/charts"
	"workreport/pipeline/appendix"
	"workreport/pipeline/change"
	"workreport/pipeline/contract"
	"workreport/pipeline/figure"
)

// output is a file of the edition and what fills it.
type output = map[string]func(io.Writer) error

// numbers are the files of an edition that hold what was computed, for people and
// programs, and what it was computed from; the records are in the folder already.
func numbers(r Result, folder string) (output, error) {
	y := r.Year
	files := output{
		"figures.csv":      func(w io.Writer) error { return FiguresCSV(w, y.Figures) },
		change.FiguresFile: func(w io.Writer) error { return FiguresJSON(w, y.Figures) },
		CatalogueFile:      func(w io.Writer) error { return y.Catalogue().WriteJSON(w) },
		"figures.arrow":    func(w io.Writer) error { return writeArrow(w, figure.Record(y.Figures, y.Edition.Rounding)) },
		"figures.parquet":  func(w io.Writer) error { return writeParquet(w, figure.Record(y.Figures, y.Edition.Rounding)) },
		"checks.csv":       func(w io.Writer) error { return checksCSV(w, y.Checks) },
		"intake.csv":       func(w io.Writer) error { return intakeCSV(w, r.years()) },
		"problems.csv":     func(w io.Writer) error { return problemsCSV(w, r.Problems()) },
		PackageFile:        func(w io.Writer) error { return packageJSON(w, y, folder) },
	}
	if r.kept() {
		files["rejected.csv"] = func(w io.Writer) error { return rejectedCSV(w, r.years()) }
	}
	for _, t := range y.Tables {
		files["tables/"+t.Spec.ID+".csv"] = func(w io.Writer) error { return tableCSV(w, t) }
	}
	definitions, err := definitionFiles(r)
	if err != nil {
		return nil, err
	}
	for name, text := range definitions {
		files[name] = bytesWriter([]byte(text))
	}
	if r.Trend != nil {
		files["tables/trends.csv"] = func(w io.Writer) error { return tableCSV(w, *r.Trend) }
	}
	for _, c := range r.Charts {
		files["charts/"+c.Table.Spec.ID+".svg"] = bytesWriter(c.SVG)
		files["charts/"+c.Table.Spec.ID+".png"] = bytesWriter(c.PNG)
	}
	return files, nil
}

// appendixOf is what the appendix shows.
func appendixOf(r Result, digest string) appendix.Document {
	y := r.Year
	var claims []figure.Check
	for _, c := range y.Checks {
		if c.Spec.Claim != "" {
			claims = append(claims, c)
		}
	}
	return appendix.Document{
		Edition: y.Edition, Figures: y.Figures, Tables: y.Tables, Trend: r.Trend, Claims: claims, Digest: digest, Template: r.template,
		Pictures: pictures(r.Charts), Contract: y.Contract, Accounts: accounts(y), Warnings: append(r.Warnings(), r.Characters...),
	}
}

// maxTemplate bounds a template, in bytes.
const maxTemplate = 32 << 20

func readTemplate(path string) (*appendix.Template, error) {
	if path == "" {
		return nil, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("模板 %s：没有这个文件；请核对 --template", path)
	}
	if !info.Mode().IsRegular() || info.Size() > maxTemplate {
		return nil, fmt.Errorf("模板 %s：不是文件，或者大于 32 MB", path)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("模板 %s：%w", path, err)
	}
	t, err := appendix.ReadTemplate(content)
	if err != nil {
		return nil, fmt.Errorf("模板 %s：%w", path, err)
	}
	return t, nil
}

// documents are the files of an edition made for reading and printing. They
// carry the digest of the numbers.
func documents(r Result, digest string) output {
	y, document := r.Year, appendixOf(r, digest)
	page := charts.PageData{Edition: y.Edition, Contract: y.Contract, Figures: y.Figures, Charts: r.Charts, Checks: y.Checks, Digest: digest}
	return output{
		"charts.html":   func(w io.Writer) error { return charts.Page(w, page) },
		"appendix.docx": func(w io.Writer) error { return appendix.DOCX(w, document) },
		"appendix.xlsx": func(w io.Writer) error { return appendix.XLSX(w, document) },
		"appendix.html": func(w io.Writer) error { return appendix.HTML(w, document) },
	}
}

// write writes files into the folder.
func write(ctx context.Context, folder string, files output) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := writeFile(filepath.Join(folder, filepath.FromSlash(name)), files[name]); err != nil {
			return fmt.Errorf("写 %s：%w", name, err)
		}
	}
	return nil
}

// CatalogueFile is the file of an edition that drafts are checked against.
const CatalogueFile = "catalogue.json"

// Catalogue is what drafts on the year are checked against.
func (y *Year) Catalogue() figure.Catalogue {
	return figure.Catalogue{Year: y.Edition.Year, Organisation: y.Edition.Organisation, Rounding: y.Edition.Rounding,
		Tolerances: y.Edition.Tolerances, Figures: y.Figures}
}

func bytesWriter(content []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}
}

func writeFile(path string, fill func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}()
	w := bufio.NewWriterSize(file, 1<<16)
	if err := fill(w); err != nil {
		return err
	}
	return w.Flush()
}

func pictures(list []charts.Chart) []appendix.Picture {
	var pictures []appendix.Picture
	for _, c := range list {
		pictures = append(pictures, appendix.Picture{Number: c.Number, TableID: c.Table.Spec.ID, Title: c.Title(),
			Alt: c.Alt, PNG: c.PNG, Width: c.Width, Height: c.Height})
	}
	return pictures
}

func accounts(y *Year) []appendix.Account {
	var list []appendix.Account
	for _, r := range y.Readings {
		a := r.Account
		list = append(list, appendix.Account{Set: a.Set, File: a.File, Sheet: a.Sheet,
			Read: a.Loaded + a.Kept(), Loaded: a.Loaded, Rejected: a.Kept()})
	}
	return list
}

// FiguresCSV writes every figure: id,title,value,unit,quoted,section and more. The
// last columns are of last year by its own definition, where that was another.
func FiguresCSV(w io.Writer, figures []figure.Figure) error {
	var rows [][]string
	for _, f := range figures {
		then := []string{"", "", ""}
		if f.Then != nil {
			then = []string{f.Then.ValueText, f.Then.Spec.Unit, f.Then.Note}
		}
		rows = append(rows, append([]string{f.Spec.ID, f.Spec.Title, f.ValueText, f.Spec.Unit, f.Quoted, f.Spec.Section,
			f.Kind(), f.Sentence(), f.LastText, f.ChangeText, f.ChangeRateText, strconv.FormatInt(f.Rows, 10), f.Spec.Note}, then...))
	}
	header := []string{"id", "title", "value", "unit", "quoted", "section",
		"kind", "sentence", "last_value", "change", "change_rate", "rows", "note",
		"last_own_value", "last_own_unit", "last_own_note"}
	return contract.WriteCSV(w, header, rows)
}

// FiguresJSON writes every figure as an object of a list; values are texts in full precision.
func FiguresJSON(w io.Writer, figures []figure.Figure) error {
	list := []change.Published{}
	for _, f := range figures {
		var own *change.OwnValue
		if f.Then != nil {
			own = &change.OwnValue{Value: f.Then.ValueText, Unit: f.Then.Spec.Unit, Note: f.Then.Note}
		}
		list = append(list, change.Published{ID: f.Spec.ID, Title: f.Spec.Title, Value: f.ValueText, Unit: f.Spec.Unit, Quoted: f.Quoted,
			Section: f.Spec.Section, Kind: f.Kind(), Sentence: f.Sentence(), LastValue: f.LastText, Change: f.ChangeText, Rows: f.Rows,
			Note: f.Spec.Note, Sources: f.Sources, LastOwn: own})
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(list)
}

func writeArrow(w io.Writer, record arrow.Record) error {
	out := ipc.NewWriter(w, ipc.WithSchema(record.Schema()))
	if err := out.Write(record); err != nil {
		return err
	}
	return out.Close()
}

func writeParquet(w io.Writer, record arrow.Record) error {
	out, err := pqarrow.NewFileWriter(record.Schema(), w, nil, pqarrow.DefaultWriterProps())
	if err != nil {
		return err
	}
	if err := out.Write(record); err != nil {
		return err
	}
	return out.Close()
}

func tableCSV(w io.Writer, t figure.Table) error {
	var header, total []string
	for _, c := range t.Spec.Columns {
		title := c.Title
		if c.Unit != "" {
			title += "（" + c.Unit + "）"
		}
		header = append(header, title)
		total = append(total, t.TotalText(c.Name))
	}
	var rows [][]string
	for row := range t.Len() {
		var cells []string
		for _, c := range t.Spec.Columns {
			cells = append(cells, t.Text(row, c.Name))
		}
		rows = append(rows, cells)
	}
	if len(t.Spec.Total) > 0 {
		total[0] = "合计"
		rows = append(rows, total)
	}
	return contract.WriteCSV(w, header, rows)
}

func checksCSV(w io.Writer, checks []figure.Check) error {
	var rows [][]string
	for _, c := range checks {
		verdict := "成立"
		if !c.Holds() {
			verdict = "不成立"
		}
		rows = append(rows, []string{c.Spec.ID, c.Spec.Title, c.Spec.Claim, verdict, strconv.FormatInt(c.All, 10), c.Spec.Expect})
	}
	return contract.WriteCSV(w, []string{"id", "title", "claim", "verdict", "rows", "expect"}, rows)
}
