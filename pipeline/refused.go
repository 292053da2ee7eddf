package pipeline

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"workreport/pipeline/contract"
	"workreport/pipeline/source"
)

// refusedFolder is where a run that publishes nothing leaves its lists. It stands
// beside the editions, and goes with the next run that publishes.
func refusedFolder(o Options) string {
	return filepath.Join(o.Out, fmt.Sprint(o.Year), "refused")
}

// refused writes, for records that break the contract, the lists of what is
// wrong: what a terminal shows is soon gone, and too long for it. Any other error
// it hands back as it is.
func refused(o Options, err error) error {
	var broken Broken
	if !errors.As(err, &broken) {
		return err
	}
	folder := refusedFolder(o)
	for name, fill := range map[string]func(io.Writer) error{
		"intake.csv":   func(w io.Writer) error { return intakeCSV(w, broken.Years) },
		"problems.csv": func(w io.Writer) error { return problemsCSV(w, problemsWithin(o.Data, broken.Problems)) },
		"rejected.csv": func(w io.Writer) error { return rejectedCSV(w, broken.Years) },
	} {
		if err := writeFile(filepath.Join(folder, name), fill); err != nil {
			return broken // which the terminal shows all the same
		}
	}
	broken.Folder = folder
	return broken
}

// kept tells whether rows of either year did not get in.
func (r Result) kept() bool {
	return slices.ContainsFunc(r.years(), func(y *Year) bool { return y.notice() != "" })
}

func intakeCSV(w io.Writer, years []*Year) error {
	var rows [][]string
	for _, y := range years {
		for _, r := range y.Readings {
			a := r.Account
			row := []string{y.name() + "/" + a.File, a.Sheet, a.Format, a.Set}
			for _, n := range []int{a.Rows, a.Blank, a.Heading, a.Totals, a.Loaded, a.Rejected, a.Repeated} {
				row = append(row, strconv.Itoa(n))
			}
			rows = append(rows, row)
		}
	}
	return contract.WriteCSV(w, []string{"file", "sheet", "format", "record_set", "rows", "blank", "heading", "totals", "loaded", "rejected", "repeated"}, rows)
}

func problemsCSV(w io.Writer, problems []contract.Problem) error {
	var rows [][]string
	for _, p := range problems {
		row := ""
		if p.Row > 0 {
			row = strconv.Itoa(p.Row)
		}
		rows = append(rows, []string{p.Severity.Title(), p.File, p.Sheet, row, p.Column, p.Value, p.Rule, p.Remedy})
	}
	return contract.WriteCSV(w, []string{"severity", "file", "sheet", "row", "column", "value", "rule", "remedy"}, rows)
}

// rejectedCSV writes the rows that did not get in whole, as text, sheet by sheet:
// a line that names the sheet and the rows, the sheet's own heading, the rows. One
// such part, mended and put beside the records, is read as any other file. The
// cells of private fields stay out.
func rejectedCSV(w io.Writer, years []*Year) error {
	if _, err := io.WriteString(w, contract.BOM); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	first := true
	for _, y := range years {
		for _, r := range y.Readings {
			if len(r.Refused) == 0 {
				continue
			}
			if !first {
				out.Flush()
				if _, err := io.WriteString(w, "\n"); err != nil {
					return err
				}
			}
			first = false
			if err := y.rejectedRows(out, r); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func (y *Year) rejectedRows(out *csv.Writer, r *contract.Reading) error {
	root, err := os.OpenRoot(y.Folder)
	if err != nil {
		return fmt.Errorf("%s：打不开：%w", y.Folder, err)
	}
	defer root.Close()
	book, err := source.Open(source.Folder{FS: root.FS()}, r.Sheet.File)
	if err != nil {
		return fmt.Errorf("%s/%s：%w", y.Folder, r.Sheet.File, err)
	}
	defer book.Close()
	at := slices.IndexFunc(book.Sheets, func(s source.Sheet) bool { return s.Name == r.Sheet.Name })
	if at < 0 || book.Stamp != r.Sheet.Stamp {
		return fmt.Errorf("%s/%s：%w", y.Folder, r.Sheet.File, source.ErrChanged)
	}
	if err := out.Write(contract.Harmless([]string{title(y.name(), r)})); err != nil {
		return err
	}
	if err := out.Write(contract.Harmless(r.Headings())); err != nil {
		return err
	}
	for row, err := range book.Sheets[at].Only(r.Refused) {
		if err != nil {
			return fmt.Errorf("%s/%s：%w", y.Folder, r.Sheet.File, err)
		}
		if err := out.Write(contract.Harmless(r.Whole(row))); err != nil {
			return err
		}
	}
	return nil
}

// title says where the rows come from: 2021/提案.xlsx【提案】第5、9行.
func title(folder string, r *contract.Reading) string {
	const shown = 100
	var rows []string
	for _, row := range r.Refused[:min(len(r.Refused), shown)] {
		rows = append(rows, strconv.Itoa(row))
	}
	text := folder + "/" + r.Sheet.File
	if r.Sheet.Name != "" {
		text += "【" + r.Sheet.Name + "】"
	}
	text += "第" + strings.Join(rows, "、") + "行"
	if len(r.Refused) > shown {
		text += fmt.Sprintf("等%d行", len(r.Refused))
	}
	return text
}
