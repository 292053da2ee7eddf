package pipeline

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"go/build"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"workreport/pipeline/edition"
	"workreport/pipeline/figure"
)

// order is the way of the data, and of the imports: a package imports only what
// stands before it.
var order = []string{
	"data", "pipeline/fault", "pipeline/scratch", "pipeline/source", "pipeline/contract", "queries", "pipeline/store", "pipeline/quote", "pipeline/figure",
	"charts", "pipeline/appendix", "pipeline/draft", "pipeline/outline", "pipeline/proof", "pipeline/edition", "pipeline/change", "pipeline/journal", "pipeline/signoff", "pipeline/schedule", "pipeline", "pipeline/sample", "pipeline/form", "cmd/workreport",
}

func TestImportsFollowTheData(t *testing.T) {
	for i, name := range order {
		p, err := build.ImportDir(filepath.Join("..", name), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, imported := range p.Imports {
			own, ok := strings.CutPrefix(imported, "workreport/")
			if at := slices.Index(order, own); ok && (at < 0 || at >= i) {
				t.Errorf("%s imports %s, which comes after it or is not in the order", name, own)
			}
		}
	}
}

func sampleYear(t *testing.T, folder string, use func(*Year)) {
	t.Helper()
	d, err := LoadDefinitions("../data", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := With(context.Background(), d, folder, 2021, func(y *Year) error { use(y); return nil }); err != nil {
		t.Fatal(err)
	}
}

// allNumbers is every figure and every table of the year as CSV.
func allNumbers(t *testing.T, folder string) (text string) {
	t.Helper()
	sampleYear(t, folder, func(y *Year) {
		var b bytes.Buffer
		if err := FiguresCSV(&b, y.Figures); err != nil {
			t.Fatal(err)
		}
		for _, table := range y.Tables {
			if err := tableCSV(&b, table); err != nil {
				t.Fatal(err)
			}
		}
		text = b.String()
	})
	return text
}

// TestFiguresOf2021 compares every figure of the sample year with the golden.
func TestFiguresOf2021(t *testing.T) {
	var got strings.Builder
	sampleYear(t, "../data", func(y *Year) {
		for _, f := range y.Figures {
			fmt.Fprintf(&got, "%s\t%s\t%s\t%s\t%s\n", f.Spec.ID, f.ValueText, f.Spec.Unit, f.Quoted, f.Sentence())
		}
		for _, c := range y.Checks {
			fmt.Fprintf(&got, "%s\t%d counter-examples\n", c.Spec.ID, c.Violations.NumRows())
		}
	})
	golden(t, "testdata/figures-2021.golden", got.String())
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (UPDATE=1 rewrites it):\n%s", path, diff)
	}
}

// TestFiguresAreQuotedAsPublished compares with the surfaces of the published
// report; unlike the golden, the list is never rewritten.
func TestFiguresAreQuotedAsPublished(t *testing.T) {
	text, err := os.ReadFile("testdata/quoted-2021.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(text)), "\n")[1:]
	var got []string
	sampleYear(t, "../data", func(y *Year) {
		for _, line := range want {
			id, _, _ := strings.Cut(line, "\t")
			for _, f := range y.Figures {
				if f.Spec.ID == id {
					got = append(got, id+"\t"+f.Quoted)
				}
			}
		}
	})
	if diff := cmp.Diff(want, got); len(want) != 51 || diff != "" {
		t.Errorf("%d figures; %s", len(want), diff)
	}
}

// TestTablesAgreeWithFigures holds the totals of tables to the figures they break down.
func TestTablesAgreeWithFigures(t *testing.T) {
	sampleYear(t, "../data", func(y *Year) {
		for _, c := range []struct{ table, column, figure string }{
			{"proposals_by_month", "filed", "proposals_filed"},
			{"proposals_by_sector", "filed", "proposals_filed"},
			{"proposals_by_proposer_kind", "filed", "proposals_filed"},
			{"proposals_by_category", "filed", "proposals_filed"},
			{"proposals_by_outcome", "filed", "proposals_filed"},
			{"proposals_by_reply_days", "replied", "proposals_replied"},
			{"briefs_by_month", "received", "sqmy_reported_by_members"},
			{"briefs_by_month", "sent", "sqmy_sent_up"},
			{"briefs_by_reporter_kind", "received", "sqmy_reported_by_members"},
			{"articles_by_month", "posts", "wechat_articles"},
			{"articles_by_month", "news", "news_items"},
			{"articles_by_month", "press", "articles_in_named_press"},
			{"training_headcounts", "attended", "training_person_times"},
			{"surveys_by_committee", "person_times", "survey_person_times"},
			{"public_service_by_month", "held", "public_service_events"},
		} {
			table := y.Tables[slices.IndexFunc(y.Tables, func(t figure.Table) bool { return t.Spec.ID == c.table })]
			f := y.Figures[slices.IndexFunc(y.Figures, func(f figure.Figure) bool { return f.Spec.ID == c.figure })]
			if total, ok := table.Total(c.column); !ok || total.Cmp(f.Value) != 0 {
				t.Errorf("%s.%s adds up to %v, %s is %s", c.table, c.column, total, c.figure, f.ValueText)
			}
		}
	})
}

// TestOfficeFilesAreValid asks Microsoft's own validator about the documents of
// the sample year.
func TestOfficeFilesAreValid(t *testing.T) {
	validator, err := filepath.Abs("../charts/assets/node_modules/.bin/ooxml-validator")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(validator); err != nil {
		t.Skip("ooxml-validator is not installed (make test installs it)")
	}
	r := runInto(t, t.TempDir(), time.Unix(1_600_000_000, 0))
	for _, name := range []string{"appendix.docx", "appendix.xlsx"} {
		out, err := exec.Command(validator, filepath.Join(r.Published.Current, name)).CombinedOutput()
		if err != nil || !strings.Contains(strings.ReplaceAll(string(out), " ", ""), `"ok":true`) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// TestFiguresEqualThePublishedReport compares with the list of every figure the
// real report of 2021 quotes.
func TestFiguresEqualThePublishedReport(t *testing.T) {
	text, err := os.ReadFile("../../shared/reference/figures-2021.tsv")
	if err != nil {
		t.Skip("the list of the published report's figures is not on this machine")
	}
	figures := map[string]figure.Figure{}
	checks := map[string]figure.Check{}
	sampleYear(t, "../data", func(y *Year) {
		for _, f := range y.Figures {
			figures[f.Spec.ID] = f
		}
		for _, c := range y.Checks {
			checks[c.Spec.ID] = c
		}
	})
	quoted := 0
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		cells := strings.Split(line, "\t")
		id, surface, floor, hedge := cells[0], strings.ReplaceAll(cells[3], " ", ""), cells[4], cells[5]
		f, ok := figures[id]
		switch {
		case strings.HasPrefix(id, "imp_") && ok:
			if f.ValueText != floor || !f.Holds() {
				t.Errorf("%s is %s, published %s", id, f.ValueText, floor)
			}
		case strings.HasPrefix(id, "imp_"):
			if c, ok := checks[id]; !ok || !c.Holds() {
				t.Errorf("%s is not proved", id)
			}
		default:
			quoted++
			if f.Quoted != surface {
				t.Errorf("%s is quoted %s, published %s", id, f.Quoted, surface)
			}
			exact := hedge == "exact" || hedge == "rank"
			if least, _ := new(big.Rat).SetString(floor); exact && f.ValueText != floor || !exact && f.Value.Cmp(least) <= 0 {
				t.Errorf("%s is %s, published %s%s", id, f.ValueText, floor, hedge)
			}
		}
	}
	if quoted != 51 {
		t.Errorf("%d figures are quoted", quoted)
	}
}

// TestRecordsBackwards loads every text file with its rows in the opposite order.
func TestRecordsBackwards(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "2021"), os.DirFS("../data/2021")); err != nil {
		t.Fatal(err)
	}
	turned := 0
	files, _ := filepath.Glob(filepath.Join(folder, "2021", "*.csv"))
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rows := strings.SplitAfter(string(text), "\n") // no cell of the sample holds a line break
		if strings.Contains(string(text), "\"") {
			continue
		}
		slices.Reverse(rows[1 : len(rows)-1])
		turned += len(rows) - 2
		if err := os.WriteFile(path, []byte(strings.Join(rows, "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if turned < 5000 {
		t.Fatalf("only %d rows were turned", turned)
	}
	if diff := cmp.Diff(allNumbers(t, "../data"), allNumbers(t, folder)); diff != "" {
		t.Errorf("numbers differ:\n%s", diff)
	}
}

// TestRowsGiveTheValue counts each figure again from the rows that explain shows.
func TestRowsGiveTheValue(t *testing.T) {
	sampleYear(t, "../data", func(y *Year) {
		for _, f := range y.Figures {
			if f.Spec.Numerator != "" {
				continue
			}
			record, err := y.Store.Query(context.Background(), figure.Body(f.Spec))
			if err != nil {
				t.Fatal(err)
			}
			kind, column := aggregateOf(f.Spec.Value)
			count, distinct, sum, most := int64(0), map[string]bool{}, new(big.Rat), new(big.Rat)
			for row := range int(record.NumRows()) {
				count++
				if column == "*" {
					continue
				}
				cell := figure.CellText(record.Column(record.Schema().FieldIndices(column)[0]), row)
				distinct[cell] = true
				if x, ok := new(big.Rat).SetString(cell); ok {
					sum.Add(sum, x)
					if x.Cmp(most) > 0 {
						most = x
					}
				}
			}
			want := map[string]*big.Rat{"count": big.NewRat(count, 1), "distinct": big.NewRat(int64(len(distinct)), 1), "sum": sum, "max": most}[kind]
			if f.Spec.Unit == "万元" {
				want.Quo(want, big.NewRat(10000, 1))
			}
			if f.Value.Cmp(want) != 0 {
				t.Errorf("%s is %s, its rows give %s", f.Spec.ID, f.ValueText, want.RatString())
			}
		}
	})
}

func aggregateOf(value string) (kind, column string) {
	value = strings.TrimSuffix(strings.TrimPrefix(value, "coalesce("), ", 0)")
	inside := value[strings.Index(value, "(")+1 : len(value)-1]
	if column, ok := strings.CutPrefix(inside, "DISTINCT "); ok {
		return "distinct", column
	}
	return value[:strings.Index(value, "(")], inside
}

func runInto(t *testing.T, out string, now time.Time) Result {
	t.Helper()
	r, err := Run(context.Background(), Options{Year: 2021, Data: "../data", Out: out, Version: "test", Now: now, Progress: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestTwoRunsGiveTheSameBytes publishes twice into two folders, and once more
// into the first, where nothing new may appear.
func TestTwoRunsGiveTheSameBytes(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	first := runInto(t, one, time.Unix(1_600_000_000, 0))
	second := runInto(t, two, time.Unix(1_700_000_000, 0))
	if first.Published.Digest != second.Published.Digest {
		t.Error(cmp.Diff(first.Published.Manifest.Outputs, second.Published.Manifest.Outputs))
	}
	for _, name := range []string{"charts.html", "appendix.docx", "appendix.xlsx", "figures.parquet"} {
		a, err := os.ReadFile(filepath.Join(first.Published.Current, name))
		b, _ := os.ReadFile(filepath.Join(second.Published.Current, name))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs: %v", name, err)
		}
	}
	again := runInto(t, one, time.Unix(1_800_000_000, 0))
	entries, _ := os.ReadDir(filepath.Join(one, "2021", "editions"))
	if again.Published.New || again.Published.Folder != first.Published.Folder || len(entries) != 1 {
		t.Errorf("a second run without changes published %s beside %s", again.Published.Folder, first.Published.Folder)
	}
	for _, f := range first.Published.Manifest.Outputs {
		standing, err := edition.Hash(os.DirFS(first.Published.Current), f.Path)
		if err != nil || standing != f {
			t.Errorf("%s is %v in the manifest and %v on disk, %v", f.Path, f, standing, err)
		}
	}
	left, _ := filepath.Glob(filepath.Join(one, "2021", ".*"))
	if len(left) != 1 || filepath.Base(left[0]) != ".lock" {
		t.Errorf("left behind: %v", left)
	}
}

func TestFiguresParquetOpensElsewhere(t *testing.T) {
	r := runInto(t, t.TempDir(), time.Unix(1_600_000_000, 0))
	engine, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	for name, want := range map[string]string{
		"SELECT count(*) || ' ' || CAST(CAST(sum(value) FILTER (WHERE id = 'project_funds') AS DECIMAL(18, 2)) AS VARCHAR) FROM read_parquet('%s/figures.parquet')": fmt.Sprint(len(r.Year.Figures)) + " 4386.52",
		"SELECT count(*) || ' ' || max(_file) FROM read_parquet('%s/records/proposals.parquet')":                                                                    fmt.Sprint(r.Year.loaded()["proposals"]) + " proposals.csv",
	} {
		var got string
		if err := engine.QueryRow(fmt.Sprintf(name, r.Published.Current)).Scan(&got); err != nil || got != want {
			t.Errorf("%s: got %s, %v", name, got, err)
		}
	}
}
